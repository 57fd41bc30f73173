import { Prisma } from "../../generated/client.ts"
import type { SearchAsked } from "./asked.ts"
import { beginsWord } from "./lexemes.ts"

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
export const excerptDepth = 100_000

const escaped = (text: string): string => text.replace(/[^\p{L}\p{N}\s]/gu, "\\$&").replace(/\s+/g, String.raw`\s+`)

/** Any of the words where a word begins. */
const wordPattern = (words: string[]): string =>
  words.map((word) => (beginsWord(word) ? String.raw`\m` : "") + escaped(word)).join("|")

/**
 * An excerpt of `text`, of which no more than `excerptDepth` characters are given; `literal` is looked for first, as it is. A text is folded only where what was asked
 * does not stand there as it is.
 */
export function excerptOf(text: Prisma.Sql, { words, phrases }: SearchAsked, literal = phrases[0]): Prisma.Sql {
  const finds = [
    ...(literal ? [(where: Prisma.Sql) => Prisma.sql`strpos(${where}, ${literal})`] : []),
    ...(words.length > 0 ? [(where: Prisma.Sql) => Prisma.sql`regexp_instr(${where}, ${wordPattern(words)})`] : []),
  ]
  const places = finds.flatMap((find) => [
    Prisma.sql`nullif(${find(Prisma.sql`t.lower`)}, 0)`,
    Prisma.sql`(SELECT search_place(t.text, f.place) FROM (SELECT ${find(Prisma.sql`search_fold(t.text)`)} AS place OFFSET 0) f WHERE t.folds AND f.place > 0)`,
  ])
  return Prisma.sql`(
    SELECT json_build_object(
      'excerpt', substr(t.text, greatest(h.place - ${before}, 1), ${before + from}::int),
      'hitAt', CASE WHEN h.place = 0 THEN -1 ELSE least(h.place - 1, ${before}) END,
      'line', CASE WHEN h.place > 0 THEN 1 + length(left(t.text, h.place)) - length(replace(left(t.text, h.place), E'\n', '')) END)
    FROM (SELECT ${text} AS text OFFSET 0) s,
      LATERAL (SELECT s.text, lower(s.text) AS lower, octet_length(s.text) <> length(s.text) AS folds OFFSET 0) t,
      LATERAL (SELECT coalesce(${Prisma.join([...places, Prisma.sql`0`])}) AS place OFFSET 0) h
  )`
}
