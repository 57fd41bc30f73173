"use client"

import { useLayoutEffect, useState } from "react"
import type { Measure } from "./layout.ts"

/** How high and wide the rows of a list are, in rem: every row is as high as the others, whatever it says. */
export interface Shape {
  row: number
  /** Between rows. */
  gap?: number
  /** The least width of a row, where as many as there is room for stand side by side. */
  column?: number
  /** The heading of a section, with what is around it. */
  head?: number
}

/** What a list takes on this screen, and where it begins in the page; undefined until it is there. */
export function useMeasure(
  element: HTMLElement | null,
  { row, gap = 0, column, head = 0 }: Shape,
): (Measure & { top: number }) | undefined {
  const [measure, setMeasure] = useState<Measure & { top: number }>()
  useLayoutEffect(() => {
    if (!element) return
    const look = () => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
      const { top, width } = element.getBoundingClientRect()
      const next = {
        line: (row + gap) * rem,
        gap: gap * rem,
        head: head * rem,
        columns: column ? Math.max(1, Math.floor((width + gap * rem) / ((column + gap) * rem))) : 1,
        top: Math.round(top + window.scrollY),
      }
      setMeasure((former) => (JSON.stringify(former) === JSON.stringify(next) ? former : next))
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    // What stands above the list may grow.
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [element, row, gap, column, head])
  return measure
}
