"use client"

import { type KeyboardEvent, type RefObject, useLayoutEffect, useMemo, useRef, useState } from "react"
import type { StartDrag } from "#shared/drag/drag-layer.tsx"
import { idsOf, insertAfter, move, placeOf, putBack, type Run, remove, repeat } from "#shared/song/order.ts"
import type { Part } from "#shared/song/part.ts"
import { offerForAWhile, toastError } from "#shared/ui/toast.tsx"
import type { OrderKeeper } from "./order-keeper.ts"
import type { RowActs } from "./order-row.tsx"

interface Lifted {
  key: string
  /** Where it stood, to go back there. */
  from: number
}

interface Options {
  keeper: OrderKeeper
  nameOf: (id: string) => string
  /** Asks for a part to put behind a row. */
  onInsert: (after: string) => void
  full: string
}

/** Where the focus comes to in a row: its handle, or the link to its part. */
type Spot = "handle" | "link"

export const focusIn = (row: HTMLElement | undefined, spot: Spot) => {
  const link = spot === "link" ? row?.querySelector<HTMLElement>("[data-row]") : undefined
  const target = link ?? row?.querySelector<HTMLElement>("[data-handle]")
  target?.focus()
}

/** Keeps the focus in a row that was moved, and brings it to one that was told. */
function useRowFocus(rows: RefObject<Map<string, HTMLElement>>, runs: readonly Run[]) {
  const wanted = useRef<{ key: string; spot: Spot }>(undefined)
  useLayoutEffect(() => {
    const { current } = wanted
    if (!current || !runs.some(({ key }) => key === current.key)) return
    wanted.current = undefined
    const row = rows.current.get(current.key)
    if (!row?.contains(document.activeElement)) focusIn(row, current.spot)
    row?.scrollIntoView({ block: "nearest" })
  }, [rows, runs])
  return (key: string, spot: Spot) => {
    wanted.current = { key, spot }
  }
}

/** What the rows of an order can be told to do, by keys, buttons and drags; and what is to be said about it. */
export function useRowActs(runs: readonly Run[], { keeper, nameOf, onInsert, full }: Options) {
  const rows = useRef(new Map<string, HTMLElement>())
  const starts = useRef(new Map<string, StartDrag>())
  const [lifted, setLifted] = useState<Lifted>()
  const [announcement, announce] = useState("")
  const focus = useRowFocus(rows, runs)

  const find = (key: string) => {
    const all = keeper.state().runs
    const index = all.findIndex((run) => run.key === key)
    return { all, index, run: all[index] }
  }
  const placeInWords = (key: string) => {
    const { all, run } = find(key)
    return `${run ? nameOf(run.id) : ""}, place ${placeOf(all, key)} of ${idsOf(all).length}`
  }

  function edit(change: (runs: readonly Run[]) => Run[]): boolean {
    const done = keeper.edit(change)
    if (!done) toastError(full)
    return done
  }

  function moveTo(key: string, to: number) {
    const { all, index } = find(key)
    const place = Math.min(Math.max(to, 0), all.length - 1)
    if (place === index) {
      announce(placeInWords(key))
      return
    }
    const active = document.activeElement
    const isHandle = active instanceof HTMLElement && active.matches("[data-handle]")
    focus(key, isHandle ? "handle" : "link")
    edit((before) => move(before, key, place))
    announce(placeInWords(key))
  }

  function lift(key: string) {
    if (lifted?.key === key) {
      drop()
      return
    }
    if (lifted) drop()
    keeper.hold()
    setLifted({ key, from: find(key).index })
    announce(`${placeInWords(key)}, lifted. Arrow keys move it, space drops it, escape puts it back.`)
  }

  function drop() {
    if (!lifted) return
    setLifted(undefined)
    keeper.release()
    announce(`${placeInWords(lifted.key)}, dropped.`)
  }

  function putBackLifted() {
    if (!lifted) return
    moveTo(lifted.key, lifted.from)
    setLifted(undefined)
    keeper.release()
    announce(`${placeInWords(lifted.key)}, put back.`)
  }

  function removeRun(key: string) {
    const { all, index, run } = find(key)
    if (!run) return
    const neighbour = all[index + 1] ?? all[index - 1]
    if (rows.current.get(key)?.contains(document.activeElement) && neighbour) {
      focus(neighbour.key, "link")
    }
    edit((before) => remove(before, key))
    const name = nameOf(run.id)
    offerForAWhile(`Removed ${name}${run.times > 1 ? ` ×${run.times}` : ""}.`, () => {
      focus(key, "link")
      edit((before) => putBack(before, run, index))
    })
  }

  function repeatRun(key: string, by: 1 | -1) {
    edit((all) => repeat(all, key, by))
    const { run } = find(key)
    if (run) announce(`${nameOf(run.id)} plays ${run.times === 1 ? "once" : `${run.times} times`}.`)
  }

  function duplicate(key: string) {
    const { run } = find(key)
    if (!run) return
    let added = ""
    const put = (all: readonly Run[]) => {
      const { runs: next, key: copy } = insertAfter(all, key, run.id)
      added = copy
      return run.times === 1 ? next : next.map((each) => (each.key === copy ? { ...each, times: run.times } : each))
    }
    if (!edit(put)) return
    focus(added, "link")
    announce(`Duplicated ${nameOf(run.id)}.`)
  }

  /** Puts a part behind a row and tells its key; undefined where the order is full. */
  function insert(after: string | undefined, { id, name }: Pick<Part, "id" | "name">): string | undefined {
    let added: string | undefined
    const put = (all: readonly Run[]) => {
      const { runs: next, key } = insertAfter(all, after, id)
      added = key
      return next
    }
    if (!edit(put)) return undefined
    announce(`Inserted ${name}.`)
    return added
  }

  function keyInLifted(key: string, event: KeyboardEvent<HTMLElement>): boolean {
    const { index, all } = find(key)
    if (event.key === "ArrowUp") moveTo(key, index - 1)
    else if (event.key === "ArrowDown") moveTo(key, index + 1)
    else if (event.key === "Home") moveTo(key, 0)
    else if (event.key === "End") moveTo(key, all.length - 1)
    else if (event.key === "Escape") putBackLifted()
    else if (event.key === "Tab") drop()
    else return false
    return event.key !== "Tab"
  }

  function keyInRow(key: string, event: KeyboardEvent<HTMLElement>): boolean {
    const { index } = find(key)
    if (event.altKey) {
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return false
      moveTo(key, event.key === "ArrowUp" ? index - 1 : index + 1)
      return true
    }
    if (event.metaKey || event.ctrlKey) return false
    if (event.key === "Delete" || event.key === "Backspace") removeRun(key)
    else if (event.key === "+" || event.key === "=") repeatRun(key, 1)
    else if (event.key === "-") repeatRun(key, -1)
    else if (event.key === "d") duplicate(key)
    else if (event.key === "a") onInsert(key)
    else return false
    return true
  }

  const latest = useRef<Omit<RowActs, "press" | "row">>(undefined)
  useLayoutEffect(() => {
    latest.current = {
      keyDown(key, event) {
        const done = lifted?.key === key ? keyInLifted(key, event) : keyInRow(key, event)
        if (done) event.preventDefault()
      },
      lift,
      repeat: repeatRun,
      duplicate,
      remove: removeRun,
    }
  })
  // The same object for as long as the list is there, so that rows are drawn again only where they changed.
  const acts = useMemo<RowActs>(
    () => ({
      keyDown: (...given) => latest.current?.keyDown(...given),
      press: (key, event) => starts.current.get(key)?.(event),
      lift: (key) => latest.current?.lift(key),
      repeat: (...given) => latest.current?.repeat(...given),
      duplicate: (key) => latest.current?.duplicate(key),
      remove: (key) => latest.current?.remove(key),
      row(key, element) {
        if (element) rows.current.set(key, element)
        else rows.current.delete(key)
      },
    }),
    [],
  )
  const drag = useMemo(
    () => ({
      rowOf: (key: string) => rows.current.get(key),
      onReady: (key: string, start: StartDrag | undefined) => {
        if (start) starts.current.set(key, start)
        else starts.current.delete(key)
      },
    }),
    [],
  )
  return { acts, drag, lifted: lifted?.key, announcement, announce, insert, moveTo, placeInWords, drop }
}
