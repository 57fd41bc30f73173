"use client"

import { useSyncExternalStore } from "react"
import { inBatches, type Sent } from "./batches.ts"

/** What a change that is on its way makes of a row. */
export type Patch<Row> = (row: Row) => Row

interface Change<Row, Answer> {
  patch: Patch<Row>
  /** Sends as many rows as one call takes. */
  call: (batch: Row[]) => Promise<Answer>
  /** Brings what was answered to the rows; until it has, they are shown as they will be. */
  settle: (sent: Sent<Row, Answer>) => Promise<unknown>
}

/** Makes the changes of rows that are shown before the server has answered: they lie over whatever is read meanwhile. */
export function createPatches<Row>(keyOf: (row: Row) => string) {
  const patches = new Map<string, Patch<Row>[]>()
  const settling = new Set<string[]>()
  const listeners = new Set<() => void>()
  const patched: Patch<Row> = (row) => (patches.get(keyOf(row)) ?? []).reduce((one, patch) => patch(one), row)
  const unpatched = (rows: Row[]) => rows
  let apply = unpatched

  function tell() {
    apply = patches.size === 0 ? unpatched : (rows) => rows.map(patched)
    for (const listener of [...listeners]) listener()
  }

  function show(keys: string[], given: Patch<Row>): () => void {
    const patch: Patch<Row> = (row) => given(row)
    for (const key of keys) patches.set(key, [...(patches.get(key) ?? []), patch])
    tell()
    return () => {
      for (const key of keys) {
        const rest = (patches.get(key) ?? []).filter((other) => other !== patch)
        if (rest.length > 0) patches.set(key, rest)
        else patches.delete(key)
      }
      tell()
    }
  }

  function subscribe(listener: () => void) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

  return {
    subscribe,
    /** What shows rows with every change that is on its way; another function with every change. */
    current: () => apply,
    /** Whether a row has been changed and is yet to be read again. */
    isSettling: (key: string) => [...settling].some((keys) => keys.includes(key)),

    /** Changes rows: at once in sight, taken back where it is refused. */
    async change<Answer>(rows: Row[], { patch, call, settle }: Change<Row, Answer>): Promise<Sent<Row, Answer>> {
      const keys = rows.map(keyOf)
      const takeBack = show(keys, patch)
      try {
        const sent = await inBatches(rows, call)
        settling.add(keys)
        await settle(sent)
        return sent
      } finally {
        settling.delete(keys)
        takeBack()
      }
    },
  }
}

export type Patches<Row> = ReturnType<typeof createPatches<Row>>

const never = () => () => {}
const asTheyAre = <Row>(rows: Row[]): Row[] => rows

/** What shows rows with every change that is on its way. */
export const usePatched = <Row>(patches: Patches<Row> | undefined): ((rows: Row[]) => Row[]) =>
  useSyncExternalStore(patches?.subscribe ?? never, patches?.current ?? (() => asTheyAre), () => asTheyAre)
