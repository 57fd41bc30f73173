"use client"

import { useState } from "react"

/** The rows from one to another in the order of a list, both included; the last alone where the first is not there. */
export function rangeOf(ids: string[], from: string | undefined, to: string): string[] {
  const start = from === undefined ? -1 : ids.indexOf(from)
  const end = ids.indexOf(to)
  if (start < 0 || end < 0) return [to]
  return ids.slice(Math.min(start, end), Math.max(start, end) + 1)
}

/** Which rows of a list are chosen. A choice outlives that its row is out of the list for a while; only rows of the list count. */
export function useSelection(ids: string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState<string>()
  const selected = chosen.size === 0 ? [] : ids.filter((id) => chosen.has(id))
  return {
    selected,
    has: (id: string) => chosen.has(id),
    all: ids.length > 0 && selected.length === ids.length,
    /** Chooses a row or lets go of it; `range` chooses all from the one before. */
    toggle(id: string, range = false) {
      if (range) setChosen(new Set([...chosen, ...rangeOf(ids, anchor, id)]))
      else if (chosen.has(id)) setChosen(new Set([...chosen].filter((one) => one !== id)))
      else setChosen(new Set([...chosen, id]))
      setAnchor(id)
    },
    chooseAll: () => setChosen(new Set([...chosen, ...ids])),
    clear: () => setChosen(new Set()),
  }
}

export type Selection = ReturnType<typeof useSelection>
