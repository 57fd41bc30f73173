import { Prisma } from "../generated/client.ts"
import type { SearchAsked } from "./search-asked.ts"

/** A piece of a text around the first thing that was looked for, else its beginning. */
export interface Excerpt {
  excerpt: string
  /** Where in the excerpt it is, from 0; -1 where it is not. */
  hitAt: number
  /** The line of it in the whole text, from 1; null where it is not. */
  line: number | null
}

/** Characters that are kept before and from a hit. */
const before = 160
const from = 320

/** Characters of a text that are looked through: as many as its index knows. */
const depth = 100_000

const escaped = (text: string): string => text.replace(/[^\p{L}\p{N}\s]/gu, "\\$&").replace(/\s+/g, String.raw`\s+`)

/** Any of the words where a word begins. */
const wordPattern = (words: string[]): string =>
  words.map((word) => (/^[\p{L}\p{N}]/u.test(word) ? String.raw`\m` : "") + escaped(word)).join("|")

/** Columns of an excerpt of `text`; `literal` is looked for first, as it is. */
export function excerptOf(text: Prisma.Sql, { words, phrases }: SearchAsked, literal = phrases[0]): Prisma.Sql {
  const places = [
    ...(literal ? [Prisma.sql`nullif(strpos(lower(t.text), lower(${literal})), 0)`] : []),
    ...(words.length > 0 ? [Prisma.sql`nullif(regexp_instr(t.text, ${wordPattern(words)}, 1, 1, 0, 'i'), 0)`] : []),
    Prisma.sql`0`,
  ]
  return Prisma.sql`(
    SELECT json_build_object(
      'excerpt', substr(t.text, greatest(h.place - ${before}, 1), ${before + from}::int),
      'hitAt', CASE WHEN h.place = 0 THEN -1 ELSE least(h.place - 1, ${before}) END,
      'line', CASE WHEN h.place > 0 THEN 1 + length(left(t.text, h.place)) - length(replace(left(t.text, h.place), E'\n', '')) END)
    FROM (SELECT left(${text}, ${depth}) AS text OFFSET 0) t, LATERAL (SELECT coalesce(${Prisma.join(places)}) AS place OFFSET 0) h
  )`
}
