"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { api } from "../api/trpc.ts"
import type { Found } from "../arrangement/finder.tsx"
import type { FoundPart } from "../arrangement/order-list.tsx"
import { barsOf, type Part } from "../arrangement/part.ts"
import { readClipFacts } from "../clip/clip-facts.ts"
import { itemPath } from "../markdown/item-link.ts"

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
