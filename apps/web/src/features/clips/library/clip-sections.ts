"use client"

import type { ClipSort } from "@strudel-agent/contract/clip"
import type { ClipFilter, ClipGroupBy } from "@strudel-agent/contract/clip/bulk"
import { keepPreviousData } from "@tanstack/react-query"
import { getQueryKey } from "@trpc/react-query"
import { useCallback, useMemo, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { type ClipCard, clipKey } from "#shared/clip/clip-list.ts"
import type { Section } from "#shared/collection/layout.ts"
import { usePages } from "#shared/collection/use-pages.ts"
import { clipPatches } from "./clip-changes.ts"
import { cardsInput, groupFilter, groupInput, groupSize, groupsAtOnce } from "./clip-filter.ts"

/** A part of the library under a heading of its own. */
export interface ClipGroup extends Section<ClipCard> {
  /** A project's id or a tag, null for the clips without a tag; undefined where there are no groups. */
  key?: string | null
  /** How many clips fit in all. */
  total?: number
}

/** Whether every clip of some groups was read. */
export const areWhole = (groups: ClipGroup[]): boolean =>
  groups.every(({ rows, total = 0 }) => rows !== undefined && rows.length >= total)

interface Asked {
  filter: ClipFilter
  sort: ClipSort
}

/** The library without groups, page by page. */
export function useFlatSections({ filter, sort }: Asked) {
  const { client } = api.useUtils()
  const input = cardsInput(filter, sort)
  const { rows, ...pages } = usePages({
    queryKey: getQueryKey(api.clip.cards, input, "infinite"),
    read: (range, signal) => client.clip.cards.query({ ...input, ...range }, { signal }),
    keyOf: clipKey,
    isChanged: clipPatches.isSettling,
  })
  const sections = useMemo((): ClipGroup[] => [{ id: "all", rows }], [rows])
  return { ...pages, sections }
}

/** The library's groups; the clips of each are asked for once it is near. */
export function useGroupSections({ filter, sort, by }: Asked & { by: ClipGroupBy }) {
  const query = api.clip.groups.useQuery({ ...filter, by }, { placeholderData: keepPreviousData })
  const [near, setNear] = useState<ReadonlySet<string>>(new Set())
  const groups = useMemo(
    () => (query.data?.items ?? []).map((group) => ({ ...group, id: `${by}:${group.key ?? ""}` })),
    [query.data, by],
  )
  const answers = api.useQueries((call) =>
    groups.map(({ id, key }, place) =>
      call.clip.cards(groupInput(groupFilter(filter, by, key), sort), {
        enabled: place < groupsAtOnce || near.has(id),
      }),
    ),
  )
  const clips = useStable(answers.map(({ data }) => data?.items))
  const sections = useMemo(
    () =>
      groups.map(({ id, key, name, count }, place): ClipGroup => {
        const title = key === null ? "Without a tag" : (name ?? key)
        return { id, key, title, total: count, count: Math.min(count, groupSize), rows: clips[place] }
      }),
    [groups, clips],
  )
  const onDrawn = useCallback(
    (_: ReadonlySet<string>, drawn: string[]) =>
      setNear((former) => (drawn.every((id) => former.has(id)) ? former : new Set([...former, ...drawn]))),
    [],
  )
  const failed = answers.find(({ error }) => error)
  return { query: query.data ? { ...query, error: failed?.error ?? null } : query, sections, onDrawn }
}

/** The same list for as long as it holds the same things. */
function useStable<T>(list: T[]): T[] {
  const [stable, setStable] = useState(list)
  if (stable.length === list.length && stable.every((item, place) => item === list[place])) return stable
  setStable(list)
  return list
}
