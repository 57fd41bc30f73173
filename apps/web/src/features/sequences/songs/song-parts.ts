"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { api } from "#shared/api/trpc.ts"
import { readClipFacts } from "#shared/clip/clip-facts.ts"
import type { Found } from "#shared/items/finder.tsx"
import { barsOf, type Part } from "#shared/song/part.ts"
import { itemPath } from "#shared/url-state/item-link.ts"
import type { FoundPart } from "../arrangement/order-list.tsx"

/** A clip as a part of a song. */
export function partOfClip(
  projectId: string,
  { id, name, metadata }: { id: string; name: string; metadata: Record<string, unknown> },
): Part {
  const { bpm, scale, color } = readClipFacts(metadata)
  return {
    id,
    name,
    href: itemPath({ itemType: "clip", projectId, itemId: id }),
    color,
    note: scale ?? "",
    startBpm: bpm,
    endBpm: bpm,
    bars: barsOf(metadata),
  }
}

/** Clips that a search shows. */
const most = 20

/** Finds a project's clips by a part of their name or code. */
export function useFoundClips(projectId: string, q: string): Found<FoundPart> {
  const { data, isFetching, error } = api.clip.list.useQuery(
    { projectId, q: q || undefined, limit: most },
    { placeholderData: keepPreviousData },
  )
  const found = (data?.items ?? []).map((clip): FoundPart => {
    const part = partOfClip(projectId, clip)
    const note = [part.note, part.startBpm !== undefined && `${part.startBpm} bpm`].filter(Boolean).join(" · ")
    return { key: clip.id, name: clip.name, note, color: part.color, part }
  })
  return { found, busy: isFetching, error }
}
