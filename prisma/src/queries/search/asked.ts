import type { Db } from "../../client.ts"
import { Prisma } from "../../generated/client.ts"
import { likenessSetting, mistyped } from "../../likeness.ts"
import { containing } from "../sql/columns.ts"
import { readOne } from "../sql/written-rows.ts"
import { hasLetter, hasShortLexemes, lexemesIn } from "./lexemes.ts"

/** What is looked for, besides the filters of each kind; all but `exact` folded as `search_fold` does it. */
export interface SearchAsked {
  /** The text that names are compared with; undefined finds whatever passes the filters. */
  name?: string
  /** The same as it was typed, for ids and tags. */
  exact?: string
  /** A piece of code. */
  code?: string
  /** Words that all have to be there; the last may be the beginning of one. */
  words: string[]
  /** Pieces of text that have to be there as they are. */
  phrases: string[]
  /** The lexemes of both, by `findLexemes`; null where they have none. */
  lexemes: Lexemes | null
}

/** The lexemes of a search, and all of them as an index is asked for them. */
export interface Lexemes {
  each: string[]
  query: string
}

export interface SearchPlace {
  rank: number
  at: Date
  /** The key of the last row, where rows of the same rank and moment go on after it; undefined where they are through. */
  key?: string
}

/** The last row of the page before, as seen from a kind, and how many rows come. */
export interface SearchWindow {
  after?: SearchPlace
  limit: number
}

/** What every row that is found tells. */
export interface FoundRow {
  /** Unique within its kind; rows of one rank and moment come in its order. */
  key: string
  rank: number
  at: Date
  /** How many rows of the kind were found, those of other pages too. */
  found: number
}

/** Rows that each way of finding them yields at most, the newest first: they are what is ranked. */
export const searchDepth = 500

/**
 * A number as it stands in the statement. A limit that is a parameter is one that PostgreSQL does not know once it plans
 * a statement for good, and it then walks through whole tables in order for what it could look up.
 */
export const constant = (value: number): Prisma.Sql => Prisma.raw(String(value))

/** From this likeness on, of 1, a name counts as meant; from `mistyped` on as mistyped. */
const alike = 0.6

/** A column that says from when on names are alike, to the end of the transaction; other machines are told by `distribute`. */
export const likeness = Prisma.sql`set_config(${Prisma.raw(`'${likenessSetting}'`)}, ${Prisma.raw(`'${mistyped}'`)}, true)`

/** As `alike` for several words: one of them alone, as it stands, makes up more than half of many texts. */
const alikeTogether = 0.8

/** The ranks of the ways: a better way comes before any likeness of a worse one. */
export const ranks = { exact: 6, beginning: 5, alike: 4, tag: 3, words: 2, code: 1, mistyped: 0 } as const

/** The rank of a way as SQL: a constant, which takes no parameter. */
export const rankOf = (way: keyof typeof ranks): Prisma.Sql => Prisma.raw(`${ranks[way]}::float8`)

/** Whether a text has letters enough for an index of trigrams to narrow the search. */
export const isLong = (text: string): boolean => [...text].length >= 3 && hasLetter.test(text)

/** Characters up to which a text is also looked for with two neighbouring letters changed round. */
const longestSwapped = 16

/** A text with each two neighbouring letters changed round: the likeliest mistake, and one that few trigrams survive. */
export function swapped(text: string): string[] {
  const letters = [...text]
  if (letters.length > longestSwapped) return []
  return letters.slice(1).flatMap((letter, before) => {
    const other = letters[before] ?? ""
    if (letter === other || !hasLetter.test(letter) || !hasLetter.test(other)) return []
    return letters
      .with(before, letter)
      .with(before + 1, other)
      .join("")
  })
}

/** A pattern for LIKE that finds the text as it is, at the beginning. */
const beginning = (text: string): string => containing(text).slice(1)
const whole = (text: string): string => beginning(text).slice(0, -1)

/**
 * One row of what is looked for. It is made before anything is read, so that PostgreSQL plans without a look at the
 * words: of common ones it would rather read the whole table, computing every text's lexemes, than use an index.
 */
export function askedRow({ name = "", exact = name, code = "", phrases, lexemes }: SearchAsked): Prisma.Sql {
  return Prisma.sql`
    SELECT ${name}::text AS name, ${exact}::text AS exact, ${whole(name)}::text AS whole, ${beginning(name)}::text AS beginning,
      ${containing(name)}::text AS containing, ${swapped(name).map(containing)}::text[] AS swapped,
      ${JSON.stringify({ tags: [exact] })}::jsonb AS tag, ${JSON.stringify({ tags: [exact.toLowerCase()] })}::jsonb AS lower_tag,
      ${lexemes?.query ?? null}::tsquery AS query,
      ${containing(code)}::text AS code, ${phrases.map(containing)}::text[] AS phrases,
      ${likeness}`
}

/** The lexemes of a search's words and phrases; null where they have none. */
export async function findLexemes(
  db: Db,
  { words, phrases }: Pick<SearchAsked, "words" | "phrases">,
): Promise<Lexemes | null> {
  const all = [...phrases.flatMap((phrase) => phrase.split(/\s+/)), ...words]
  if (all.length === 0) return null
  const row = await readOne<{ each: string[] | null; query: string | null }>(
    db,
    Prisma.sql`SELECT array_agg(lexeme) AS each, string_agg(asked, ' & ') AS query FROM (${lexemesIn(all)}) lexemes`,
  )
  return row?.each && row.query !== null ? { each: row.each, query: row.query } : null
}

/** A table as it is searched: what its columns are called depends on the kind. */
export interface SearchTable {
  /** The table and its alias, such as `clips c`. */
  from: Prisma.Sql
  /** The primary key's columns. */
  key: Prisma.Sql
  /** The key as one text. */
  keyText: Prisma.Sql
  /** The folded name: the expression that an index of trigrams is on. */
  name: Prisma.Sql
  /** What finds a row by an id alone: its own, or that of what it is about, which counts as a tag. */
  hasId: Prisma.Sql
  isOwnId: boolean
  at: Prisma.Sql
  /** The expression of the index of words, and the text that it is made of. */
  lexemes: Prisma.Sql
  text: Prisma.Sql
  /** Whether rows with the words are ranked by how close these are: code says nothing by that, and is slow to read. */
  isProse?: boolean
  metadata?: Prisma.Sql
  /** Folded, as its index of trigrams has it. */
  code?: Prisma.Sql
  /** Joined by AND. */
  filter: Prisma.Sql
}

const half = Prisma.sql`0.5::float8`

/**
 * Every way in which rows are found, as SELECTs of the key's columns, the moment and the rank, each of at most 500 rows. Ranks after
 * the decimal point: word_similarity of the name, ts_rank_cd of the words (its 32 makes it less than 1). Where nothing but
 * filters is asked, all rows are of one rank, and the 500 are those that satisfy `after`.
 */
export function waysToFind(asked: SearchAsked, table: SearchTable, after?: Prisma.Sql): Prisma.Sql {
  const { from, key, name, at, filter } = table
  const sortedKey = asked.name === undefined ? Prisma.sql`${table.keyText} COLLATE "C"` : key
  const way = (rank: Prisma.Sql, condition: Prisma.Sql, more = Prisma.empty) => Prisma.sql`
    (SELECT ${key}, ${at} AS at, ${rank} AS rank FROM asked, ${more} ${from} WHERE ${condition} AND ${filter}
    ORDER BY ${at} DESC, ${sortedKey} LIMIT ${constant(searchDepth)})`
  const similarity = Prisma.sql`word_similarity(asked.name, ${name})::float8`
  if (asked.name === undefined) return way(half, after ?? Prisma.sql`TRUE`)
  const long = isLong(asked.name)
  const ways = [
    ...(hasLetter.test(asked.name)
      ? [
          way(rankOf("exact"), Prisma.sql`${name} LIKE asked.whole`),
          way(rankOf(table.isOwnId ? "exact" : "tag"), table.hasId),
          way(rankOf("beginning"), Prisma.sql`${name} LIKE asked.beginning`),
        ]
      : []),
    ...(long || hasShortLexemes(asked.name)
      ? [
          way(
            Prisma.sql`${rankOf("alike")} + 0.9 * ${similarity}`,
            long
              ? Prisma.sql`${name} LIKE asked.containing`
              : Prisma.sql`${table.lexemes} @@ asked.query AND ${name} LIKE asked.containing`,
          ),
        ]
      : []),
    ...(long && asked.phrases.length === 0
      ? [
          way(
            Prisma.sql`CASE WHEN ${similarity} ${Prisma.raw(`>= ${asked.name.includes(" ") ? alikeTogether : alike}`)} THEN ${rankOf("alike")} ELSE ${rankOf("mistyped")} END + 0.9 * ${similarity}`,
            Prisma.sql`asked.name <% ${name}`,
          ),
          way(
            Prisma.sql`${rankOf("mistyped")} + 0.9`,
            Prisma.sql`${name} LIKE other`,
            Prisma.sql`unnest(asked.swapped) AS other,`,
          ),
        ]
      : []),
    ...(table.metadata
      ? [
          way(
            Prisma.sql`${rankOf("tag")}`,
            Prisma.sql`(${table.metadata} @> asked.tag OR ${table.metadata} @> asked.lower_tag)`,
          ),
        ]
      : []),
    way(
      table.isProse
        ? Prisma.sql`${rankOf("words")} + ts_rank_cd(${table.lexemes}, asked.query, 32)::float8`
        : rankOf("words"),
      asked.phrases.length > 0
        ? Prisma.sql`${table.lexemes} @@ asked.query AND search_fold(${table.text}) LIKE ALL (asked.phrases)`
        : Prisma.sql`${table.lexemes} @@ asked.query`,
    ),
    ...(table.code && asked.code !== undefined && isLong(asked.code)
      ? [way(Prisma.sql`${rankOf("code")}`, Prisma.sql`${table.code} LIKE asked.code`)]
      : []),
  ]
  return Prisma.join(ways, " UNION ALL ")
}

/** The order of rows that `columns` names: the best, then the newest, then by key. */
export const foundOrder = Prisma.sql`rank DESC, at DESC, key COLLATE "C"`

/** Whether a row of a table comes after a place among rows of one rank. */
export function isLater({ at, keyText }: SearchTable, after: SearchPlace | undefined): Prisma.Sql {
  if (!after) return Prisma.sql`TRUE`
  if (after.key === undefined) return Prisma.sql`${at} < ${after.at}`
  return Prisma.sql`${at} <= ${after.at} AND (${at} < ${after.at} OR ${keyText} COLLATE "C" > ${after.key})`
}

/** Whether a row of `rank`, `at` and `key` comes after a place. */
export function isAfter(after: SearchPlace | undefined): Prisma.Sql {
  if (!after) return Prisma.sql`TRUE`
  const { rank, at, key } = after
  const tie =
    key === undefined
      ? Prisma.sql`FALSE`
      : Prisma.sql`(rank = ${rank}::float8 AND at = ${at} AND key COLLATE "C" > ${key})`
  return Prisma.sql`((rank, at) < (${rank}::float8, ${at}) OR ${tie})`
}

type Placed = Omit<FoundRow, "found">

/** The order of texts by their characters, as that of "C" is. */
export const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** The order of rows in JavaScript, as `foundOrder` has it. */
export const byPlace = (one: Placed, other: Placed): number =>
  other.rank - one.rank || other.at.getTime() - one.at.getTime() || compare(one.key, other.key)

/** Whether a row comes after a place, as `isAfter` has it. */
export function comesAfter(row: Placed, { rank, at, key }: SearchPlace): boolean {
  const distance = row.rank - rank || row.at.getTime() - at.getTime()
  return distance < 0 || (distance === 0 && key !== undefined && row.key > key)
}
