import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { itemTables, type TextKind, type TextTable } from "../item-kinds.ts"
import { type ClipState, type SessionStatus, sessionItemTypes } from "../kinds.ts"
import { bpm, type ClipKey as ItemKey, isOfState } from "./clip/filter.ts"
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
} from "./search/asked.ts"
import { lexemesOf } from "./search/lexemes.ts"
import { allOf, columnsOf, namesOf } from "./sql/columns.ts"
import { readRows } from "./sql/written-rows.ts"

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

export type FoundItem = FoundRow & ItemKey
export type FoundById = FoundRow & { id: string }

/** How a table's rows are told apart: by the columns that each way to find them yields. */
interface KeyShape {
  key: Prisma.Sql
  /** The key as one text. */
  keyText: Prisma.Sql
  /** The key as rows tell it. */
  columns: Prisma.Sql
}

const item = namesOf("clips")
const projectAndId: KeyShape = {
  key: Prisma.sql`${item("project_id")}, ${item("id")}`,
  keyText: Prisma.sql`${item("project_id")} || '/' || ${item("id")}`,
  columns: Prisma.sql`${item("project_id")} AS "projectId", ${item("id")}`,
}
const id = namesOf("sessions")("id")
const idAlone: KeyShape = { key: id, keyText: Prisma.sql`${id}::text`, columns: id }

/**
 * The best rows of those that the ways to find yield, each once. That a name was mistyped is only supposed where none
 * fits.
 */
const search = ({ asked, window }: SearchQuery, table: SearchTable, { key, keyText, columns }: KeyShape) => Prisma.sql`
  WITH asked AS MATERIALIZED (${askedRow(asked)}),
  ranked AS MATERIALIZED (
    SELECT ${key}, max(at) AS at, round(max(rank)::numeric, 4)::float8 AS rank
    FROM (${waysToFind(asked, table, isLater(table, window.after))}) ways
    GROUP BY ${key}
  ), best AS MATERIALIZED (
    SELECT ranked.*, ${keyText} AS key, count(*) OVER ()::int AS found FROM ranked
    WHERE rank >= ${rankOf("code")} OR NOT EXISTS (SELECT FROM ranked WHERE rank >= ${rankOf("alike")})
  )
  SELECT ${columns}, rank, at, key, found FROM best WHERE ${isAfter(window.after)} ORDER BY ${foundOrder} LIMIT ${window.limit}`

const [clip, project, session] = [columnsOf("clips", "c"), columnsOf("projects", "p"), columnsOf("sessions", "s")]

const anyProject = (column: Prisma.Sql, { projectId, projectIds }: SearchFilter): Prisma.Sql[] => [
  ...(projectId ? [Prisma.sql`${column} = ${projectId}`] : []),
  ...(projectIds.length > 0 ? [Prisma.sql`${column} = ANY (${projectIds}::text[])`] : []),
]

const allTags = (column: Prisma.Sql, { tags }: SearchFilter): Prisma.Sql[] =>
  tags.length > 0 ? [Prisma.sql`${column} @> ${JSON.stringify({ tags })}::jsonb`] : []

const anySession = (filter: SearchFilter): Prisma.Sql[] => [
  ...anyProject(session("project_id"), filter),
  ...(filter.agents.length > 0 ? [Prisma.sql`${session("agent_name")} = ANY (${filter.agents}::text[])`] : []),
  ...(filter.statuses.length > 0 ? [Prisma.sql`${session("status")} = ANY (${filter.statuses}::text[])`] : []),
]

/** Finds clips by name, id, tag, words and code. */
export function searchClips(db: Db, query: SearchQuery): Promise<FoundItem[]> {
  const { bpmMin, bpmMax, states } = query.filter
  const text = Prisma.sql`${clip("name")} || ' ' || ${clip("code")}`
  const table = {
    from: Prisma.sql`clips c`,
    key: Prisma.sql`${clip("project_id")}, ${clip("id")}`,
    keyText: Prisma.sql`(${clip("project_id")} || '/' || ${clip("id")})`,
    name: Prisma.sql`search_fold(${clip("name")})`,
    hasId: Prisma.sql`${clip("id")} = asked.exact`,
    isOwnId: true,
    at: clip("updated_at"),
    lexemes: lexemesOf(text),
    text: Prisma.sql`(${text})`,
    code: Prisma.sql`search_fold(${clip("code")})`,
    metadata: clip("metadata"),
    filter: allOf([
      ...anyProject(clip("project_id"), query.filter),
      ...allTags(clip("metadata"), query.filter),
      ...(bpmMin === undefined ? [] : [Prisma.sql`${bpm} >= ${bpmMin}::double precision`]),
      ...(bpmMax === undefined ? [] : [Prisma.sql`${bpm} <= ${bpmMax}::double precision`]),
      ...(states.length > 0 ? [isOfState(states)] : []),
    ]),
  } satisfies SearchTable
  return readRows(db, search(query, table, projectAndId))
}

/** Finds songs and other items that are texts by name, id, tag and words. */
export function searchTexts(db: Db, kind: TextKind, query: SearchQuery): Promise<FoundItem[]> {
  const body = columnsOf<TextTable>(itemTables[kind], "b")
  const text = Prisma.sql`${body("name")} || ' ' || ${body("body")}`
  const table = {
    from: Prisma.raw(`${itemTables[kind]} b`),
    key: Prisma.sql`${body("project_id")}, ${body("id")}`,
    keyText: Prisma.sql`(${body("project_id")} || '/' || ${body("id")})`,
    name: Prisma.sql`search_fold(${body("name")})`,
    hasId: Prisma.sql`${body("id")} = asked.exact`,
    isOwnId: true,
    at: body("updated_at"),
    lexemes: lexemesOf(text),
    text: Prisma.sql`(${text})`,
    isProse: true,
    metadata: body("metadata"),
    filter: allOf([...anyProject(body("project_id"), query.filter), ...allTags(body("metadata"), query.filter)]),
  } satisfies SearchTable
  return readRows(db, search(query, table, projectAndId))
}

/** Finds projects by name and id. */
export function searchProjects(db: Db, query: SearchQuery): Promise<FoundById[]> {
  const table = {
    from: Prisma.sql`projects p`,
    key: project("id"),
    keyText: project("id"),
    name: Prisma.sql`search_fold(${project("name")})`,
    lexemes: lexemesOf(project("name")),
    text: project("name"),
    hasId: Prisma.sql`${project("id")} = asked.exact`,
    isOwnId: true,
    at: project("updated_at"),
    filter: allOf(anyProject(project("id"), query.filter)),
  } satisfies SearchTable
  return readRows(db, search(query, table, idAlone))
}

/** The ids of the sessions that messages are looked for in; undefined for all. */
export const sessionsOf = (filter: SearchFilter): Prisma.Sql | undefined => {
  const conditions = anySession(filter)
  return conditions.length > 0
    ? Prisma.sql`SELECT ${session("id")} FROM sessions s WHERE ${allOf(conditions)}`
    : undefined
}

/** Finds sessions by name, tag, and the item that they are about. */
export function searchSessions(db: Db, query: SearchQuery): Promise<FoundById[]> {
  const name = Prisma.sql`${session("metadata")} ->> 'name'`
  const table = {
    from: Prisma.sql`sessions s`,
    key: session("id"),
    keyText: Prisma.sql`${session("id")}::text`,
    name: Prisma.sql`search_fold(${name})`,
    lexemes: lexemesOf(name),
    text: Prisma.sql`(${name})`,
    hasId: Prisma.sql`${session("item_type")} = ANY (${sessionItemTypes}::text[]) AND ${session("item_id")} = asked.exact`,
    isOwnId: false,
    at: session("last_activity"),
    metadata: session("metadata"),
    filter: allOf([...anySession(query.filter), ...allTags(session("metadata"), query.filter)]),
  } satisfies SearchTable
  return readRows(db, search(query, table, idAlone))
}
