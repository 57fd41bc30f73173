"use client"

import type { ReactNode } from "react"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Loading } from "#shared/ui/skeleton.tsx"
import { useHidden } from "#shared/ui/undo.ts"
import { countOf } from "#shared/words/count.ts"
import { LoadMore } from "./load-more.tsx"

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
  keyOf = () => "",
  draw,
}: {
  query: PagedQuery<T>
  /** What one row is, such as "clip". */
  what: string
  skeleton: ReactNode
  empty: ReactNode
  /** The key by which a row is known while it is being deleted; left out where no row can be. */
  keyOf?: (item: T) => string
  draw: (items: T[], busy: boolean) => ReactNode
}) {
  const hidden = useHidden()
  if (query.isPending) {
    return (
      <>
        <Loading what={`${what}s`} />
        {skeleton}
      </>
    )
  }
  if (!query.data) return <FailedQuery query={query} />
  const items = query.data.pages.flatMap((page) => page.items).filter((item) => !hidden.has(keyOf(item)))
  if (items.length === 0 && !query.hasNextPage) return empty
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
