import { sql } from "kysely"
import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { kyselyOf } from "../kysely.ts"
import { columnsOf, containing, rawOf } from "./columns.ts"
import { inputRows } from "./input-rows.ts"
import { type SearchFilter, type SearchQuery, sessionsOf } from "./search.ts"
import {
  byPlace,
  comesAfter,
  constant,
  type FoundRow,
  rankOf,
  ranks,
  type SearchAsked,
  searchDepth,
} from "./search-asked.ts"
import { lexemesOf } from "./search-lexemes.ts"
import { readRows } from "./written-rows.ts"

export interface MessageKey {
  sessionId: string
  messageIndex: number
}

export type FoundMessage = FoundRow & MessageKey

/** How many of the newest messages are searched first, and how many where those yield too few. */
const spans = [2000, 20_000] as const

/** Messages with all words that are compared with phrases, in each span of time. */
const compared = 8000

const message = columnsOf("messages", "m")
const session = Prisma.sql`${message("session_id")}`
const index = Prisma.sql`${message("message_index")}`
const at = Prisma.sql`${message("created_at")}`
const content = Prisma.sql`(${message("data")} ->> 'content')`

/** The expression of the index of words. */
const lexemes = lexemesOf(Prisma.sql`${message("data")} ->> 'content'`)

/**
 * The lexemes by which a message is ranked, those of its beginning: all of a long one take as long as fifty of the usual
 * ones. What has accents takes longer, and what is written without spaces has more of them.
 */
const rankedLexemes = Prisma.sql`search_lexemes(left(b.text,
  CASE WHEN octet_length(b.text) = length(b.text) THEN 4000 WHEN octet_length(b.text) < 1.5 * length(b.text) THEN 2000 ELSE 800 END))`

/** Messages, the newest, that are ranked. */
const ranked = 50

/** Sessions up to which messages are looked for session by session. */
const few = 300

type Candidate = MessageKey & { at: Date }

/** The words as the index is asked for them: not seen by the planner, which would rather compute common ones row by row. */
const queryIn = ({ lexemes }: SearchAsked) => Prisma.sql`(SELECT ${lexemes}::tsquery)`

const order = Prisma.sql`${at} DESC, ${session}, ${index}`

/** The newest 500 messages of some that have the words. */
async function listNewest(db: Db, asked: SearchAsked, some: Prisma.Sql): Promise<Candidate[]> {
  const columns = Prisma.sql`${session} AS "sessionId", ${index} AS "messageIndex", ${at} AS at`
  const having = Prisma.sql`FROM messages m WHERE ${some} AND ${lexemes} @@ ${queryIn(asked)} ORDER BY ${order}`
  if (asked.phrases.length === 0) {
    return readRows(db, Prisma.sql`SELECT ${columns} ${having} LIMIT ${constant(searchDepth)}`)
  }
  return readRows(
    db,
    Prisma.sql`SELECT ${columns} FROM (SELECT ${session}, ${index} ${having} LIMIT ${constant(compared)}) f
      JOIN messages m USING (session_id, message_index)
      WHERE search_fold(${content}) LIKE ALL (${asked.phrases.map(containing)}::text[]) ORDER BY ${order} LIMIT ${constant(searchDepth)}`,
  )
}

/** The moment after which so many messages were written; undefined where there are no more than these. */
async function since(db: Db, count: number): Promise<Date | undefined> {
  const row = await kyselyOf(db)
    .selectFrom("messages as m")
    .select("m.created_at as at")
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

/**
 * The newest 500 messages that have the words. The newest 2,000 of all are searched first, then the newest 20,000: where
 * they yield enough, PostgreSQL does not look at the older ones, so that of a common word it reads two thousand rows
 * however many have it. Where the filters leave few sessions, those are searched instead.
 */
async function listCandidates(db: Db, asked: SearchAsked, filter: SearchFilter): Promise<Candidate[]> {
  const sessions = sessionsOf(filter)
  const some = sessions && (await listFew(db, sessions))
  if (some) return some.length > 0 ? listNewest(db, asked, Prisma.sql`${session} = ANY (${some}::uuid[])`) : []
  const ofSessions = sessions ? Prisma.sql`${session} IN (${sessions})` : Prisma.sql`TRUE`
  const found: Candidate[] = []
  let until: Date | undefined
  for (const span of spans) {
    const from = await since(db, span)
    const before = until ? Prisma.sql`${at} < ${until} AND` : Prisma.empty
    const behind = from ? Prisma.sql`${at} >= ${from} AND` : Prisma.empty
    found.push(...(await listNewest(db, asked, Prisma.sql`${before} ${behind} ${ofSessions}`)))
    if (found.length >= searchDepth || !from) return found.slice(0, searchDepth)
    until = from
  }
  // As a computed value, or the index of times would tell of nearly all messages.
  found.push(...(await listNewest(db, asked, Prisma.sql`(${at} < ${until}) IS TRUE AND ${ofSessions}`)))
  return found.slice(0, searchDepth)
}

/** How close the words are in messages, by their keys; what is alike to four digits counts as equal. */
async function rankMessages(db: Db, asked: SearchAsked, found: Candidate[]): Promise<Map<string, number>> {
  const rows = found.map(({ sessionId, messageIndex }) => ({ session_id: sessionId, message_index: messageIndex }))
  const ranked = await kyselyOf(db)
    .selectFrom((eb) =>
      eb
        .selectFrom(inputRows("k", { session_id: "uuid", message_index: "int" }, rows))
        .innerJoin("messages as m", (join) =>
          join.onRef("m.session_id", "=", "k.session_id").onRef("m.message_index", "=", "k.message_index"),
        )
        .select(["m.session_id as sessionId", "m.message_index as messageIndex"])
        .select(({ ref }) => sql<string>`left(${ref("m.data")} ->> 'content', 4000)`.as("text"))
        .offset(sql.lit(0))
        .as("b"),
    )
    .select(["b.sessionId", "b.messageIndex"])
    .select(
      rawOf<number>(
        Prisma.sql`round((${rankOf("words")} + ts_rank_cd(${rankedLexemes}, ${queryIn(asked)}, 32))::numeric, 4)::float8`,
      ).as("rank"),
    )
    .execute()
  return new Map(ranked.map(({ rank, ...key }) => [messageKey(key), rank]))
}

/** A message's key as rows that are found tell it. */
export const messageKey = ({ sessionId, messageIndex }: MessageKey) =>
  `${sessionId}/${String(messageIndex).padStart(10, "0")}`

/**
 * Finds messages by their words, the newest 500 that have them all; the newest 50 of these are ranked by ts_rank_cd, the
 * others follow in the order of time.
 */
export async function searchMessages(db: Db, { asked, filter, window }: SearchQuery): Promise<FoundMessage[]> {
  if (asked.lexemes === null) return []
  const found = await listCandidates(db, asked, filter)
  if (found.length === 0) return []
  const ranking = await rankMessages(db, asked, found.slice(0, ranked))
  return found
    .map((row) => {
      const key = messageKey(row)
      return { ...row, key, rank: ranking.get(key) ?? ranks.words, found: found.length }
    })
    .filter((row) => !window.after || comesAfter(row, window.after))
    .sort(byPlace)
    .slice(0, window.limit)
}
