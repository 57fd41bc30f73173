import type { Outputs } from "@strudel-agent/client/client"
import { limits } from "@strudel-agent/contract/limits"
import { clipKey } from "#shared/clip/clip-list.ts"

export type ClipPage = Outputs["clip"]["cards"]

interface Range {
  cursor: string | null
  until?: string
  limit: number
}

type Read = (range: Range) => Promise<ClipPage>

/** The pages of a list as they were read last, each with the cursor that it begins behind. */
export interface KnownPages {
  pages: ClipPage[]
  pageParams: (string | null)[]
}

/** Pages that may be others than they were read as. */
const outdated = new WeakSet<ClipPage>()

/** Clips that this page has changed: what shows them is read again, wherever it is. */
const changedHere = new Set<string>()

/** Takes note that the lists that show these clips are to be read again at once. */
export function markChanged(keys: string[]): void {
  for (const key of keys) changedHere.add(key)
}

export function outdate(pages: ClipPage[]): void {
  for (const page of pages) outdated.add(page)
}

/** Whether a page is to be read again of which a clip is seen. */
export const isOutdated = (page: ClipPage, isSeen: (key: string) => boolean): boolean =>
  outdated.has(page) && page.items.some((clip) => isSeen(clipKey(clip)))

/** All that lies between where a page begins and where it ended: as the list was cut once, it stays cut. */
async function readAgain({ nextCursor: until }: ClipPage, cursor: string | null, read: Read): Promise<ClipPage> {
  const limit = limits.page.max
  if (until === null) return read({ cursor, limit })
  const items: ClipPage["items"] = []
  for (let next: string | null = cursor; next !== until; ) {
    const part: ClipPage = await read({ cursor: next, until, limit })
    items.push(...part.items)
    next = part.nextCursor
  }
  return { items, nextCursor: until }
}

/**
 * Reads a page of a list. One that is known is read again where it is outdated and seen, or the first, where most of
 * what is new comes in; else it stays as it is until it is seen. So a list costs a few calls however long it has become.
 */
export async function readPage(
  { cursor, known, isSeen }: { cursor: string | null; known: KnownPages | undefined; isSeen: (key: string) => boolean },
  limit: number,
  read: Read,
): Promise<ClipPage> {
  const place = known?.pageParams.indexOf(cursor) ?? -1
  const former = known?.pages[place]
  if (!former) return read({ cursor, limit })
  const isWanted = (key: string) => isSeen(key) || changedHere.has(key)
  if (!outdated.has(former) || (place > 0 && !isOutdated(former, isWanted))) return former
  const page = await readAgain(former, cursor, read)
  // The cache keeps the former one where both say the same.
  outdated.delete(former)
  for (const clip of former.items) changedHere.delete(clipKey(clip))
  return page
}

/** The clips of pages, each once: what moved into a page that was read again may still stand in one that was not. */
export function clipsOf(pages: ClipPage[]): ClipPage["items"] {
  const keysOf = (some: ClipPage[]) => some.flatMap(({ items }) => items.map(clipKey))
  const fresh = new Set(keysOf(pages.filter((page) => !outdated.has(page))))
  const seen = new Set<string>()
  return pages.flatMap((page) =>
    page.items.filter((clip) => {
      const key = clipKey(clip)
      if (seen.has(key) || (outdated.has(page) && fresh.has(key))) return false
      seen.add(key)
      return true
    }),
  )
}
