import { sql } from "kysely"
import type { Db } from "../../client.ts"
import { Prisma } from "../../generated/client.ts"
import { kyselyOf } from "../../kysely.ts"
import { type SearchFilter, type SearchQuery, sessionsOf } from "../search.ts"
import { columnsOf, containing } from "../sql/columns.ts"
import { readRows } from "../sql/written-rows.ts"
import {
  byPlace,
  comesAfter,
  compare,
  constant,
  type FoundRow,
  ranks,
  type SearchAsked,
  type SearchPlace,
} from "./asked.ts"
import { lexemesOf } from "./lexemes.ts"

export interface MessageKey {
  sessionId: string
  messageIndex: number
}

export type FoundMessage = FoundRow & MessageKey

/** How many of the newest messages are read one by one before an index is asked. */
const probe = 150

/** How many of the newest messages are searched by the index where one by one they yield too few. */
const span = 10_000

/** Messages with all words of a phrase that are compared with it by one statement, and how many statements there are. */
const compared = 10_000
const comparisons = 5

const message = columnsOf("messages", "m")
const session = Prisma.sql`${message("session_id")}`
const index = Prisma.sql`${message("message_index")}`
const at = Prisma.sql`${message("created_at")}`
const content = Prisma.sql`(${message("data")} ->> 'content')`

/** The expression of the index of words. */
const lexemes = lexemesOf(Prisma.sql`${message("data")} ->> 'content'`)

/**
 * The lexemes by which a message is ranked that the index found, those of its beginning: all of a long one take as long
 * as fifty of the usual ones. What has accents takes longer, and what is written without spaces has more of them.
 */
const rankedLexemes = Prisma.sql`search_lexemes(left(f.text,
  CASE WHEN octet_length(f.text) = length(f.text) THEN 4000 WHEN octet_length(f.text) < 1.5 * length(f.text) THEN 2000 ELSE 800 END))`

/** Messages, the newest, that are ranked. */
const ranked = 30

/** How many messages with the words are looked for at most, for a first page of so many. */
export const messageDepth = (limit: number): number => Math.max(50, limit)

/** Sessions up to which messages are looked for session by session. */
const few = 300

/** A message with the words; `closeness` is what ts_rank_cd says of the newest. */
type Candidate = MessageKey & { at: Date; closeness: number | null }

/** The words as the index is asked for them: not seen by the planner, which would rather compute common ones row by row. */
const queryIn = ({ lexemes }: SearchAsked) => Prisma.sql`(SELECT ${lexemes?.query}::tsquery)`

/** A moment not seen by the planner, which knows of no messages later than its last statistics, and would read them all. */
const unseen = (moment: Date) => Prisma.sql`(SELECT ${moment}::timestamptz)`

/** The key as `messageKey` writes it. */
const keyText = Prisma.sql`${session} || '/' || lpad(${index}::text, 10, '0')`
const columns = Prisma.sql`${session} AS "sessionId", ${index} AS "messageIndex", ${at} AS at`
const order = Prisma.sql`${at} DESC, ${session}, ${index}`

interface Part {
  /** The messages that are searched. */
  of: Prisma.Sql
  /** How many of them, the newest, are answered at most, and how many of these are ranked. */
  most: number
  ranked: number
  /** How many statements compare messages with a phrase. */
  comparisons?: number
}

/** The newest messages of some that have the words, by the index of words; of a phrase the newest 50,000 are compared. */
async function listByIndex(db: Db, asked: SearchAsked, part: Part): Promise<Candidate[]> {
  const { of, most, ranked, comparisons: left = comparisons } = part
  const having = Prisma.sql`FROM messages m WHERE ${of} AND ${lexemes} @@ ${queryIn(asked)} ORDER BY ${order}`
  const text = Prisma.sql`left(${content}, 4000) AS text`
  const listed =
    asked.phrases.length === 0
      ? Prisma.sql`SELECT ${columns}, ${text} ${having} LIMIT ${constant(most)}`
      : Prisma.sql`SELECT ${columns}, ${text} FROM (SELECT ${session}, ${index} ${having} LIMIT ${constant(compared)}) h
          JOIN messages m USING (session_id, message_index)
          WHERE search_fold(${content}) LIKE ALL (${asked.phrases.map(containing)}::text[]) ORDER BY ${order} LIMIT ${constant(most)}`
  const found = await readRows<Candidate>(
    db,
    Prisma.sql`SELECT f."sessionId", f."messageIndex", f.at,
      CASE WHEN row_number() OVER (ORDER BY f.at DESC, f."sessionId", f."messageIndex") <= ${constant(ranked)}
        THEN ts_rank_cd(${rankedLexemes}, ${queryIn(asked)}, 32)::float8 END AS closeness
      FROM (${listed}) f ORDER BY f.at DESC, f."sessionId", f."messageIndex"`,
  )
  if (asked.phrases.length === 0 || found.length >= most || left === 1) return found
  const [last] = await readRows<Candidate>(
    db,
    Prisma.sql`SELECT ${columns} ${having} OFFSET ${constant(compared - 1)} LIMIT 1`,
  )
  if (!last) return found
  const behind = isBehind({ at: last.at, key: messageKey(last) })
  const rest = { most: most - found.length, ranked: Math.max(ranked - found.length, 0), comparisons: left - 1 }
  return [...found, ...(await listByIndex(db, asked, { of: Prisma.sql`${behind} AND ${of}`, ...rest }))]
}

/**
 * The newest messages of some that have the words, by reading one after the other until there are enough. A text has
 * each of its lexemes as a piece, which is seen in a tenth of the time that it takes to compute all of its lexemes.
 */
function listByReading(db: Db, asked: SearchAsked, { of, most }: Omit<Part, "ranked">): Promise<Candidate[]> {
  const pieces = [...(asked.lexemes?.each ?? []), ...asked.phrases].map(containing)
  // In the order of the index of times alone, or PostgreSQL would compute all before it sorts them.
  return readRows(
    db,
    Prisma.sql`SELECT r."sessionId", r."messageIndex", r.at, ts_rank_cd(r.lexemes, ${queryIn(asked)}, 32)::float8 AS closeness
      FROM (SELECT ${columns}, ${lexemes} AS lexemes FROM messages m
        WHERE ${of} AND search_fold(${content}) LIKE ALL (${pieces}::text[]) ORDER BY ${at} DESC OFFSET 0) r
      WHERE r.lexemes @@ ${queryIn(asked)} ORDER BY r.at DESC FETCH FIRST ${constant(most)} ROWS WITH TIES`,
  )
}

/** The moment after which so many messages were written, of those up to another moment; undefined where there are no more. */
async function since(db: Db, count: number, until?: Date): Promise<Date | undefined> {
  const row = await kyselyOf(db)
    .selectFrom("messages as m")
    .select("m.created_at as at")
    .$if(until !== undefined, (query) => query.where("m.created_at", "<=", until ?? null))
    .orderBy("m.created_at", "desc")
    .offset(sql.lit(count))
    .limit(sql.lit(1))
    .executeTakeFirst()
  return row?.at
}

/** The ids of the sessions that pass filters, where these leave few of them; undefined where there are more. */
async function listFew(db: Db, sessions: Prisma.Sql): Promise<string[] | undefined> {
  const rows = await readRows<{ id: string }>(db, Prisma.sql`${sessions} LIMIT ${constant(few + 1)}`)
  return rows.length > few ? undefined : rows.map(({ id }) => id)
}

/** A place in the order of time; without a key after all of its moment. */
type Place = Pick<SearchPlace, "at" | "key">

/** The messages after a place. */
function isBehind({ at: moment, key }: Place): Prisma.Sql {
  if (key === undefined) return Prisma.sql`${at} < ${moment}`
  return Prisma.sql`${at} <= ${moment} AND (${at} < ${moment} OR (${keyText}) COLLATE "C" > ${key})`
}

const newestFirst = (one: Candidate, other: Candidate): number =>
  other.at.getTime() - one.at.getTime() || compare(messageKey(one), messageKey(other))

/** Lists messages with the words, the newest so many, or so many after a place. */
type Lister = (most: number, after?: Place) => Promise<Candidate[]>

/**
 * Of all messages. The newest are read one by one: a common word is found there, and PostgreSQL does not go through its
 * list in the index, which has as many places as messages have the word. Where these are too few, the newest 10,000 are
 * searched by the indexes of words and of time together, then all.
 */
const ofAll =
  (db: Db, asked: SearchAsked, of: Prisma.Sql): Lister =>
  async (most, after) => {
    const behind = after ? isBehind(after) : Prisma.sql`TRUE`
    const [near, far] = await Promise.all([probe, span].map((count) => since(db, count, after?.at)))
    const newest = near && { of: Prisma.sql`${behind} AND ${at} >= ${near} AND ${of}`, most }
    const found = newest ? (await listByReading(db, asked, newest)).sort(newestFirst) : []
    if (found.length >= most) return found.slice(0, most)
    let left = near ? Prisma.sql`${at} < ${unseen(near)}` : behind
    const next = async (part: Prisma.Sql) => {
      const rest = { most: most - found.length, ranked: Math.max(ranked - found.length, 0) }
      found.push(...(await listByIndex(db, asked, { of: Prisma.sql`${part} AND ${of}`, ...rest })))
    }
    if (far) {
      await next(Prisma.sql`${left} AND ${at} >= ${unseen(far)}`)
      if (found.length >= most) return found
      left = Prisma.sql`${at} < ${far}`
    }
    // As a computed value, or the index of times would tell of nearly all messages.
    await next(Prisma.sql`(${left}) IS TRUE`)
    return found
  }

/** How messages with the words are listed: where the filters leave few sessions, of these. */
async function listerOf(db: Db, asked: SearchAsked, filter: SearchFilter): Promise<Lister> {
  const sessions = sessionsOf(filter)
  if (!sessions) return ofAll(db, asked, Prisma.sql`TRUE`)
  const some = await listFew(db, sessions)
  if (!some) return ofAll(db, asked, Prisma.sql`${session} IN (${sessions})`)
  return async (most, after) => {
    if (some.length === 0) return []
    const of = Prisma.sql`${session} = ANY (${some}::uuid[]) AND ${after ? isBehind(after) : Prisma.sql`TRUE`}`
    return listByIndex(db, asked, { of, most, ranked })
  }
}

/** A message's key as rows that are found tell it. */
export const messageKey = ({ sessionId, messageIndex }: MessageKey) =>
  `${sessionId}/${String(messageIndex).padStart(10, "0")}`

/** The rank of a message that is as close, to four digits, as other kinds have it; more than that of one without closeness. */
const rankOf = (closeness: number): number =>
  Math.max(Math.round((ranks.words + closeness) * 10_000), ranks.words * 10_000 + 1) / 10_000

/** The messages that are not ranked, after a place among rows without a rank of their own. */
async function listUnranked(list: Lister, { at, key }: SearchPlace, limit: number): Promise<Candidate[]> {
  const last = (await list(ranked)).at(ranked - 1)
  if (!last) return []
  const lastKey = messageKey(last)
  const isLater = at < last.at || (at.getTime() === last.at.getTime() && (key ?? lastKey) >= lastKey)
  return list(limit, isLater ? { at, key } : { at: last.at, key: lastKey })
}

/**
 * Finds messages by their words: of the newest that have them all, 30 are ranked by ts_rank_cd, and the others follow in
 * the order of time. `found` is at most `messageDepth`.
 */
export async function searchMessages(db: Db, { asked, filter, window }: SearchQuery): Promise<FoundMessage[]> {
  const { after, limit } = window
  if (asked.lexemes === null || (after && after.rank < ranks.words)) return []
  const list = await listerOf(db, asked, filter)
  const placed = ({ closeness, ...row }: Candidate, rank: number) => ({ ...row, key: messageKey(row), rank, found: 0 })
  if (after?.rank === ranks.words)
    return (await listUnranked(list, after, limit)).map((row) => placed(row, ranks.words))
  const found = await list(after ? ranked + limit : messageDepth(limit))
  return found
    .map((row, place) => ({
      ...placed(row, place < ranked ? rankOf(row.closeness ?? 0) : ranks.words),
      found: found.length,
    }))
    .filter((row) => !after || comesAfter(row, after))
    .sort(byPlace)
    .slice(0, limit)
}
