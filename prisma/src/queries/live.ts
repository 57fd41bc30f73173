import { type Expression, expressionBuilder, sql } from "kysely"
import { jsonBuildObject } from "kysely/helpers/postgres"
import type { Db } from "../client.ts"
import type { Tables } from "../generated/tables.ts"
import { itemTables, type TextKind, textKinds } from "../item-kinds.ts"
import type { RemovalKind } from "../kinds.ts"
import { kyselyOf } from "../kysely.ts"
import { oneOf } from "./sql/columns.ts"
import { anyOf } from "./sql/input-rows.ts"

export interface SessionMessageCount {
  id: string
  messageCount: number
  /** The number of its last run, and how often that has changed; null where it has none. */
  runNumber: number | null
  runRevision: number | null
}

/** How many messages each of these sessions has, and where its last run stands; those that are not there are left out. */
export const listMessageCounts = (db: Db, ids: string[]): Promise<SessionMessageCount[]> =>
  kyselyOf(db)
    .selectFrom("sessions as s")
    .leftJoin("runs as r", (join) => join.onRef("r.session_id", "=", "s.id").onRef("r.run_number", "=", "s.run_count"))
    .select(["s.id", "s.message_count as messageCount"])
    .select(["r.run_number as runNumber", "r.revision as runRevision"])
    .where("s.id", "=", anyOf("uuid", ids))
    .execute()

export interface ChangeRow {
  kind: RemovalKind
  projectId: string | null
  id: string
  /** Milliseconds since 1970, by the clock of whoever wrote: a server's or the database's. */
  at: number
  removed: boolean
  /** Another text for each change that can be told from the one before. */
  stamp: string
}

export interface ChangeFeed {
  /** When the database read this, by its own clock, in milliseconds since 1970. */
  moment: number
  /** The oldest first. */
  changes: ChangeRow[]
  /** Whether there was more than the limit of some kind: only the latest of it are here. */
  cut: boolean
}

/** Rows of one kind that a feed lists at most. */
export const changeLimit = 1000

/** Where a feed starts: a date, or so many seconds before the moment at which the database reads it. */
export type ChangesSince = Date | { secondsAgo: number }

/** A row of the feed as the database has it. */
interface Written {
  kind: RemovalKind
  project_id: string | null
  id: string
  at: Date | null
  removed: boolean
  revision: string
}

type Column<Name extends keyof Written> = Expression<Written[Name]>

const written = (
  kind: RemovalKind,
  projectId: Column<"project_id">,
  row: { id: Expression<string>; at: Column<"at">; revision: Expression<unknown> },
) =>
  [
    sql<RemovalKind>`${sql.lit(kind)}`.as("kind"),
    sql<string | null>`${projectId}`.as("project_id"),
    sql<string>`${row.id}::text`.as("id"),
    sql<Date | null>`${row.at}`.as("at"),
    sql<boolean>`false`.as("removed"),
    sql<string>`${row.revision}::text`.as("revision"),
  ] as const

/** What was written or deleted of each kind after a moment, the latest first. */
function changesAfter(start: Expression<Date>): Expression<Written>[] {
  const { selectFrom } = expressionBuilder<Tables>()
  // Two writes of one row can fall into one millisecond: what counts up with every write tells them apart.
  const sessions = selectFrom("sessions as t")
    .select(({ ref }) =>
      written("session", ref("t.project_id"), {
        id: ref("t.id"),
        at: ref("t.updated_at"),
        revision: ref("t.message_count"),
      }),
    )
    .where("t.updated_at", ">", start)
    .orderBy("t.updated_at", "desc")
    .limit(changeLimit)
  // What was found of a clip's code is no change of the clip, but one of what is shown of it.
  const clips = (moment: "updated_at" | "analysed_at") =>
    selectFrom("clips as t")
      .select(({ ref }) =>
        written("clip", ref("t.project_id"), {
          id: ref("t.id"),
          at: sql<Date>`greatest(${ref("t.updated_at")}, ${ref("t.analysed_at")})`,
          revision: sql`concat(${ref("t.version")}, ' ', extract(epoch FROM ${ref("t.analysed_at")}))`,
        }),
      )
      .where(`t.${moment}`, ">", start)
      .orderBy(`t.${moment}`, "desc")
      .limit(changeLimit)
  const texts = (kind: TextKind) =>
    selectFrom(oneOf(itemTables[kind]).as("t"))
      .select(({ ref }) =>
        written(kind, ref("t.project_id"), { id: ref("t.id"), at: ref("t.updated_at"), revision: ref("t.version") }),
      )
      .where("t.updated_at", ">", start)
      .orderBy("t.updated_at", "desc")
      .limit(changeLimit)
  const projects = selectFrom("projects as t")
    .select(({ ref }) =>
      written("project", ref("t.id"), { id: ref("t.id"), at: ref("t.updated_at"), revision: sql`0` }),
    )
    .where("t.updated_at", ">", start)
    .orderBy("t.updated_at", "desc")
    .limit(changeLimit)
  const removals = selectFrom("removals as r")
    .select(({ ref }) => [
      "r.kind",
      "r.project_id",
      "r.item_id as id",
      "r.removed_at as at",
      sql<boolean>`true`.as("removed"),
      sql<string>`${ref("r.id")}::text`.as("revision"),
    ])
    .where("r.removed_at", ">", start)
    .orderBy("r.removed_at", "desc")
    .limit(changeLimit)
  const eitherClip = sql<Written>`(${clips("updated_at")} UNION ${clips("analysed_at")})`
  return [sessions, eitherClip, ...textKinds.map(texts), projects, removals]
}

/**
 * Lists what was written or deleted after a moment, at most 1000 rows of a kind, in one statement.
 *
 * A row bears the moment at which its transaction began, or that of a server's clock, and is seen when the transaction
 * has ended. Whoever follows the feed has to look back further than to the last reading: as far as a transaction may
 * last and clocks may differ, and to pass over the stamps it knows.
 */
export async function listChanges(db: Db, since: ChangesSince): Promise<ChangeFeed> {
  const start =
    since instanceof Date
      ? sql<Date>`${since}::timestamptz`
      : sql<Date>`now() - make_interval(secs => ${since.secondsAgo}::double precision)`
  const arms = changesAfter(start)
  const feed = await kyselyOf(db)
    .selectFrom(sql<Written>`(${sql.join(arms, sql` UNION ALL `)})`.as("c"))
    .select(({ fn, ref }) => {
      const change = jsonBuildObject({
        ...{ kind: ref("c.kind"), projectId: ref("c.project_id"), id: ref("c.id"), removed: ref("c.removed") },
        at: sql<number>`(extract(epoch FROM ${ref("c.at")}) * 1000)::bigint`,
        stamp: ref("c.revision"),
      })
      return [
        sql<number>`(extract(epoch FROM now()) * 1000)::double precision`.as("moment"),
        fn.coalesce(fn.jsonAgg(change), sql<ChangeRow[]>`'[]'::json`).as("changes"),
      ]
    })
    .executeTakeFirst()
  if (!feed) return { moment: 0, changes: [], cut: true }
  const counts = new Map<string, number>()
  for (const change of feed.changes) {
    change.stamp = `${change.at} ${change.stamp}`
    const arm = change.removed ? "removal" : change.kind
    counts.set(arm, (counts.get(arm) ?? 0) + 1)
  }
  const changes = feed.changes.sort((one, other) => one.at - other.at)
  return { moment: feed.moment, changes, cut: [...counts.values()].some((count) => count >= changeLimit) }
}

/** Seconds for which it is kept what was deleted. */
export const removalSeconds = 3600

/** Forgets what was deleted more than an hour ago; answers how many rows. */
export async function sweepRemovals(db: Db): Promise<number> {
  const { numDeletedRows } = await kyselyOf(db)
    .deleteFrom("removals as r")
    .where("r.removed_at", "<", sql<Date>`now() - make_interval(secs => ${removalSeconds}::double precision)`)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
