import { reasonOf } from "@strudel-agent/client/reason"
import { useSyncExternalStore } from "react"
import { wordsOf } from "#shared/words/reasons.ts"
import { offerUndo, toastError } from "./toast.tsx"

/** Milliseconds in which a deletion can be taken back. */
const grace = 8000

interface Deletion {
  /** What is said, such as "Deleted 3 clips." */
  text: string
  /** The rows that are out of sight from the first moment; see `useHidden`. */
  keys: string[]
  /** Deletes, and refreshes what shows the rows; until it is done they stay out of sight. */
  commit: () => Promise<unknown>
}

interface Pending {
  deletion: Deletion
  timer: ReturnType<typeof setTimeout>
  close: () => void
}

const pending = new Set<Pending>()
const listeners = new Set<() => void>()
const none: ReadonlySet<string> = new Set()
let hidden = none
/** How many deletions hide a row. */
const hiding = new Map<string, number>()

function change(keys: string[], by: 1 | -1) {
  for (const key of keys) {
    const count = (hiding.get(key) ?? 0) + by
    if (count > 0) hiding.set(key, count)
    else hiding.delete(key)
  }
  hidden = new Set(hiding.keys())
  for (const listener of listeners) listener()
}

async function settle(one: Pending) {
  if (!pending.delete(one)) return
  clearTimeout(one.timer)
  one.close()
  try {
    await one.deletion.commit()
  } catch (error) {
    toastError(`Not deleted. ${wordsOf(reasonOf(error) ?? "INTERNAL")}`)
  } finally {
    change(one.deletion.keys, -1)
  }
}

function onLeave() {
  for (const one of pending) void settle(one)
}

/**
 * Deletes after some seconds in which it can be taken back; at once where the page is left. A browser that crashes
 * deletes nothing.
 */
export function deleteLater(deletion: Deletion): void {
  if (pending.size === 0) addEventListener("pagehide", onLeave)
  const one: Pending = {
    deletion,
    timer: setTimeout(() => void settle(one), grace),
    close: offerUndo(deletion.text, () => {
      if (!pending.delete(one)) return
      clearTimeout(one.timer)
      change(deletion.keys, -1)
    }).close,
  }
  pending.add(one)
  change(deletion.keys, 1)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The keys of the rows that are being deleted: lists leave them out. */
export const useHidden = (): ReadonlySet<string> =>
  useSyncExternalStore(
    subscribe,
    () => hidden,
    () => none,
  )
