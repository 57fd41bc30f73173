import { type Expression, sql } from "kysely"
import type { Db } from "../../client.ts"
import { kyselyOf } from "../../kysely.ts"

export interface RunCostFilter {
  by: "day" | "session" | "project" | "model"
  /** Runs that were begun at this moment or later, and before that one. */
  from?: Date | undefined
  to?: Date | undefined
  projectId?: string | undefined
  sessionId?: string | undefined
}

/** Rows that one reading lists at most. */
const mostListed = 400

const sumOf = (column: Expression<number>) => sql<number>`coalesce(sum(${column}), 0)::double precision`

/** What runs cost together: those of a day (in UTC), the latest first, or otherwise the most expensive first. */
export function listRunCosts(db: Db, { by, from, to, projectId, sessionId }: RunCostFilter) {
  const runs = kyselyOf(db)
    .selectFrom("runs as r")
    .innerJoin("sessions as s", "s.id", "r.session_id")
    .$if(from !== undefined, (qb) => qb.where("r.created_at", ">=", from ?? new Date(0)))
    .$if(to !== undefined, (qb) => qb.where("r.created_at", "<", to ?? new Date(0)))
    .$if(projectId !== undefined, (qb) => qb.where("s.project_id", "=", projectId ?? ""))
    .$if(sessionId !== undefined, (qb) => qb.where("r.session_id", "=", sessionId ?? ""))
    .select(({ ref }) => {
      const key = {
        day: sql<string | null>`to_char(${ref("r.created_at")} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`,
        session: sql<string | null>`${ref("r.session_id")}::text`,
        project: sql<string | null>`${ref("s.project_id")}`,
        model: sql<string | null>`${ref("r.model")}`,
      }[by]
      return [
        ...(["r.input_tokens", "r.cached_tokens", "r.output_tokens", "r.cost", "r.ended_at"] as const),
        key.as("key"),
      ]
    })
    .as("r")
  return kyselyOf(db)
    .selectFrom(runs)
    .select(({ ref }) => [
      "r.key",
      sql<number>`count(*)::int`.as("runs"),
      sumOf(ref("r.input_tokens")).as("inputTokens"),
      sumOf(ref("r.cached_tokens")).as("cachedTokens"),
      sumOf(ref("r.output_tokens")).as("outputTokens"),
      sql<number>`coalesce(sum(${ref("r.cost")}), 0)::double precision`.as("cost"),
      sql<number>`count(*) FILTER (WHERE ${ref("r.cost")} IS NULL AND ${ref("r.input_tokens")} > 0)::int`.as(
        "unpriced",
      ),
    ])
    .groupBy("r.key")
    .$if(by === "day", (qb) => qb.orderBy("r.key", "desc"))
    .$if(by !== "day", (qb) => qb.orderBy("cost", "desc").orderBy("r.key"))
    .limit(mostListed)
    .execute()
}
