"use client"

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react"
import type { StartDrag } from "#shared/drag/drag-layer.tsx"
import { useDragLayer } from "#shared/drag/use-drag-layer.ts"
import { offerForAWhile } from "#shared/ui/toast.tsx"
import type { PadMoves } from "./pad.tsx"
import { placeByKey } from "./pad-step.ts"

/** Pads that stand beside each other. */
function columnsOf(elements: HTMLElement[]): number {
  const first = elements[0]?.offsetTop
  return elements.filter(({ offsetTop }) => offsetTop === first).length
}

/** How pads are moved, by keys and by drags, and what is to be said about it. */
export function usePadMoves(
  ids: readonly string[],
  { nameOf, move }: { nameOf: (id: string) => string; move: (id: string, placeOf: string) => void },
) {
  const rows = useRef(new Map<string, HTMLElement>())
  const starts = useRef(new Map<string, StartDrag>())
  const [announcement, announce] = useState("")
  const focused = useRef<HTMLElement>(undefined)
  const layer = useDragLayer()

  // Browsers take the focus from an element that is put elsewhere.
  useLayoutEffect(() => {
    focused.current?.focus()
    focused.current = undefined
  })

  function moveTo(id: string, to: number): boolean {
    const from = ids.indexOf(id)
    const target = ids[to]
    if (target === undefined || from < 0) return false
    if (to !== from) move(id, target)
    announce(`${nameOf(id)}, place ${to + 1} of ${ids.length}`)
    return to !== from
  }

  const latest = useRef<Pick<PadMoves, "keyDown"> & { moveTo: typeof moveTo }>(undefined)
  useEffect(() => {
    latest.current = {
      moveTo,
      keyDown(id, event) {
        const isHandle = event.target instanceof Element && event.target.matches("[data-handle]")
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey === isHandle) return
        const columns = columnsOf(ids.flatMap((each) => rows.current.get(each) ?? []))
        const to = placeByKey(event.key, { index: ids.indexOf(id), count: ids.length, columns })
        if (to === undefined) return
        event.preventDefault()
        if (event.target instanceof HTMLElement) focused.current = event.target
        moveTo(id, to)
      },
    }
  })
  const moves = useMemo<PadMoves>(
    () => ({
      keyDown: (...given) => latest.current?.keyDown(...given),
      press: (id, event) => starts.current.get(id)?.(event),
      row(id, element) {
        if (element) rows.current.set(id, element)
        else rows.current.delete(id)
      },
    }),
    [],
  )
  const drag = useMemo(
    () => ({
      rowOf: (id: string) => rows.current.get(id),
      onReady: (id: string, start: StartDrag | undefined) => {
        if (start) starts.current.set(id, start)
        else starts.current.delete(id)
      },
    }),
    [],
  )

  /** Moves a pad that was dragged, and offers the way back: in play, a hand slips. */
  function drop(id: string, to: number) {
    const stood = ids.indexOf(id)
    if (moveTo(id, to)) {
      offerForAWhile(`Moved ${nameOf(id)} to place ${to + 1}.`, () => latest.current?.moveTo(id, stood))
    }
  }

  return { moves, drag, drop, announcement, ...layer }
}
