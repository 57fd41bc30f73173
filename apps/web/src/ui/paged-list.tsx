"use client"

import type { ReactNode } from "react"
import { countOf } from "../words/count.ts"
import { FailedQuery } from "./failed-query.tsx"
import { LoadMore } from "./load-more.tsx"
import { Loading } from "./skeleton.tsx"

interface PagedQuery<T> {
  data: { pages: { items: T[] }[] } | undefined
  error: unknown
  isPending: boolean
  isFetching: boolean
  isPlaceholderData: boolean
  hasNextPage: boolean
  isFetchingNextPage: boolean
  isFetchNextPageError: boolean
  refetch: () => unknown
  fetchNextPage: () => unknown
}

/** A list that is read page by page, in each of its states: on its way, failed, empty, there. */
export function PagedList<T>({
  query,
  what,
  skeleton,
  empty,
  draw,
}: {
  query: PagedQuery<T>
  /** What one row is, such as "clip". */
  what: string
  skeleton: ReactNode
  empty: ReactNode
  draw: (items: T[], busy: boolean) => ReactNode
}) {
  if (query.isPending) {
    return (
      <>
        <Loading what={`${what}s`} />
        {skeleton}
      </>
    )
  }
  if (!query.data) return <FailedQuery query={query} />
  const items = query.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return empty
  return (
    <>
      {draw(items, query.isPlaceholderData)}
      <p role="status" className="sr-only">
        {countOf(items.length, what)} shown
      </p>
      <LoadMore pages={query} />
    </>
  )
}
