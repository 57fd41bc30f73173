"use client"

import { itemKey } from "../markdown/item-link.ts"
import { useNowPlaying } from "../player/now-playing.ts"
import { usePlayer } from "../player/use-player.ts"

/** The index of the section of a song that is heard, -1 while the song is silent. */
export function useHeardSection({ projectId, id }: { projectId: string; id: string }): number {
  const key = itemKey({ itemType: "song", projectId, itemId: id })
  const on = useNowPlaying((now) => now.phase === "playing" && now.id === key)
  const section = usePlayer((state) => state.section)
  return on ? section : -1
}
