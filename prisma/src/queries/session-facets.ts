import type { Db } from "../client.ts"
import { Prisma, type SessionItemType } from "../generated/client.ts"
import { allOf } from "./columns.ts"
import { type SessionCondition, sessionConditions } from "./session.ts"

export interface SessionFacetRows {
  projects: { projectId: string; count: number }[]
  agents: { agentName: string; count: number }[]
  items: { itemType: SessionItemType; itemId: string; projectId: string | null; count: number }[]
  tags: { tag: string; count: number }[]
}

/** The last active sessions that choices are taken from. */
const depth = 2000
/** Choices of each kind, the most frequent first. */
const most = 200

type Chosen = "projectId" | "agentName" | "item" | "tag"

/** Whether a row of `recent` passes the filters of which one value is chosen, but for one: its other values are choices. */
const passing = (but: Chosen) =>
  allOf(
    (["projectId", "agentName", "item", "tag"] as const)
      .filter((key) => key !== but)
      .map((key) => Prisma.raw(`r."of_${key}"`)),
  )

/**
 * Lists what the 2,000 last active sessions that fit are about and how often, at most 200 of each kind, the most frequent
 * first. Of what one value is chosen, all its values are counted. Tags that are no text are passed over.
 */
export async function listSessionFacets(db: Db, filter: SessionCondition = {}): Promise<SessionFacetRows> {
  const { projectId, agentName, itemType, itemId, tag, ...shared } = filter
  const fits = async (own: SessionCondition) => Prisma.sql`(${allOf(await sessionConditions(db, own))}) IS TRUE`
  const [facets] = await db.$queryRaw<SessionFacetRows[]>`
    WITH recent AS MATERIALIZED (
      SELECT s.project_id, s.agent_name, s.item_type, s.item_id, s.metadata -> 'tags' AS tags,
        ${await fits({ projectId })} AS "of_projectId", ${await fits({ agentName })} AS "of_agentName",
        ${await fits({ itemType, itemId })} AS of_item, ${await fits({ tag })} AS of_tag
      FROM sessions s WHERE ${allOf(await sessionConditions(db, shared))} ORDER BY s.last_activity DESC, s.id DESC LIMIT ${depth}
    )
    SELECT
      (SELECT coalesce(json_agg(f), '[]'::json) FROM (
        SELECT r.project_id AS "projectId", count(*)::int AS count FROM recent r
        WHERE r.project_id IS NOT NULL AND ${passing("projectId")} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}
      ) f) AS projects,
      (SELECT coalesce(json_agg(f), '[]'::json) FROM (
        SELECT r.agent_name AS "agentName", count(*)::int AS count FROM recent r
        WHERE ${passing("agentName")} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}
      ) f) AS agents,
      (SELECT coalesce(json_agg(f), '[]'::json) FROM (
        SELECT r.item_type AS "itemType", r.item_id AS "itemId", r.project_id AS "projectId", count(*)::int AS count
        FROM recent r WHERE r.item_type IS NOT NULL AND r.item_id IS NOT NULL AND ${passing("item")}
        GROUP BY 1, 2, 3 ORDER BY 4 DESC, 2, 3 LIMIT ${most}
      ) f) AS items,
      (SELECT coalesce(json_agg(f), '[]'::json) FROM (
        SELECT t.tag #>> '{}' AS tag, count(*)::int AS count FROM recent r,
          jsonb_array_elements(CASE WHEN jsonb_typeof(r.tags) = 'array' THEN r.tags ELSE '[]'::jsonb END) AS t(tag)
        WHERE jsonb_typeof(t.tag) = 'string' AND ${passing("tag")} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}
      ) f) AS tags`
  return facets ?? { projects: [], agents: [], items: [], tags: [] }
}
