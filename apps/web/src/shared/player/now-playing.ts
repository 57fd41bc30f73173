"use client"

import { useSyncExternalStore } from "react"

/** `starting` until the first sound is on its way. */
export type Phase = "silent" | "starting" | "playing"

/** What every page knows of the player; the rest of it is loaded when it is first wanted. */
export interface NowPlaying {
  phase: Phase
  /** The button that what plays belongs to; what played last while it is silent. */
  id: string | undefined
  /** The keys of the clips that play, as `playKey` makes them. */
  keys: readonly string[]
}

const silence: NowPlaying = { phase: "silent", id: undefined, keys: [] }
const listeners = new Set<() => void>()
let now = silence

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Tells every page what plays. */
export function tellNowPlaying(next: NowPlaying): void {
  now = next
  for (const listener of [...listeners]) listener()
}

/** A part of what plays; drawn again when that part is another. */
export const useNowPlaying = <T extends string | boolean | undefined>(select: (now: NowPlaying) => T): T =>
  useSyncExternalStore(
    subscribe,
    () => select(now),
    () => select(silence),
  )

export const nowPlaying = (): NowPlaying => now
