"use client"

import { Component, type ReactNode } from "react"

interface Props {
  /** The body of the table whose rows come and go. */
  body: () => HTMLTableSectionElement | null
  /** Changes whenever rows come, go or change places. */
  order: string
  children: ReactNode
}

/** Where the rows in sight are, in pixels from the top of the window. */
type Places = Map<HTMLTableRowElement, number>

/** The rows in sight; they are all of one height, so thousands need not be measured to find them. */
function placesIn(body: HTMLTableSectionElement): Places {
  const { top, height } = body.getBoundingClientRect()
  const places: Places = new Map()
  const each = height / body.rows.length
  // Who sees the beginning of the list sees what arrives there.
  if (top >= 0 || !(each > 0)) return places
  const first = Math.floor(-top / each)
  for (let index = first; index <= first + window.innerHeight / each; index++) {
    const row = body.rows[index]
    if (row) places.set(row, row.getBoundingClientRect().top)
  }
  return places
}

/** By how much most rows moved; one that was moved elsewhere does not count for more than itself. */
function movedBy(places: Places): number {
  const moves = [...places].flatMap(([row, top]) => (row.isConnected ? row.getBoundingClientRect().top - top : []))
  return moves.sort((one, other) => one - other)[moves.length >> 1] ?? 0
}

/**
 * Keeps the rows in sight where they are while others come, go and change places, before anything is painted. The
 * browser's own anchoring gives up when rows change places. A class, since only a class sees the page right before it
 * changes.
 */
export class KeepRows extends Component<Props> {
  override getSnapshotBeforeUpdate({ order }: Props): Places | null {
    const body = this.props.body()
    return body && order !== this.props.order ? placesIn(body) : null
  }

  override componentDidUpdate(_props: Props, _state: unknown, places: Places | null): void {
    const moved = places ? movedBy(places) : 0
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" })
  }

  override render() {
    return this.props.children
  }
}
