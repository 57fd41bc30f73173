"use client"

import { useWindowVirtualizer } from "@tanstack/react-virtual"
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react"
import {
  beginsInSight,
  type Drawn,
  drawnOf,
  type Layout,
  layoutOf,
  lineAt,
  movedBy,
  type Place,
  rowsBetween,
  type Section,
} from "./layout.ts"
import { type Shape, useMeasure } from "./use-measure.ts"

/** Pixels beyond the visible part in which rows are drawn. */
const margin = 1600

/** Of a list that nobody has measured yet: so many that whoever comes back to it finds the page as long as it was. */
const atFirst = { sections: 8, rows: 600 }

interface Given<Row> {
  sections: Section<Row>[]
  shape: Shape
  keyOf: (row: Row) => string
  /** Another text for each list that is another one. */
  reset: string
  /** The row that is drawn wherever it is, with those beside it. */
  kept: Place | undefined
  /** Rows have come above those in sight. */
  onAbove: (keys: string[]) => void
}

/**
 * What of a list is drawn: what is near the visible part, and around the focus. Rows in sight stay where they are while
 * others come, go and change places. The browser's own anchoring gives up when rows change places.
 */
export function useDrawn<Row>({ sections, shape, keyOf, reset, kept, onAbove }: Given<Row>) {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const measure = useMeasure(element, shape)
  const layout = useMemo(() => measure && layoutOf(sections, measure, keyOf), [sections, measure, keyOf])
  const count = layout?.lines.length ?? 0
  const spare = Math.ceil(margin / (measure?.line ?? margin))
  const keptLine = useMemo(() => kept && layout && lineAt(layout, kept, keyOf), [kept, layout, keyOf])

  const virtualizer = useWindowVirtualizer({
    count,
    estimateSize: (line) => (layout?.starts[line + 1] ?? 0) - (layout?.starts[line] ?? 0),
    // Another function with every layout, since heights are asked for again only then.
    // biome-ignore lint/correctness/useExhaustiveDependencies: see above.
    getItemKey: useCallback((line: number) => line, [layout]),
    scrollMargin: measure?.top ?? 0,
    rangeExtractor: useCallback(
      ({ startIndex, endIndex, count }: { startIndex: number; endIndex: number; count: number }) => {
        const from = Math.max(0, startIndex - spare)
        const to = Math.min(count - 1, endIndex + spare)
        const lines = new Set(Array.from({ length: to - from + 1 }, (_, at) => from + at))
        for (const beside of keptLine === undefined ? [] : [keptLine - 1, keptLine, keptLine + 1]) {
          if (beside >= 0 && beside < count) lines.add(beside)
        }
        return [...lines].sort((one, other) => one - other)
      },
      [spare, keptLine],
    ),
    useFlushSync: false,
  })

  const indexes = virtualizer.getVirtualIndexes()
  const drawn = useMemo(
    (): Drawn<Row>[] =>
      // Until the virtualizer knows the window, what is there stays: a page that becomes short loses its place.
      layout && (indexes.length > 0 || layout.lines.length === 0)
        ? drawnOf(layout, indexes)
        : sections.slice(0, atFirst.sections).map((section) => ({
            ...{ section, above: 0 },
            pieces: [{ from: 0, to: Math.min(section.rows?.length ?? section.count ?? 0, atFirst.rows) }],
          })),
    [layout, indexes, sections],
  )

  const goingUp = useRef(false)
  const toTop = useCallback(() => {
    // Until the browser tells that it has scrolled, the virtualizer takes the former place for the present one.
    goingUp.current = true
    const arrived = () => {
      goingUp.current = false
    }
    addEventListener("scroll", arrived, { once: true })
    window.scrollTo({ top: 0 })
  }, [])
  const former = useRef<{ layout: Layout<Row>; reset: string; known: Set<string> }>(undefined)
  useLayoutEffect(() => {
    const before = former.current
    if (!layout || before?.layout === layout) return
    // A row that was gone for a while is none that has come.
    const known = before?.reset === reset ? before.known : new Set<string>()
    const isNew = (key: string) => !known.has(key)
    const from = goingUp.current ? 0 : (virtualizer.scrollOffset ?? 0) - virtualizer.options.scrollMargin
    // Who sees the beginning of the list sees what arrives there.
    if (before?.reset === reset && !beginsInSight(from)) {
      const inSight = rowsBetween(before.layout, from, from + window.innerHeight, keyOf)
      const moved = movedBy(inSight, before.layout, layout)
      const above = rowsBetween(layout, 0, from + moved, keyOf).filter(isNew)
      if (above.length > 0) onAbove(above)
      if (Math.abs(moved) >= 1) {
        window.scrollTo({ top: from + virtualizer.options.scrollMargin + moved, behavior: "instant" })
      }
    }
    for (const key of layout.lineOf.keys()) known.add(key)
    former.current = { layout, reset, known }
  }, [layout, reset, virtualizer, keyOf, onAbove])

  const formerReset = useRef(reset)
  useEffect(() => {
    if (formerReset.current !== reset && window.scrollY > 0) toTop()
    formerReset.current = reset
  }, [reset, toTop])

  const { range, scrollOffset, options } = virtualizer
  const last = drawn.at(-1)
  const end = layout && last && layout.starts[layout.firsts[layout.sections.indexOf(last.section) + 1] ?? 0]
  return {
    element,
    place: setElement,
    toTop,
    drawn,
    /** Room for the sections behind the last of which anything is drawn, in pixels. */
    below: end === undefined ? 0 : (layout?.starts.at(-1) ?? 0) - end,
    columns: measure?.columns,
    /** Whether all of the first row is in sight, and whether the last one is near. */
    atStart: beginsInSight((scrollOffset ?? 0) - options.scrollMargin),
    atEnd: layout !== undefined && (count === 0 || (range !== null && range.endIndex + spare >= count - 1)),
  }
}
