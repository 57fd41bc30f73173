"use client"

import { onDemand } from "#shared/api/on-demand.tsx"
import { usePlayer } from "#shared/player/use-player.ts"
import { usePlayerKeys } from "./player-keys.ts"
import { useTakeOver } from "./use-take-over.ts"

const PlayerBar = onDemand(() => import("./player-bar.tsx").then((part) => part.PlayerBar))

/** The player behind every page: its keys and what others save from the beginning, its bar from the first time that something plays. */
export function PlayerHost() {
  usePlayerKeys()
  useTakeOver()
  const shown = usePlayer(({ playable }) => playable !== undefined)
  return shown ? <PlayerBar /> : null
}
