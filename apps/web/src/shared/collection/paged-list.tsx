"use client"

import { type ReactNode, useMemo } from "react"
import { FailedQuery } from "#shared/ui/failed-query.tsx"
import { Loading } from "#shared/ui/skeleton.tsx"
import { useHidden } from "#shared/ui/undo.ts"
import { countOf } from "#shared/words/count.ts"
import { LoadMore } from "./load-more.tsx"
import { type Page, rowsOf } from "./pages.ts"

interface PagedQuery<T> {
  data: { pages: Pick<Page<T>, "items" | "stale">[] } | undefined
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
  keyOf,
  draw,
}: {
  query: PagedQuery<T>
  /** What one row is, such as "clip". */
  what: string
  skeleton: ReactNode
  empty: ReactNode
  /**
   * The key by which a row is known while it is being deleted, and where it has moved from one page to another; left out
   * where no row can be deleted.
   */
  keyOf?: (item: T) => string
  /** Draws the rows; `readOn` reads the next page, where there is one and nothing is on its way. */
  draw: (items: T[], busy: boolean, readOn: (() => unknown) | undefined) => ReactNode
}) {
  const hidden = useHidden()
  const pages = query.data?.pages
  const items = useMemo(
    () =>
      keyOf
        ? rowsOf(pages ?? [], keyOf).filter((item) => !hidden.has(keyOf(item)))
        : (pages ?? []).flatMap((page) => page.items),
    [pages, hidden, keyOf],
  )
  if (query.isPending) {
    return (
      <>
        <Loading what={`${what}s`} />
        {skeleton}
      </>
    )
  }
  if (!query.data) return <FailedQuery query={query} />
  if (items.length === 0 && !query.hasNextPage) return empty
  const isReady = query.hasNextPage && !query.isFetching && !query.isFetchNextPageError
  return (
    <>
      {draw(items, query.isPlaceholderData, isReady ? query.fetchNextPage : undefined)}
      <p role="status" className="sr-only">
        {countOf(items.length, what)} shown
      </p>
      <LoadMore pages={query} />
    </>
  )
}
