import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { type SearchQuery, type SessionNaming, sessionNaming, sessionsOf } from "./search.ts"
import { askedRow, constant, type FoundRow, foundOrder, isAfter, rankOf, searchDepth } from "./search-asked.ts"
import { type Excerpt, excerptOf } from "./search-excerpt.ts"
import { lexemesOf } from "./search-lexemes.ts"

export type FoundMessage = FoundRow &
  SessionNaming & { sessionId: string; messageIndex: number; role: string; excerpt: Excerpt }

/** How many of the newest messages are searched first, and how many where those yield too few. */
const spans = [2000, 20_000] as const

/** Messages with all words that are compared with phrases, in each span of time. */
const compared = 8000

const content = Prisma.sql`(m.data ->> 'content')`
/** The expression of the index of words. */
const lexemes = lexemesOf(Prisma.sql`m.data ->> 'content'`)

/**
 * The lexemes by which a message is ranked, those of its beginning: all of a long one take as long as fifty of the usual
 * ones. What has accents takes longer, and what is written without spaces has more of them.
 */
const rankedLexemes = Prisma.sql`search_lexemes(left(b.text,
  CASE WHEN octet_length(b.text) = length(b.text) THEN 4000 WHEN octet_length(b.text) < 1.5 * length(b.text) THEN 2000 ELSE 800 END))`

/** Messages, the newest, that are ranked by how close their words are; the others follow in the order of time. */
const ranked = 50

const key = Prisma.sql`m.session_id, m.message_index`

/** The moment after which so many messages were written. */
const since = (count: number): Prisma.Sql => Prisma.sql`
  coalesce((SELECT created_at FROM messages ORDER BY created_at DESC OFFSET ${constant(count)} LIMIT 1), '-infinity')`

/** Sessions up to which messages are looked for session by session. */
const few = 300

/**
 * Finds messages by their words, the newest 500 that have them all; the newest 50 of these are ranked by ts_rank_cd. The
 * newest 2,000 messages are searched first, then the newest 20,000: where they yield enough, PostgreSQL does not look at
 * the older ones, so that of a common word it reads two thousand rows however many have it. Where the filters leave few
 * sessions, those are searched instead.
 */
export async function searchMessages(db: Db, { asked, filter, window }: SearchQuery): Promise<FoundMessage[]> {
  if (asked.words.length === 0 && asked.phrases.length === 0) return []
  const sessions = sessionsOf(filter)
  const some = (where: Prisma.Sql, limit: number) => Prisma.sql`
    SELECT ${key}, m.created_at FROM asked, messages m
    WHERE ${where} AND ${lexemes} @@ asked.query ORDER BY m.created_at DESC, ${key} LIMIT ${constant(limit)}`
  const all = (where: Prisma.Sql) =>
    asked.phrases.length === 0
      ? some(where, searchDepth)
      : Prisma.sql`SELECT f.* FROM asked, (${some(where, compared)}) f JOIN messages m USING (session_id, message_index)
          WHERE search_fold(${content}) LIKE ALL (asked.phrases) LIMIT ${constant(searchDepth)}`
  const provided = (condition: Prisma.Sql, where: Prisma.Sql) =>
    Prisma.sql`SELECT * FROM (${all(where)}) m WHERE ${condition}`
  const fewSessions = sessions
    ? Prisma.sql`(SELECT cardinality(sessions) <= ${constant(few)} FROM asked)`
    : Prisma.sql`FALSE`
  const ofSessions = sessions ? Prisma.sql`m.session_id IN (${sessions})` : Prisma.sql`TRUE`
  return db.$queryRaw<FoundMessage[]>`
    WITH asked AS MATERIALIZED (
      SELECT a.*, ${since(spans[0])} AS since, ${since(spans[1])} AS long_since,
        ${sessions ? Prisma.sql`ARRAY(${sessions} LIMIT ${constant(few + 1)})` : Prisma.sql`NULL::uuid[]`} AS sessions
      FROM (${askedRow(asked)}) a
    ), of_few AS MATERIALIZED (
      ${provided(fewSessions, Prisma.sql`m.session_id = ANY (asked.sessions)`)}
    ), recent AS MATERIALIZED (
      ${provided(Prisma.sql`NOT ${fewSessions}`, Prisma.sql`m.created_at >= asked.since AND ${ofSessions}`)}
    ), earlier AS MATERIALIZED (
      ${provided(
        Prisma.sql`NOT ${fewSessions} AND (SELECT count(*) FROM recent) < ${constant(searchDepth)}`,
        Prisma.sql`m.created_at < asked.since AND m.created_at >= asked.long_since AND ${ofSessions}`,
      )}
    ), older AS MATERIALIZED (
      ${provided(
        Prisma.sql`NOT ${fewSessions} AND (SELECT count(*) FROM recent) + (SELECT count(*) FROM earlier) < ${constant(searchDepth)}`,
        // As a computed value, or the index of times would tell of nearly all messages.
        Prisma.sql`(m.created_at < asked.long_since) IS TRUE AND ${ofSessions}`,
      )}
    ), candidates AS MATERIALIZED (
      SELECT m.*, row_number() OVER () AS place FROM (SELECT * FROM (TABLE of_few UNION ALL TABLE recent UNION ALL TABLE earlier UNION ALL TABLE older) m
      ORDER BY m.created_at DESC, ${key} LIMIT ${constant(searchDepth)}) m
    ), best AS MATERIALIZED (
      SELECT ${key}, m.created_at AS at, m.session_id || '/' || lpad(m.message_index::text, 10, '0') AS key, count(*) OVER ()::int AS found,
        round((${rankOf("words")} + CASE WHEN m.place <= ${constant(ranked)} THEN (
          SELECT ts_rank_cd(${rankedLexemes}, (SELECT query FROM asked), 32)
          FROM (SELECT left(t.data ->> 'content', 4000) AS text FROM messages t
            WHERE t.session_id = m.session_id AND t.message_index = m.message_index OFFSET 0) b
        ) ELSE 0 END)::numeric, 4)::float8 AS rank
      FROM candidates m
    ), page AS MATERIALIZED (
      SELECT * FROM best WHERE ${isAfter(window.after)} ORDER BY ${foundOrder} LIMIT ${window.limit}
    )
    SELECT shown.*, page.rank, page.at, page.key, page.found FROM page, LATERAL (
      SELECT m.session_id AS "sessionId", m.message_index AS "messageIndex", m.data ->> 'role' AS role, ${sessionNaming},
        ${excerptOf(content, asked)} AS excerpt
      FROM messages m JOIN sessions s ON s.id = m.session_id
      WHERE m.session_id = page.session_id AND m.message_index = page.message_index LIMIT 1
    ) shown
    ORDER BY ${foundOrder}`
}
