import type { Inputs, Outputs } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"
import type { InfiniteData } from "@tanstack/react-query"
import type { ListedSession } from "../edits/session-edits.ts"

/** Where a page of the list begins: behind a cursor, null for the first. */
export type PageStart = string | null

export const firstStart: PageStart = null

export type SessionPage = Outputs["session"]["list"] & {
  /** Whether it was far from sight when pages were last read again, and is as it was. */
  stale?: boolean
}

export type SessionPages = InfiniteData<SessionPage, PageStart>

interface Reading {
  /** The pages that are there; undefined for a list that is read for the first time. */
  former: SessionPages | undefined
  start: PageStart
  isNear: (start: PageStart) => boolean
  read: (range: Pick<Inputs["session"]["list"], "cursor" | "until" | "limit">) => Promise<SessionPage>
}

/**
 * Reads a page of a list: one that is there again, just as far as it goes, so that the pages around it stay as they
 * are; one that is far from sight not at all. However long a list is, reading it again costs what is in sight.
 */
export async function readPage({ former, start, isNear, read }: Reading): Promise<SessionPage> {
  const page = former?.pages[former.pageParams.indexOf(start)]
  if (!page) return read({ cursor: start })
  if (!isNear(start)) return page.stale ? page : { ...page, stale: true }
  const until = page.nextCursor
  if (until === null) return read({ cursor: start })
  const items: ListedSession[] = []
  let cursor = start
  do {
    const part = await read({ cursor, until, limit: limits.page.max })
    items.push(...part.items)
    cursor = part.nextCursor
  } while (cursor !== null)
  return { items, nextCursor: until }
}

/** Rows that are drawn together. */
export interface SessionChunk {
  id: string
  /** The page that they are of. */
  start: PageStart
  sessions: ListedSession[]
}

/** Rows of one chunk. */
const chunkSize = 100

/**
 * The rows of pages in chunks. A session that has moved from a page that was not read again to one that was is in the
 * latter only.
 */
export function chunksOf(
  { pages, pageParams }: SessionPages,
  keep: (session: ListedSession) => boolean,
): SessionChunk[] {
  const fresh = new Set(pages.flatMap(({ items, stale }) => (stale ? [] : items.map(({ id }) => id))))
  const taken = new Set<string>()
  return pages.flatMap(({ items, stale }, place) => {
    const start = pageParams[place] ?? null
    const rows = items.filter((session) => {
      if (taken.has(session.id) || (stale && fresh.has(session.id)) || !keep(session)) return false
      taken.add(session.id)
      return true
    })
    return Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_, part) => ({
      id: `${start ?? ""} ${part}`,
      start,
      sessions: rows.slice(part * chunkSize, (part + 1) * chunkSize),
    }))
  })
}
