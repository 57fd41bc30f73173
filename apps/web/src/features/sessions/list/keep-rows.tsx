"use client"

import { Component, type ReactNode } from "react"

interface Props {
  /** The table whose rows come and go. */
  table: () => HTMLTableElement | null
  /** Another value whenever rows come, go or change places. */
  order: unknown
  children: ReactNode
}

interface Places {
  /** Where the rows in sight are, in pixels from the top of the window. */
  tops: Map<Element, number>
  /** The row that had the focus. */
  focused: string | undefined
}

/** A row's name, which leads to its session. */
const rowOf = (element: Element | null) => element?.closest<HTMLElement>("[data-session]")?.dataset.session

function placesIn(table: HTMLTableElement): Places {
  const active = document.activeElement
  const focused = active?.matches("[data-row]") && table.contains(active) ? rowOf(active) : undefined
  const tops = new Map<Element, number>()
  // Who sees the beginning of the list sees what arrives there.
  if ((table.tBodies[0]?.getBoundingClientRect().top ?? 0) >= 0) return { tops, focused }
  for (const row of table.querySelectorAll("[data-session]")) {
    const { top, bottom } = row.getBoundingClientRect()
    if (bottom > 0 && top < window.innerHeight) tops.set(row, top)
  }
  return { tops, focused }
}

/** By how much most rows moved; one that was moved elsewhere does not count for more than itself. */
function movedBy(tops: Places["tops"]): number {
  const moves = [...tops].flatMap(([row, top]) => (row.isConnected ? row.getBoundingClientRect().top - top : []))
  return moves.sort((one, other) => one - other)[moves.length >> 1] ?? 0
}

/**
 * Keeps the rows in sight where they are while others come, go and change places, before anything is painted, and the
 * focus with its row. The browser's own anchoring gives up when rows change places. A class, since only a class sees
 * the page right before it changes.
 */
export class KeepRows extends Component<Props> {
  override getSnapshotBeforeUpdate({ order }: Props): Places | null {
    const table = this.props.table()
    return table && order !== this.props.order ? placesIn(table) : null
  }

  override componentDidUpdate(_props: Props, _state: unknown, places: Places | null): void {
    if (!places) return
    const moved = movedBy(places.tops)
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" })
    if (places.focused === undefined || document.activeElement !== document.body) return
    const row = `[data-session="${CSS.escape(places.focused)}"] [data-row]`
    this.props.table()?.querySelector<HTMLElement>(row)?.focus({ preventScroll: true })
  }

  override render() {
    return this.props.children
  }
}
