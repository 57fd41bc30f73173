import { z } from "zod"
import { limits } from "./limits.ts"
import { Cursor, PageLimit } from "./paging.ts"
import { searchKinds } from "./search/text.ts"
import { Slug, shortText, Timestamp, Uuid } from "./text.ts"

export const SearchKind = z.enum(searchKinds)

export const Search = z.object({
  /** What a search box says: words, "quoted phrases", and filters such as tag:acid. */
  q: shortText(limits.search),
  /** All kinds unless told, or those that the text's kind: names. */
  kinds: z.array(SearchKind).max(searchKinds.length).optional(),
  projectId: Slug.optional(),
  limit: PageLimit,
  /** Whether the limit is one for each kind, which leaves no further page. */
  perKind: z.boolean().default(false),
  cursor: Cursor.nullish(),
})
export type Search = z.infer<typeof Search>

/** The beginning of a filter's value, such as that of a tag; an empty one is the beginning of all. */
export const SearchValues = z.object({
  filter: z.enum(["tag", "in", "agent"]),
  begins: shortText(limits.search),
})
export type SearchValues = z.infer<typeof SearchValues>

/** Values that begin so, at most eight, and how many things have each. */
export const SearchValueList = z.object({
  items: z.array(z.object({ value: z.string(), count: z.number().int() })),
})

/** A piece of a text, and whether it is what was looked for. */
export const SearchPart = z.object({ text: z.string(), hit: z.boolean() })
export type SearchPart = z.infer<typeof SearchPart>

export const SearchHit = z.object({
  kind: SearchKind,
  /** What it is known by within its kind: a message by its session and index, `<session>/<index>`. */
  id: z.string(),
  projectId: z.string().nullable(),
  sessionId: Uuid.nullable(),
  messageIndex: z.number().int().nullable(),
  /** Its name; of a message, that of its session. */
  title: z.string(),
  /** Where it belongs, in a few words. */
  note: z.string(),
  /** A piece of its text around the first hit, else its beginning. */
  snippet: z.array(SearchPart),
  /** The line of the snippet in a clip's code, from 1; null unless the code was hit. */
  line: z.number().int().nullable(),
  /** The higher, the better; hits of one rank come in order of their last change. */
  rank: z.number(),
  /** When it was last changed or said. */
  at: Timestamp,
})
export type SearchHit = z.infer<typeof SearchHit>

/** How many of a kind were found, and whether there may be more than were looked at. */
export const SearchCount = z.object({ count: z.number().int(), more: z.boolean() })

export const SearchPage = z.object({
  items: z.array(SearchHit),
  /** Of the kinds that were searched; null on later pages. */
  counts: z.partialRecord(SearchKind, SearchCount).nullable(),
  nextCursor: Cursor.nullable(),
})
export type SearchPage = z.infer<typeof SearchPage>
