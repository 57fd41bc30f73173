"use client"

import { usePlayer } from "#shared/player/use-player.ts"
import { itemKey } from "#shared/url-state/item-link.ts"

/** The index of the section of a song that is heard, -1 while the song is silent. */
export function useHeardSection({ projectId, id }: { projectId: string; id: string }): number {
  const key = itemKey({ itemType: "song", projectId, itemId: id })
  return usePlayer(({ phase, playable, section }) => (phase === "playing" && playable?.id === key ? section : -1))
}
