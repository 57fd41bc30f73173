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
  row: Element
  top: number
}

/** The first row in sight and where it is. */
function placeIn(scroller: HTMLElement): Place | null {
  const { top, bottom } = scroller.getBoundingClientRect()
  for (const row of scroller.querySelectorAll("[data-row]")) {
    const box = row.getBoundingClientRect()
    if (box.bottom > top + 1 && box.top < bottom) return { row, top: box.top }
  }
  return null
}

/**
 * Keeps what is read where it is while rows come and go around it, before anything is painted. It measures instead of
 * trusting the browser's scroll anchoring, which not every browser has. A class, since only a class sees the page
 * right before it changes.
 */
export class KeepPlace extends Component<Props> {
  override getSnapshotBeforeUpdate(): Place | null {
    const scroller = this.props.scroller()
    if (!scroller || (this.props.follow && scroller.scrollTop > -2)) return null
    return placeIn(scroller)
  }

  override componentDidUpdate(_props: Props, _state: unknown, place: Place | null): void {
    const scroller = this.props.scroller()
    if (!scroller || !place?.row.isConnected) return
    const moved = place.row.getBoundingClientRect().top - place.top
    if (Math.abs(moved) >= 1) { const b = scroller.scrollTop; scroller.scrollTop += moved; console.error("KP", JSON.stringify({ moved, b, a: scroller.scrollTop, h: scroller.scrollHeight, left: place.row.getBoundingClientRect().top - place.top })) }
  }

  override render() {
    return this.props.children
  }
}
