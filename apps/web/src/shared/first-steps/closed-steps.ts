"use client"

import { useSyncExternalStore } from "react"
import { readStored, writeStored } from "#shared/browser/stored-text.ts"

const key = "first-steps-closed"
const listeners = new Set<() => void>()
/** For browsers that keep nothing. */
let closedHere = false

function subscribe(listener: () => void) {
  listeners.add(listener)
  addEventListener("storage", listener)
  return () => {
    listeners.delete(listener)
    removeEventListener("storage", listener)
  }
}

/** Shows the first steps no more. */
export function closeFirstSteps(): void {
  closedHere = true
  writeStored(key, "yes")
  for (const listener of listeners) listener()
}

/** Whether somebody has closed the first steps; undefined on the server, which cannot know. */
export const useFirstStepsClosed = (): boolean | undefined =>
  useSyncExternalStore(
    subscribe,
    () => closedHere || readStored(key) !== null,
    () => undefined,
  )
