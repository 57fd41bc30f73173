"use client"

import { Component, type ReactNode } from "react"

interface Props {
  /** The element that scrolls; its scroll origin is its end. */
  scroller: () => HTMLElement | null
  /** Whether somebody at the end stays there when something comes after it. */
  follow: boolean
  children: ReactNode
}

interface Place {
  /** The first row in sight and where it is. */
  row: Element
  top: number
  /** The first and last of all rows. */
  first: Element | undefined
  last: Element | undefined
  /** Whether what comes at the end may be followed. */
  atEnd: boolean
}

const rowsIn = (scroller: HTMLElement) => [...scroller.querySelectorAll("[data-row]")]

function placeIn(scroller: HTMLElement): Place | null {
  const { top, bottom } = scroller.getBoundingClientRect()
  const rows = rowsIn(scroller)
  for (const row of rows) {
    const box = row.getBoundingClientRect()
    if (box.bottom <= top + 1 || box.top >= bottom) continue
    return { row, top: box.top, first: rows[0], last: rows.at(-1), atEnd: scroller.scrollTop > -2 }
  }
  return null
}

/** Whether a row is an answer that is being written: who is at its end goes along with it. */
const grows = (row: Element | undefined): boolean => row?.hasAttribute("data-run") ?? false

/**
 * Ends a scrolling that is under way. Chromium counts the goal of a smooth scrolling from the top: what comes in above
 * would carry the reader up by its whole height.
 */
function endScrolling(scroller: HTMLElement): void {
  scroller.scrollTop -= 1
  scroller.scrollTop += 1
}

/**
 * Keeps what is read where it is while rows come and go around it, before anything is painted. It measures instead of
 * trusting the browser's scroll anchoring, which not every browser has. A class, since only a class sees the page
 * right before it changes.
 */
export class ScrollAnchor extends Component<Props> {
  override getSnapshotBeforeUpdate(): Place | null {
    const scroller = this.props.scroller()
    return scroller && placeIn(scroller)
  }

  override componentDidUpdate({ follow }: Props, _state: unknown, place: Place | null): void {
    const scroller = this.props.scroller()
    if (!scroller || !place) return
    const rows = rowsIn(scroller)
    // A message takes the place of the answer that was being written.
    const row = place.row.isConnected ? place.row : grows(place.row) ? rows.at(-1) : undefined
    if (!row) return
    const last = rows.at(-1)
    if (follow && place.atEnd && (last !== place.last || grows(last))) return
    if (rows[0] !== place.first) endScrolling(scroller)
    const moved = row.getBoundingClientRect().top - place.top
    if (Math.abs(moved) >= 1) scroller.scrollTop += moved
  }

  override render() {
    return this.props.children
  }
}
