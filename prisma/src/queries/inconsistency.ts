import { sql } from "kysely"
import type { Db } from "../client.ts"
import { kyselyOf } from "../kysely.ts"
import { oneOf } from "./columns.ts"

/** Rows that are told of each kind at most. */
const most = sql<number>`20`

/** Sessions that count another number of messages than they have. */
export const listMiscountedSessions = (db: Db) =>
  kyselyOf(db)
    .with("counted", (qb) =>
      qb
        .selectFrom("messages as m")
        .select(({ ref }) => ["m.session_id", sql<number>`(max(${ref("m.message_index")}) + 1)::int`.as("next")])
        .select(sql<number>`count(*)::int`.as("stored"))
        .groupBy("m.session_id"),
    )
    .selectFrom("sessions as s")
    .leftJoin("counted as c", "c.session_id", "s.id")
    .select(["s.id", "s.message_count as counted"])
    .select(({ ref }) => sql<number>`coalesce(${ref("c.stored")}, 0)`.as("stored"))
    .where(
      ({ ref }) =>
        sql<boolean>`(coalesce(${ref("c.stored")}, 0) <> ${ref("s.message_count")}
          OR coalesce(${ref("c.next")}, 0) <> ${ref("s.message_count")})`,
    )
    .orderBy("s.id")
    .limit(most)
    .execute()

/** Items that lack versions: each is to have all from 1 to its own. */
export async function listItemsWithoutVersions(db: Db) {
  const clips = await kyselyOf(db)
    .with("counted", (qb) =>
      qb
        .selectFrom("clip_versions as v")
        .select(["v.project_id", "v.clip_id as item_id", sql<number>`count(*)::int`.as("stored")])
        .groupBy(["v.project_id", "v.clip_id"]),
    )
    .selectFrom("clips as i")
    .leftJoin("counted as c", (join) => join.onRef("c.project_id", "=", "i.project_id").onRef("c.item_id", "=", "i.id"))
    .select(["i.project_id as projectId", "i.id", "i.version"])
    .select(({ ref }) => sql<number>`coalesce(${ref("c.stored")}, 0)`.as("stored"))
    .where(({ ref }) => sql<boolean>`coalesce(${ref("c.stored")}, 0) < ${ref("i.version")}`)
    .orderBy("i.project_id")
    .orderBy("i.id")
    .limit(most)
    .execute()
  return clips
}

/** Kept files whose item is not there. */
export async function listOrphanedFiles(db: Db) {
  const found = []
  for (const [type, table] of [
    ["clip", "clips"],
    ["song", "songs"],
    ["playlist", "playlists"],
  ] as const) {
    const rows = await kyselyOf(db)
      .selectFrom("project_files as f")
      .leftJoin(oneOf(table).as("i"), (join) =>
        join.onRef("i.project_id", "=", "f.project_id").onRef("i.id", "=", "f.item_id"),
      )
      .select(["f.project_id as projectId", "f.path"])
      .where("f.item_type", "=", type)
      .where("i.id", "is", null)
      .orderBy("f.project_id")
      .orderBy("f.path")
      .limit(most)
      .execute()
    found.push(...rows)
  }
  return found
}
