"use client"

import { useCallback, useSyncExternalStore } from "react"
import { player } from "./open-player.ts"
import type { PlayerState } from "./player-state.ts"

/** A part of the player's state; drawn again when that part is another. */
export function usePlayer<T>(select: (state: PlayerState) => T): T {
  const snapshot = useCallback(() => select(player.state()), [select])
  return useSyncExternalStore(player.subscribe, snapshot, snapshot)
}
