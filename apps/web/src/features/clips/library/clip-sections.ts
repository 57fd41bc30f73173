"use client"

import type { ClipSort } from "@strudel-agent/contract/clip"
import type { ClipFilter, ClipGroupBy } from "@strudel-agent/contract/clip-bulk"
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import { getQueryKey } from "@trpc/react-query"
import { useCallback, useEffect, useMemo, useRef, useState } from "react"
import { api } from "#shared/api/trpc.ts"
import { type ClipCard, clipKey } from "#shared/clip/clip-list.ts"
import { nextPage } from "#shared/collection/next-page.ts"
import { useHidden } from "#shared/ui/undo.ts"
import { cardsInput, groupFilter, groupInput, groupsAtOnce } from "./clip-filter.ts"
import { clipsOf, isOutdated, type KnownPages, outdate, readPage } from "./clip-pages.ts"
import { patched, usePatchVersion } from "./clip-patches.ts"
import { stableRows } from "./stable-rows.ts"

/** A part of the library under a heading of its own. */
export interface Section {
  id: string
  /** A project's id or a tag, null for the clips without a tag; undefined where there are no groups. */
  key?: string | null
  title?: string
  count?: number
  /** Undefined while they are on their way. */
  clips: ClipCard[] | undefined
}

interface Asked {
  filter: ClipFilter
  sort: ClipSort
}

/** Keys of the clips that are drawn: those far from the visible part are not. */
const drawnClips = (): ReadonlySet<string> =>
  new Set([...document.querySelectorAll<HTMLElement>("main [data-clip]")].flatMap(({ dataset }) => dataset.clip ?? []))

/** Milliseconds of rest after which what came into sight is read again. */
const rest = 150

/** The library without groups, page by page; what is read again is what is seen of it. */
export function useFlatSections({ filter, sort }: Asked) {
  const { client } = api.useUtils()
  const queryClient = useQueryClient()
  const input = cardsInput(filter, sort)
  const queryKey = getQueryKey(api.clip.cards, input, "infinite")
  /** Whether it is read again for what came into sight alone: then nothing else has become older. */
  const bySight = useRef(false)
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: null,
    ...nextPage,
    placeholderData: keepPreviousData,
    queryFn({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) {
      const known = queryClient.getQueryData<KnownPages>(queryKey)
      if (pageParam === null && known) {
        if (!bySight.current) outdate(known.pages)
        bySight.current = false
      }
      const drawn = drawnClips()
      return readPage({ cursor: pageParam, known, isSeen: (key) => drawn.has(key) }, input.limit, (range) =>
        client.clip.cards.query({ ...input, ...range }, { signal }),
      )
    },
  })
  const pages = query.data?.pages
  const { refetch } = query
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      const drawn = drawnClips()
      if (!pages?.some((page) => isOutdated(page, (key) => drawn.has(key)))) return
      bySight.current = true
      void refetch()
    }
    const onScroll = () => {
      clearTimeout(timer)
      timer = setTimeout(look, rest)
    }
    addEventListener("scroll", onScroll, { passive: true })
    return () => {
      clearTimeout(timer)
      removeEventListener("scroll", onScroll)
    }
  }, [pages, refetch])
  const sections = useMemo((): Section[] => [{ id: "all", clips: pages && clipsOf(pages) }], [pages])
  return { query, sections }
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
      groups.map(({ id, key, name, count }, place): Section => {
        return { id, key, title: key === null ? "Without a tag" : (name ?? key), count, clips: clips[place] }
      }),
    [groups, clips],
  )
  const onNear = useCallback((id: string) => setNear((former) => new Set([...former, id])), [])
  const failed = answers.find(({ error }) => error)
  return { query: query.data ? { ...query, error: failed?.error ?? null } : query, sections, onNear }
}

/** The same list for as long as it holds the same things. */
function useStable<T>(list: T[]): T[] {
  const [stable, setStable] = useState(list)
  if (stable.length === list.length && stable.every((item, place) => item === list[place])) return stable
  setStable(list)
  return list
}

/** Sections without what is being deleted, with what is being changed. */
export function useShown(sections: Section[]): Section[] {
  const hidden = useHidden()
  const version = usePatchVersion()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what is being changed.
  return useMemo(
    () =>
      sections.map((section) => ({
        ...section,
        clips: section.clips?.filter((clip) => !hidden.has(clipKey(clip))).map(patched),
      })),
    [sections, hidden, version],
  )
}

/**
 * Sections that keep their clips in place when they are read again while `held` says so, until `reset` is another;
 * `heldBack` tells how many clips would have come in between, and `showAll` lets them in.
 */
export function useSteadySections(sections: Section[], reset: string, held: () => boolean) {
  const [state, setState] = useState({ source: sections, reset, sections, heldBack: 0 })
  let shown = state
  if (state.source !== sections || state.reset !== reset) {
    shown = { source: sections, reset, sections, heldBack: 0 }
    if (state.reset === reset && held()) {
      const former = new Map(state.sections.map(({ id, clips }) => [id, clips]))
      shown.sections = sections.map((section) => {
        const before = former.get(section.id)
        if (!before || !section.clips) return section
        const { rows, heldBack } = stableRows(before, section.clips, clipKey)
        shown.heldBack += heldBack
        return { ...section, clips: rows }
      })
    }
    setState(shown)
  }
  const showAll = () => setState({ source: sections, reset, sections, heldBack: 0 })
  return { sections: shown.sections, heldBack: shown.heldBack, showAll }
}
