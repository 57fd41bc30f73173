"use client"

import { useSyncExternalStore } from "react"

export type Overlay = "palette" | "keyboard"

let shown: Overlay | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Lays the palette or the keyboard map over the page, or takes it away. */
export function show(overlay: Overlay | undefined): void {
  shown = overlay
  for (const listener of listeners) listener()
}

/** What lies over the page, or is about to: its scripts may be on their way. */
export const overlay = (): Overlay | undefined => shown

/** The same, drawn anew when it changes. */
export const useOverlay = (): Overlay | undefined => useSyncExternalStore(subscribe, overlay, () => undefined)
