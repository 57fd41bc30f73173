import { type NotNull, type SqlBool, sql } from "kysely"
import { jsonArrayFrom } from "kysely/helpers/postgres"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import type { SessionItemType } from "../../kinds.ts"
import { kyselyOf } from "../../kysely.ts"
import { type SessionCondition, sessionConditions } from "../session.ts"
import { allOf, count, rawOf } from "../sql/columns.ts"

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
  sql<SqlBool>`(${sql.join(
    (["projectId", "agentName", "item", "tag"] as const)
      .filter((key) => key !== but)
      .map((key) => sql.ref(`r.of_${key}`)),
    sql` AND `,
  )})`

/**
 * Lists what the 2,000 last active sessions that fit are about and how often, at most 200 of each kind, the most frequent
 * first. Of what one value is chosen, all its values are counted. Tags that are no text are passed over.
 */
export async function listSessionFacets(db: Db, filter: SessionCondition = {}): Promise<SessionFacetRows> {
  const { projectId, agentName, itemType, itemId, tag, ...shared } = filter
  const conditions = async (own: SessionCondition) => rawOf<SqlBool>(allOf(await sessionConditions(db, own)))
  const fits = async (own: SessionCondition) => sql<boolean>`((${await conditions(own)}) IS TRUE)`
  const [ofProject, ofAgent, ofItem, ofTag, common] = [
    await fits({ projectId }),
    await fits({ agentName }),
    await fits({ itemType, itemId }),
    await fits({ tag }),
    await conditions(shared),
  ]
  return kyselyOf(db)
    .with(
      (cte) => cte("recent").materialized(),
      (qb) =>
        qb
          .selectFrom("sessions as s")
          .select(({ ref }) => [
            "s.project_id",
            "s.agent_name",
            "s.item_type",
            "s.item_id",
            sql<Prisma.JsonValue>`${ref("s.metadata")} -> 'tags'`.as("tags"),
            ofProject.as("of_projectId"),
            ofAgent.as("of_agentName"),
            ofItem.as("of_item"),
            ofTag.as("of_tag"),
          ])
          .where(common)
          .orderBy("s.last_activity", "desc")
          .orderBy("s.id", "desc")
          .limit(depth),
    )
    .selectNoFrom((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom("recent as r")
          .select(["r.project_id as projectId", count])
          .where("r.project_id", "is not", null)
          .$narrowType<{ projectId: NotNull }>()
          .where(passing("projectId"))
          .groupBy("r.project_id")
          .orderBy("count", "desc")
          .orderBy("r.project_id")
          .limit(most),
      ).as("projects"),
      jsonArrayFrom(
        eb
          .selectFrom("recent as r")
          .select(["r.agent_name as agentName", count])
          .where(passing("agentName"))
          .groupBy("r.agent_name")
          .orderBy("count", "desc")
          .orderBy("r.agent_name")
          .limit(most),
      ).as("agents"),
      jsonArrayFrom(
        eb
          .selectFrom("recent as r")
          .select(["r.item_type as itemType", "r.item_id as itemId", "r.project_id as projectId", count])
          .where("r.item_type", "is not", null)
          .where("r.item_id", "is not", null)
          .$narrowType<{ itemType: NotNull; itemId: NotNull }>()
          .where(passing("item"))
          .groupBy(["r.item_type", "r.item_id", "r.project_id"])
          .orderBy("count", "desc")
          .orderBy("r.item_id")
          .orderBy("r.project_id")
          .limit(most),
      ).as("items"),
      jsonArrayFrom(
        eb
          .selectFrom(["recent as r", tagsOfRow.as<"t">(sql`t(tag)`)])
          .select(({ ref }) => [sql<string>`${ref("t.tag")} #>> '{}'`.as("tag"), count])
          .where(({ ref }) => sql<SqlBool>`jsonb_typeof(${ref("t.tag")}) = 'string'`)
          .where(passing("tag"))
          .groupBy(sql`1`)
          .orderBy("count", "desc")
          .orderBy(sql`1`)
          .limit(most),
      ).as("tags"),
    ])
    .executeTakeFirstOrThrow()
}

/** The tags of a row of `recent`, none where they are no list. */
const tagsOfRow = sql<{ tag: Prisma.JsonValue }>`
  jsonb_array_elements(CASE WHEN jsonb_typeof(r.tags) = 'array' THEN r.tags ELSE '[]'::jsonb END)`
