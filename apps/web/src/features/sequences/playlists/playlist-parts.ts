"use client"

import type { Outputs } from "@strudel-agent/client/client"
import { keepPreviousData } from "@tanstack/react-query"
import { api } from "#shared/api/trpc.ts"
import { readClipFacts } from "#shared/clip/clip-facts.ts"
import type { Found } from "#shared/items/finder.tsx"
import { barsOf, type Part } from "#shared/song/part.ts"
import { itemPath } from "#shared/url-state/item-link.ts"
import { countOf } from "#shared/words/count.ts"
import type { FoundPart } from "../arrangement/order-list.tsx"

type PlaylistSong = Outputs["playlist"]["byId"]["songs"][number]
type Song = Pick<PlaylistSong, "id" | "name" | "metadata" | "clipIds"> & Partial<PlaylistSong>

/** A song as a part of a playlist. Its own tempo, where its metadata has one, goes before that of its clips. */
export function partOfSong(projectId: string, { id, name, metadata, clipIds, firstBpm, lastBpm }: Song): Part {
  const { bpm, color, scale } = readClipFacts(metadata)
  return {
    id,
    name,
    href: itemPath({ itemType: "song", projectId, itemId: id }),
    color,
    note: [scale, countOf(clipIds.length, "clip")].filter(Boolean).join(" · "),
    startBpm: bpm ?? firstBpm ?? undefined,
    endBpm: bpm ?? lastBpm ?? undefined,
    bars: barsOf(metadata),
    clipIds,
  }
}

/** Songs that a search shows. */
const most = 20

/** Finds a project's songs by a part of their name. */
export function useFoundSongs(projectId: string, q: string): Found<FoundPart> {
  const { data, isFetching, error } = api.song.list.useQuery(
    { projectId, q: q || undefined, limit: most },
    { placeholderData: keepPreviousData },
  )
  const found = (data?.items ?? []).map((song): FoundPart => {
    const part = partOfSong(projectId, song)
    return { key: song.id, name: song.name, note: part.note, color: part.color, part }
  })
  return { found, busy: isFetching, error }
}
