"use client"

import { onDemand } from "#shared/api/on-demand.tsx"
import { useNowPlaying } from "#shared/player/now-playing.ts"
import { usePlayerKeys } from "./player-keys.ts"

const PlayerBar = onDemand(() => import("./player-bar.tsx").then((part) => part.PlayerBar))

/** The player behind every page: its keys from the beginning, its bar from the first time that something plays. */
export function PlayerHost() {
  usePlayerKeys()
  const shown = useNowPlaying(({ id }) => id !== undefined)
  return shown ? <PlayerBar /> : null
}
