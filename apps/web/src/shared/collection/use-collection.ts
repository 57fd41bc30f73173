"use client"

import { type FocusEvent, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react"
import { type FocusRequest, focusRequest } from "#shared/keyboard/focus-request.ts"
import { useHidden } from "#shared/ui/undo.ts"
import type { Place, Section } from "./layout.ts"
import { type Patches, usePatched } from "./patches.ts"
import { useDrawn } from "./use-drawn.ts"
import { focusedRow, sectionOf } from "./use-list-keys.ts"
import type { Shape } from "./use-measure.ts"
import { useSelection } from "./use-selection.ts"
import { useSteady } from "./use-steady.ts"

/** Pixels from the top within which a list may change its order under the reader. */
const atTop = 240

const none: ReadonlySet<string> = new Set()

interface Given<Row> {
  sections: Section<Row>[]
  /** A text that is another one for every row. */
  keyOf: (row: Row) => string
  shape: Shape
  /** Another text for each list that is another one. */
  reset: string
  patches?: Patches<Row>
  /** Whether rows stay where they are once somebody is among them, as where one more would move all to other columns. */
  steady?: boolean
  /** Whether something is being done with rows. */
  busy?: boolean
  /** Told of the rows and sections that are drawn. */
  onDrawn?: (rows: ReadonlySet<string>, sections: string[]) => void
  /** Reads on; undefined where it cannot. */
  readOn?: (() => unknown) | undefined
}

/** Rows without those that are being deleted, with what is being changed. */
function useShown<Row>(sections: Section<Row>[], keyOf: (row: Row) => string, patches: Patches<Row> | undefined) {
  const hidden = useHidden()
  const patched = usePatched(patches)
  return useMemo(() => {
    const shown = (rows: Row[]) => patched(hidden.size > 0 ? rows.filter((row) => !hidden.has(keyOf(row))) : rows)
    return sections.map((section) => ({ ...section, rows: section.rows && shown(section.rows) }))
  }, [sections, hidden, patched, keyOf])
}

interface Wish {
  /** Which of a row's sections, where it may be in several. */
  section?: string | undefined
  /** What the focus is taken from; from other things outside of the list it never is. */
  from?: Element | null
}

/** Brings the focus to rows, wherever they are. */
function useFocus(element: HTMLElement | null, reading: unknown, setKept: (place: Place) => void) {
  const [request, setRequest] = useState<FocusRequest & Wish>()
  useLayoutEffect(() => {
    if (!request) return
    const { key, section, from } = request
    const within = section === undefined ? "" : `[data-section="${CSS.escape(section)}"] `
    const active = document.activeElement
    const isNowhere = !active || active === document.body
    request.look({
      row: element?.querySelector<HTMLElement>(`${within}[data-key="${CSS.escape(key)}"] [data-row]`),
      isFree: isNowhere || active === from || element?.contains(active) === true,
      reading,
    })
  })
  return useCallback(
    (key: string, wish: Wish = {}) => {
      setKept({ key, section: wish.section })
      setRequest({ ...focusRequest(key), ...wish })
    },
    [setKept],
  )
}

/**
 * A long list: what is shown and drawn of its rows, which of them are chosen, and what has come above those in sight.
 * A row is marked with `data-key`, what of it takes the focus with `data-row`; where a row may be in several sections,
 * each is marked with `data-section`.
 */
export function useCollection<Row>(given: Given<Row>) {
  const { sections: read, keyOf, shape, reset, patches, steady = false, busy = false, onDrawn, readOn } = given
  const isBusy = useRef(busy)
  const held = useSteady(useShown(read, keyOf, patches), {
    ...{ reset, keyOf },
    isHeld: () => steady && (isBusy.current || window.scrollY > atTop || focusedRow() !== undefined),
  })
  const { sections } = held
  const rows = useMemo(
    () => new Map(sections.flatMap((section) => (section.rows ?? []).map((row) => [keyOf(row), row] as const))),
    [sections, keyOf],
  )
  const order = useMemo(() => [...rows.keys()], [rows])
  const selection = useSelection(order)
  const chosen = selection.selected.flatMap((key) => rows.get(key) ?? [])
  useEffect(() => {
    isBusy.current = busy || chosen.length > 0
  })

  const reading = useMemo(() => ({ read, reset }), [read, reset])
  const [kept, setKept] = useState<Place>()
  const [above, setAbove] = useState({ reset, keys: none })
  const onAbove = useCallback(
    (keys: string[]) => {
      setAbove((former) => ({ reset, keys: new Set([...(former.reset === reset ? former.keys : none), ...keys]) }))
    },
    [reset],
  )
  const { element, atStart, atEnd, ...drawing } = useDrawn({ sections, shape, keyOf, reset, kept, onAbove })
  if (above.keys.size > 0 && (atStart || above.reset !== reset)) setAbove({ reset, keys: none })
  const focus = useFocus(element, reading, setKept)

  const { drawn } = drawing
  useEffect(() => {
    const keys = drawn.flatMap(({ section: { rows }, pieces }) =>
      pieces.flatMap((piece) => ("to" in piece ? (rows ?? []).slice(piece.from, piece.to).map(keyOf) : [])),
    )
    onDrawn?.(
      new Set(keys),
      drawn.map(({ section }) => section.id),
    )
  }, [drawn, keyOf, onDrawn])
  const isReady = readOn !== undefined
  const latest = useRef(readOn)
  useEffect(() => {
    latest.current = readOn
  })
  useEffect(() => {
    if (atEnd && isReady) latest.current?.()
  }, [atEnd, isReady])

  return {
    ...drawing,
    /** All rows that were read, by their keys, in order. */
    rows,
    selection,
    chosen,
    focus,
    onFocusCapture: useCallback(({ target }: FocusEvent) => {
      const key = target.closest<HTMLElement>("[data-key]")?.dataset.key
      if (key !== undefined) setKept({ key, section: sectionOf(target) })
    }, []),
    /** How many rows have come above those in sight. */
    news: steady ? held.heldBack.length : above.keys.size,
    showNews() {
      held.showAll()
      drawing.toTop()
    },
    /** The row that has the focus, else the only chosen one. */
    one(): Row | undefined {
      const key = focusedRow() ?? (selection.selected.length === 1 ? selection.selected[0] : undefined)
      return key === undefined ? undefined : rows.get(key)
    },
    /** The chosen rows, else the one that has the focus. */
    some(): Row[] {
      const focused = focusedRow()
      if (chosen.length > 0 || focused === undefined) return chosen
      const row = rows.get(focused)
      return row === undefined ? [] : [row]
    },
  }
}

export type Collection<Row> = ReturnType<typeof useCollection<Row>>
