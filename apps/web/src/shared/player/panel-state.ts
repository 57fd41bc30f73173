"use client"

import { useSyncExternalStore } from "react"

export type Panel = "mix" | "sounds"

let shown: Panel | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Opens a panel of the player's bar in the place of another, or closes it. */
export function showPanel(panel: Panel | undefined): void {
  shown = panel
  for (const listener of [...listeners]) listener()
}

/** The panel that is open. */
export const useShownPanel = (): Panel | undefined =>
  useSyncExternalStore(
    subscribe,
    () => shown,
    () => undefined,
  )
