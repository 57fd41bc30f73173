import type { Db } from "../client.ts"
import type { SessionItemType } from "../generated/client.ts"

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

/**
 * Lists what the 2,000 last active sessions are about and how often, at most 200 of each kind, the most frequent first.
 * Tags that are no text are passed over.
 */
export async function listSessionFacets(db: Db): Promise<SessionFacetRows> {
  const [facets] = await db.$queryRaw<SessionFacetRows[]>`
    WITH recent AS MATERIALIZED (
      SELECT s.project_id, s.agent_name, s.item_type, s.item_id, s.metadata -> 'tags' AS tags
      FROM sessions s ORDER BY s.last_activity DESC, s.id DESC LIMIT ${depth}
    )
    SELECT
      (SELECT coalesce(json_agg(f), '[]'::json) FROM (
        SELECT r.project_id AS "projectId", count(*)::int AS count FROM recent r
        WHERE r.project_id IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}
      ) f) AS projects,
      (SELECT coalesce(json_agg(f), '[]'::json) FROM (
        SELECT r.agent_name AS "agentName", count(*)::int AS count FROM recent r
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}
      ) f) AS agents,
      (SELECT coalesce(json_agg(f), '[]'::json) FROM (
        SELECT r.item_type AS "itemType", r.item_id AS "itemId", r.project_id AS "projectId", count(*)::int AS count
        FROM recent r WHERE r.item_type IS NOT NULL AND r.item_id IS NOT NULL
        GROUP BY 1, 2, 3 ORDER BY 4 DESC, 2, 3 LIMIT ${most}
      ) f) AS items,
      (SELECT coalesce(json_agg(f), '[]'::json) FROM (
        SELECT t.tag #>> '{}' AS tag, count(*)::int AS count FROM recent r,
          jsonb_array_elements(CASE WHEN jsonb_typeof(r.tags) = 'array' THEN r.tags ELSE '[]'::jsonb END) AS t(tag)
        WHERE jsonb_typeof(t.tag) = 'string' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}
      ) f) AS tags`
  return facets ?? { projects: [], agents: [], items: [], tags: [] }
}
