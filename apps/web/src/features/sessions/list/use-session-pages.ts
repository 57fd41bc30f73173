"use client"

import type { Inputs } from "@strudel-agent/client/client"
import { keepPreviousData, type QueryKey, useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import { getQueryKey } from "@trpc/react-query"
import { useCallback, useEffect, useRef } from "react"
import { api } from "#shared/api/trpc.ts"
import { nextPage } from "#shared/collection/next-page.ts"
import { firstStart, type PageStart, readPage, type SessionPage, type SessionPages } from "./session-pages.ts"

/** The list of sessions, page by page. Of pages that were read, those near what is in sight are kept up to date. */
export function useSessionPages(input: Inputs["session"]["list"]) {
  const { client } = api.useUtils()
  const cache = useQueryClient()
  const queryKey = getQueryKey(api.session.list, input, "infinite")
  /** The chunks near what is in sight, by id. */
  const near = useRef(new Map<string, PageStart>())
  // What comes and what moves arrives at the first page mostly.
  const isNear = useCallback(
    (start: PageStart) => start === firstStart || [...near.current.values()].includes(start),
    [],
  )

  const query = useInfiniteQuery<SessionPage, Error, SessionPages, QueryKey, PageStart>({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      readPage({
        former: cache.getQueryData<SessionPages>(queryKey),
        start: pageParam,
        isNear,
        read: (range) => client.session.list.query({ ...input, ...range }, { signal }),
      }),
    initialPageParam: firstStart,
    ...nextPage,
    placeholderData: keepPreviousData,
  })

  const latest = useRef({ queryKey, refetch: query.refetch })
  useEffect(() => {
    latest.current = { queryKey, refetch: query.refetch }
  })
  /** Says that a chunk has come near what is in sight, or no longer is where its start is left out. */
  const onNear = useCallback(
    (chunk: string, start?: PageStart) => {
      if (start === undefined) return void near.current.delete(chunk)
      near.current.set(chunk, start)
      async function catchUp() {
        const { queryKey, refetch } = latest.current
        const data = cache.getQueryData<SessionPages>(queryKey)
        if (!data?.pages.some(({ stale }, place) => stale && isNear(data.pageParams[place] ?? firstStart))) return
        const { isSuccess } = await refetch({ cancelRefetch: false })
        // A reading that was under way may have passed over it.
        if (isSuccess) void catchUp()
      }
      void catchUp()
    },
    [cache, isNear],
  )
  return { query, onNear }
}
