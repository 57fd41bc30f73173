import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { type ClipState, type SessionStatus, sessionItemTypes } from "../kinds.ts"
import { bpm, isOfState } from "./clip-filter.ts"
import { allOf } from "./columns.ts"
import {
  askedRow,
  type FoundRow,
  foundOrder,
  isAfter,
  isLater,
  rankOf,
  type SearchAsked,
  type SearchTable,
  type SearchWindow,
  waysToFind,
} from "./search-asked.ts"
import { type Excerpt, excerptOf } from "./search-excerpt.ts"
import { lexemesOf } from "./search-lexemes.ts"
import type { SessionRow } from "./session.ts"

export interface SearchFilter {
  projectId?: string
  /** Any of these. */
  projectIds: string[]
  /** All of these. */
  tags: string[]
  bpmMin?: number
  bpmMax?: number
  /** Any of these. */
  agents: string[]
  statuses: SessionStatus[]
  states: ClipState[]
}

export interface SearchQuery {
  asked: SearchAsked
  filter: SearchFilter
  window: SearchWindow
}

export type FoundItem = FoundRow & { projectId: string; id: string; name: string; excerpt: Excerpt }
export type FoundProject = FoundRow & { id: string; name: string; excerpt: Excerpt }
/** What a session is called by. */
export type SessionNaming = Pick<
  SessionRow,
  "projectId" | "itemType" | "itemId" | "agentName" | "createdAt" | "metadata"
>
export type FoundSession = FoundRow & SessionNaming & { id: string; messageCount: number }

/** How a table's rows are told apart. */
interface KeyShape {
  key: Prisma.Sql
  /** The key as one text. */
  keyText: Prisma.Sql
  ofPage: Prisma.Sql
}

const projectAndId: KeyShape = {
  key: Prisma.sql`project_id, id`,
  keyText: Prisma.sql`project_id || '/' || id`,
  ofPage: Prisma.sql`page.project_id, page.id`,
}
const idAlone: KeyShape = { key: Prisma.sql`id`, keyText: Prisma.sql`id::text`, ofPage: Prisma.sql`page.id` }

/**
 * The best rows of those that the ways to find yield, each once, with what `columns` tells of them. That a name was
 * mistyped is only supposed where none fits.
 */
const search = (
  { asked, window }: SearchQuery,
  table: SearchTable,
  { key, keyText, ofPage }: KeyShape,
  columns: Prisma.Sql,
) => Prisma.sql`
  WITH asked AS MATERIALIZED (${askedRow(asked)}),
  ranked AS MATERIALIZED (
    SELECT ${key}, max(at) AS at, round(max(rank)::numeric, 4)::float8 AS rank
    FROM (${waysToFind(asked, table, isLater(table, window.after))}) ways
    GROUP BY ${key}
  ), best AS MATERIALIZED (
    SELECT ranked.*, ${keyText} AS key, count(*) OVER ()::int AS found FROM ranked
    WHERE rank >= ${rankOf("code")} OR NOT EXISTS (SELECT FROM ranked WHERE rank >= ${rankOf("alike")})
  ), page AS MATERIALIZED (
    SELECT * FROM best WHERE ${isAfter(window.after)} ORDER BY ${foundOrder} LIMIT ${window.limit}
  )
  SELECT shown.*, page.rank, page.at, page.key, page.found FROM page, LATERAL (
    SELECT ${columns} FROM ${table.from} WHERE (${table.key}) = (${ofPage}) LIMIT 1
  ) shown
  ORDER BY ${foundOrder}`

const anyProject = (column: Prisma.Sql, { projectId, projectIds }: SearchFilter): Prisma.Sql[] => [
  ...(projectId ? [Prisma.sql`${column} = ${projectId}`] : []),
  ...(projectIds.length > 0 ? [Prisma.sql`${column} = ANY (${projectIds}::text[])`] : []),
]

const allTags = (column: Prisma.Sql, { tags }: SearchFilter): Prisma.Sql[] =>
  tags.length > 0 ? [Prisma.sql`${column} @> ${JSON.stringify({ tags })}::jsonb`] : []

const anySession = (filter: SearchFilter): Prisma.Sql[] => [
  ...anyProject(Prisma.sql`s.project_id`, filter),
  ...(filter.agents.length > 0 ? [Prisma.sql`s.agent_name = ANY (${filter.agents}::text[])`] : []),
  ...(filter.statuses.length > 0 ? [Prisma.sql`s.status = ANY (${filter.statuses}::text[])`] : []),
]

/** Finds clips by name, id, tag, words and code; of code the excerpt tells the line. */
export function searchClips(db: Db, query: SearchQuery): Promise<FoundItem[]> {
  const { bpmMin, bpmMax, states } = query.filter
  const table = {
    from: Prisma.sql`clips c`,
    key: Prisma.sql`c.project_id, c.id`,
    keyText: Prisma.sql`(c.project_id || '/' || c.id)`,
    name: Prisma.sql`search_fold(c.name)`,
    hasId: Prisma.sql`c.id = asked.exact`,
    isOwnId: true,
    at: Prisma.sql`c.updated_at`,
    lexemes: lexemesOf(Prisma.sql`c.name || ' ' || c.code`),
    text: Prisma.sql`(c.name || ' ' || c.code)`,
    code: Prisma.sql`search_fold(c.code)`,
    metadata: Prisma.sql`c.metadata`,
    filter: allOf([
      ...anyProject(Prisma.sql`c.project_id`, query.filter),
      ...allTags(Prisma.sql`c.metadata`, query.filter),
      ...(bpmMin === undefined ? [] : [Prisma.sql`${bpm} >= ${bpmMin}::double precision`]),
      ...(bpmMax === undefined ? [] : [Prisma.sql`${bpm} <= ${bpmMax}::double precision`]),
      ...(states.length > 0 ? [isOfState(states)] : []),
    ]),
  } satisfies SearchTable
  const excerpt = excerptOf(Prisma.sql`c.code`, query.asked, query.asked.code)
  const more = Prisma.sql`c.project_id AS "projectId", c.id, c.name, ${excerpt} AS excerpt`
  return db.$queryRaw(search(query, table, projectAndId, more))
}

/** Finds songs by name, id, tag and words. */
export const searchSongs = (db: Db, query: SearchQuery): Promise<FoundItem[]> =>
  searchBodies(db, query, Prisma.sql`songs`)

/** Finds playlists by name, id, tag and words. */
export const searchPlaylists = (db: Db, query: SearchQuery): Promise<FoundItem[]> =>
  searchBodies(db, query, Prisma.sql`playlists`)

function searchBodies(db: Db, query: SearchQuery, name: Prisma.Sql): Promise<FoundItem[]> {
  const table = {
    from: Prisma.sql`${name} b`,
    key: Prisma.sql`b.project_id, b.id`,
    keyText: Prisma.sql`(b.project_id || '/' || b.id)`,
    name: Prisma.sql`search_fold(b.name)`,
    hasId: Prisma.sql`b.id = asked.exact`,
    isOwnId: true,
    at: Prisma.sql`b.updated_at`,
    lexemes: lexemesOf(Prisma.sql`b.name || ' ' || b.body`),
    text: Prisma.sql`(b.name || ' ' || b.body)`,
    isProse: true,
    metadata: Prisma.sql`b.metadata`,
    filter: allOf([
      ...anyProject(Prisma.sql`b.project_id`, query.filter),
      ...allTags(Prisma.sql`b.metadata`, query.filter),
    ]),
  } satisfies SearchTable
  const more = Prisma.sql`b.project_id AS "projectId", b.id, b.name, ${excerptOf(Prisma.sql`b.body`, query.asked)} AS excerpt`
  return db.$queryRaw(search(query, table, projectAndId, more))
}

/** Finds projects by name and id. */
export function searchProjects(db: Db, query: SearchQuery): Promise<FoundProject[]> {
  const table = {
    from: Prisma.sql`projects p`,
    key: Prisma.sql`p.id`,
    keyText: Prisma.sql`p.id`,
    name: Prisma.sql`search_fold(p.name)`,
    lexemes: lexemesOf(Prisma.sql`p.name`),
    text: Prisma.sql`p.name`,
    hasId: Prisma.sql`p.id = asked.exact`,
    isOwnId: true,
    at: Prisma.sql`p.updated_at`,
    filter: allOf(anyProject(Prisma.sql`p.id`, query.filter)),
  } satisfies SearchTable
  const more = Prisma.sql`p.id, p.name, ${excerptOf(Prisma.sql`p.description`, query.asked)} AS excerpt`
  return db.$queryRaw(search(query, table, idAlone, more))
}

/** What `SessionNaming` has, of sessions called s. */
export const sessionNaming = Prisma.sql`s.project_id AS "projectId", s.item_type AS "itemType", s.item_id AS "itemId",
  s.agent_name AS "agentName", s.created_at AS "createdAt", s.metadata`

/** The ids of the sessions that messages are looked for in; undefined for all. */
export const sessionsOf = (filter: SearchFilter): Prisma.Sql | undefined => {
  const conditions = anySession(filter)
  return conditions.length > 0 ? Prisma.sql`SELECT s.id FROM sessions s WHERE ${allOf(conditions)}` : undefined
}

/** Finds sessions by name, tag, and the item that they are about. */
export function searchSessions(db: Db, query: SearchQuery): Promise<FoundSession[]> {
  const table = {
    from: Prisma.sql`sessions s`,
    key: Prisma.sql`s.id`,
    keyText: Prisma.sql`s.id::text`,
    name: Prisma.sql`search_fold(s.metadata ->> 'name')`,
    lexemes: lexemesOf(Prisma.sql`s.metadata ->> 'name'`),
    text: Prisma.sql`(s.metadata ->> 'name')`,
    hasId: Prisma.sql`s.item_type = ANY (${sessionItemTypes}::text[]) AND s.item_id = asked.exact`,
    isOwnId: false,
    at: Prisma.sql`s.last_activity`,
    metadata: Prisma.sql`s.metadata`,
    filter: allOf([...anySession(query.filter), ...allTags(Prisma.sql`s.metadata`, query.filter)]),
  } satisfies SearchTable
  const more = Prisma.sql`s.id, s.message_count AS "messageCount", ${sessionNaming}`
  return db.$queryRaw(search(query, table, idAlone, more))
}
