"use client"

import { keepPreviousData } from "@tanstack/react-query"
import { api } from "#shared/api/trpc.ts"
import { readClipFacts } from "#shared/clip/clip-facts.ts"
import type { Findable } from "#shared/items/choice.tsx"
import type { Found } from "#shared/items/finder.tsx"

export interface FoundLink extends Findable {
  /** Where the link leads, such as "clip:kick". */
  url: string
}

/** Items of each kind. */
const most = 12

/** Finds a project's clips and songs to link to. */
export function useFoundLinks(projectId: string, q: string): Found<FoundLink> {
  const options = { placeholderData: keepPreviousData }
  const input = { projectId, q: q || undefined, limit: most }
  const clips = api.clip.list.useQuery(input, options)
  const songs = api.song.list.useQuery(input, options)
  return {
    found: [
      ...(clips.data?.items ?? []).map(({ id, name, metadata }) => ({
        key: `clip:${id}`,
        url: `clip:${encodeURIComponent(id)}`,
        name,
        note: `clip · ${id}`,
        color: readClipFacts(metadata).color,
      })),
      ...(songs.data?.items ?? []).map(({ id, name }) => ({
        key: `song:${id}`,
        url: `song:${encodeURIComponent(id)}`,
        name,
        note: `song · ${id}`,
      })),
    ],
    busy: clips.isFetching || songs.isFetching,
    error: clips.error ?? songs.error,
  }
}

const escapeLabel = (name: string): string => name.replace(/[\\[\]`*_<]/g, "\\$&")

/** A link in markdown. */
export const markdownLink = ({ name, url }: Pick<FoundLink, "name" | "url">): string => `[${escapeLabel(name)}](${url})`
