import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { containing } from "./columns.ts"
import { constant } from "./search-asked.ts"

/** A value that a search can be filtered by, and how many things have it. */
export interface FilterValueRow {
  value: string
  count: number
}

/** Rows of a kind that values are taken from: the last changed. */
const depth = 5000

const begins = (text: string): string => containing(text).slice(1)

const tagsOf = (table: "clips" | "songs" | "playlists") => Prisma.sql`
  (SELECT t.metadata -> 'tags' AS tags FROM ${Prisma.raw(table)} t
    ORDER BY t.updated_at DESC, t.project_id DESC, t.id DESC LIMIT ${constant(depth)})`

const recentSessions = Prisma.sql`
  SELECT s.agent_name, s.metadata -> 'tags' AS tags FROM sessions s
  ORDER BY s.last_activity DESC, s.id DESC LIMIT ${constant(depth)}`

/** Lists the tags that begin so, folded as `search_fold` does it, the most frequent first. */
export const listTagsLike = (db: Db, text: string, limit: number): Promise<FilterValueRow[]> =>
  db.$queryRaw<FilterValueRow[]>`
    WITH lists AS MATERIALIZED (
      SELECT l.tags, count(*) AS count FROM (
        ${tagsOf("clips")} UNION ALL ${tagsOf("songs")} UNION ALL ${tagsOf("playlists")} UNION ALL (SELECT r.tags FROM (${recentSessions}) r)
      ) l WHERE jsonb_typeof(l.tags) = 'array' GROUP BY 1
    )
    SELECT t.tag #>> '{}' AS value, sum(l.count)::int AS count
    FROM lists l, jsonb_array_elements(l.tags) AS t(tag)
    WHERE jsonb_typeof(t.tag) = 'string' AND length(t.tag #>> '{}') BETWEEN 1 AND 200 AND search_fold(t.tag #>> '{}') LIKE ${begins(text)}
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}`

/** Lists the ids of projects whose id or name begins so, the last changed first, and how many clips they have. */
export const listProjectsLike = (db: Db, text: string, limit: number): Promise<FilterValueRow[]> =>
  db.$queryRaw<FilterValueRow[]>`
    SELECT p.id AS value, (SELECT count(*)::int FROM clips c WHERE c.project_id = p.id) AS count FROM (
      SELECT p.id, p.updated_at FROM (
        SELECT p.id, p.name, p.updated_at FROM projects p ORDER BY p.updated_at DESC, p.id DESC LIMIT ${constant(depth)}
      ) p WHERE lower(p.id) LIKE ${begins(text)} OR search_fold(p.name) LIKE ${begins(text)}
      ORDER BY p.updated_at DESC, p.id DESC LIMIT ${limit}
    ) p ORDER BY p.updated_at DESC, p.id DESC`

/** Lists the agents whose name begins so, the most frequent first. */
export const listAgentsLike = (db: Db, text: string, limit: number): Promise<FilterValueRow[]> =>
  db.$queryRaw<FilterValueRow[]>`
    SELECT r.agent_name AS value, count(*)::int AS count FROM (${recentSessions}) r
    WHERE search_fold(r.agent_name) LIKE ${begins(text)} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}`
