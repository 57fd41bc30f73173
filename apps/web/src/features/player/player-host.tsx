"use client"

import { onDemand } from "#shared/api/on-demand.tsx"
import { usePlayer } from "#shared/player/use-player.ts"
import { usePlayerKeys } from "./player-keys.ts"

const PlayerBar = onDemand(() => import("./player-bar.tsx").then((part) => part.PlayerBar))

/** The player behind every page: its keys from the beginning, its bar from the first time that something plays. */
export function PlayerHost() {
  usePlayerKeys()
  const shown = usePlayer(({ playable }) => playable !== undefined)
  return shown ? <PlayerBar /> : null
}
