"use client"

import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import type { Player } from "./player.ts"

let player: Promise<Player> | undefined

/** The player of this tab, loaded with the first call. */
export function loadPlayer(): Promise<Player> {
  player ??= loadWithRetry(() => import("./open-player.ts")).then((loaded) => loaded.player)
  return player
}

/** Makes ready what is needed to play, for a press that is likely to come. */
export const warmPlayer = (): void => void loadPlayer().then((loaded) => loaded.warm())
