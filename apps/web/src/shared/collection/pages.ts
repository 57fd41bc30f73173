import { limits } from "@strudel-agent/contract/limits"
import type { InfiniteData } from "@tanstack/react-query"

/** A page of a list that is read by keys: a cursor names the row that the next page begins behind. */
export interface Page<Row> {
  items: Row[]
  nextCursor: string | null
  /** Whether it was far from sight when pages were last read again, and is as it was. */
  stale?: boolean
}

/** The pages of a list, each with the cursor that it begins behind; null for the first. */
export type Pages<Row> = InfiniteData<Page<Row>, string | null>

/** What one call reads; `until` is the cursor of another page, where it ends at the latest. */
export interface Range {
  cursor: string | null
  until?: string
  limit?: number
}

interface Reading<Row> {
  /** The pages that are there; undefined for a list that is read for the first time. */
  former: Pages<Row> | undefined
  start: string | null
  /** Whether it is read for what came into sight alone: then nothing else has become older. */
  bySight: boolean
  isWanted: (page: Page<Row>, start: string | null) => boolean
  read: (range: Range) => Promise<Page<Row>>
}

/**
 * Reads a page of a list: one that is there again, just as far as it goes, so that the pages around it stay as they
 * are; one that nobody wants not at all. However long a list is, reading it again costs what is in sight.
 */
export async function readPage<Row>({ former, start, bySight, isWanted, read }: Reading<Row>): Promise<Page<Row>> {
  const page = former?.pages[former.pageParams.indexOf(start)]
  if (!page) return read({ cursor: start })
  if (page.stale ? !isWanted(page, start) : bySight) return page
  if (!isWanted(page, start)) return { ...page, stale: true }
  const until = page.nextCursor
  if (until === null) return read({ cursor: start, limit: limits.page.max })
  const items: Row[] = []
  let cursor = start
  do {
    const part = await read({ cursor, until, limit: limits.page.max })
    items.push(...part.items)
    cursor = part.nextCursor
  } while (cursor !== null && cursor !== until)
  return { items, nextCursor: until }
}

/** The rows of pages, each once: one that moved from a page that was not read again to one that was is in the latter. */
export function rowsOf<Row>(pages: Pick<Page<Row>, "items" | "stale">[], keyOf: (row: Row) => string): Row[] {
  const fresh = new Set(pages.flatMap(({ items, stale }) => (stale ? [] : items.map(keyOf))))
  const taken = new Set<string>()
  return pages.flatMap(({ items, stale }) =>
    items.filter((row) => {
      const key = keyOf(row)
      if (taken.has(key) || (stale && fresh.has(key))) return false
      taken.add(key)
      return true
    }),
  )
}
