"use client"

import { keepPreviousData, type QueryKey, useInfiniteQuery, useQueryClient } from "@tanstack/react-query"
import { useCallback, useEffect, useMemo, useRef } from "react"
import { nextPage } from "./next-page.ts"
import { type Page, type Pages, type Range, readPage, rowsOf } from "./pages.ts"

/** Milliseconds of rest after which what came into sight is read again. */
const rest = 150

interface Asked<Row> {
  queryKey: QueryKey
  read: (range: Range, signal: AbortSignal) => Promise<Page<Row>>
  keyOf: (row: Row) => string
  /** Whether a row has been changed: then it is read again, wherever it is. */
  isChanged?: (key: string) => boolean
}

const never = () => false

/**
 * A list, page by page. Of pages that were read, the first is kept up to date, where most of what is new comes in, and
 * those with rows that are drawn; the others when they come into sight.
 */
export function usePages<Row>({ queryKey, read, keyOf, isChanged = never }: Asked<Row>) {
  const cache = useQueryClient()
  const drawn = useRef<ReadonlySet<string>>(new Set())
  const bySight = useRef({ next: false, now: false })
  const isWanted = (page: Page<Row>, start: string | null) =>
    start === null || page.items.map(keyOf).some((key) => drawn.current.has(key) || isChanged(key))

  const query = useInfiniteQuery<Page<Row>, Error, Pages<Row>, QueryKey, string | null>({
    queryKey,
    initialPageParam: null,
    ...nextPage,
    placeholderData: keepPreviousData,
    queryFn({ pageParam, signal }) {
      if (pageParam === null) bySight.current = { next: false, now: bySight.current.next }
      return readPage({
        former: cache.getQueryData<Pages<Row>>(queryKey),
        start: pageParam,
        bySight: bySight.current.now,
        isWanted,
        read: (range) => read(range, signal),
      })
    },
  })

  const { data, refetch, isFetching } = query
  const catchUp = () => {
    if (isFetching || !data?.pages.some((page, at) => page.stale && isWanted(page, data.pageParams[at] ?? null))) return
    bySight.current.next = true
    void refetch()
  }
  const latest = useRef(catchUp)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const look = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => latest.current(), rest)
  }, [])
  useEffect(() => {
    latest.current = catchUp
  })
  // A reading that was under way may have passed over what has come into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the pages stand for a reading that is over.
  useEffect(look, [data, look])
  useEffect(() => () => clearTimeout(timer.current), [])
  const onDrawn = useCallback(
    (keys: ReadonlySet<string>) => {
      drawn.current = keys
      look()
    },
    [look],
  )
  const rows = useMemo(() => data && rowsOf(data.pages, keyOf), [data, keyOf])
  return { query, rows, onDrawn }
}
