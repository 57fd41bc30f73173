import { type Expression, expressionBuilder, type SqlBool, sql } from "kysely"
import type { Db } from "../../client.ts"
import type { Prisma } from "../../generated/client.ts"
import type { Tables } from "../../generated/tables.ts"
import { type ItemKind, itemKinds, itemTables } from "../../item-kinds.ts"
import { kyselyOf } from "../../kysely.ts"
import { countClips } from "../project.ts"
import { containing, count, oneOf } from "./columns.ts"

/** A value that a search can be filtered by, and how many things have it. */
export interface FilterValueRow {
  value: string
  count: number
}

/** Rows of a kind that values are taken from: the last changed. */
const depth = 5000

const begins = (text: string): string => containing(text).slice(1)

const tagsOf = (kind: ItemKind) =>
  expressionBuilder<Tables>()
    .selectFrom(oneOf(itemTables[kind]).as("t"))
    .select(({ ref }) => tagsIn(ref("t.metadata")).as("tags"))
    .orderBy("t.updated_at", "desc")
    .orderBy("t.project_id", "desc")
    .orderBy("t.id", "desc")
    .limit(sql.lit(depth))

const tagsIn = (metadata: Expression<Prisma.JsonValue>) => sql<Prisma.JsonValue>`${metadata} -> 'tags'`

const recentSessions = expressionBuilder<Tables>()
  .selectFrom("sessions as s")
  .select(({ ref }) => ["s.agent_name", tagsIn(ref("s.metadata")).as("tags")])
  .orderBy("s.last_activity", "desc")
  .orderBy("s.id", "desc")
  .limit(sql.lit(depth))

/** Lists the tags that begin so, folded as `search_fold` does it, the most frequent first. */
export const listTagsLike = (db: Db, text: string, limit: number): Promise<FilterValueRow[]> =>
  kyselyOf(db)
    .with(
      (cte) => cte("lists").materialized(),
      (qb) => {
        const sessions = qb.selectFrom(recentSessions.as("r")).select("r.tags")
        const all = sql.join([...itemKinds.map(tagsOf), sessions], sql` UNION ALL `)
        return qb
          .selectFrom(sql<{ tags: Prisma.JsonValue }>`(${all})`.as("l"))
          .select(["l.tags", sql<number>`count(*)`.as("count")])
          .where(({ ref }) => sql<SqlBool>`jsonb_typeof(${ref("l.tags")}) = 'array'`)
          .groupBy("l.tags")
      },
    )
    .selectFrom([
      "lists as l",
      sql<{ tag: Prisma.JsonValue }>`jsonb_array_elements(${sql.ref("l.tags")})`.as<"t">(sql`t(tag)`),
    ])
    .select(({ ref }) => [tagText(ref("t.tag")).as("value"), sql<number>`sum(${ref("l.count")})::int`.as("count")])
    .where(({ ref }) => sql<SqlBool>`jsonb_typeof(${ref("t.tag")}) = 'string'`)
    .where(({ ref }) => sql<SqlBool>`length(${tagText(ref("t.tag"))}) BETWEEN 1 AND 200`)
    .where(({ ref }) => isLike(tagText(ref("t.tag")), text))
    .groupBy(sql`1`)
    .orderBy(sql`2`, "desc")
    .orderBy(sql`1`)
    .limit(limit)
    .execute()

const tagText = (tag: Expression<Prisma.JsonValue>) => sql<string>`${tag} #>> '{}'`

/** Whether a text begins so, both folded. */
const isLike = (value: Expression<string>, text: string) => sql<SqlBool>`search_fold(${value}) LIKE ${begins(text)}`

/** Lists the ids of projects whose id or name begins so, the last changed first, and how many clips they have. */
export async function listProjectsLike(db: Db, text: string, limit: number): Promise<FilterValueRow[]> {
  const projects = await kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom("projects as p")
        .select(["p.id", "p.name", "p.updated_at"])
        .orderBy("p.updated_at", "desc")
        .orderBy("p.id", "desc")
        .limit(sql.lit(depth))
        .as("p"),
    )
    .select("p.id")
    .where(({ or, ref }) => or([sql<SqlBool>`lower(${ref("p.id")}) LIKE ${begins(text)}`, isLike(ref("p.name"), text)]))
    .orderBy("p.updated_at", "desc")
    .orderBy("p.id", "desc")
    .limit(limit)
    .execute()
  const counts = await countClips(db, projects)
  return projects.map(({ id }) => ({ value: id, count: counts.get(id) ?? 0 }))
}

/** Lists the agents whose name begins so, the most frequent first. */
export const listAgentsLike = (db: Db, text: string, limit: number): Promise<FilterValueRow[]> =>
  kyselyOf(db)
    .selectFrom(recentSessions.as("r"))
    .select(["r.agent_name as value", count])
    .where(({ ref }) => isLike(ref("r.agent_name"), text))
    .groupBy("r.agent_name")
    .orderBy("count", "desc")
    .orderBy("r.agent_name")
    .limit(limit)
    .execute()
