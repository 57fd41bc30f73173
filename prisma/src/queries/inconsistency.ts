import { sql } from "kysely"
import type { Db } from "../client.ts"
import { kyselyOf } from "../kysely.ts"
import type { FilePlace, ItemPlace } from "./backup/library.ts"
import { oneOf } from "./sql/columns.ts"

/** Rows that are looked at in a call; it stands in the statement, so that PostgreSQL plans for so few. */
const atOnce = 500
const most = sql.lit(atOnce)

/** Before all UUIDs but itself, which nobody has. */
const beforeAll = "00000000-0000-0000-0000-000000000000"

/** The last of so many places, unless it is the last of all. */
const lastOf = <Place>(places: Place[]): Place | undefined => (places.length === atOnce ? places.at(-1) : undefined)

/** Looks at the next sessions for those that count another number of messages than they have. */
export async function findMiscountedSessions(db: Db, after: { id: string } | undefined) {
  const k = kyselyOf(db)
  const from = after?.id ?? beforeAll
  const ids = await k
    .selectFrom("sessions as s")
    .select("s.id")
    .where("s.id", ">", from)
    .orderBy("s.id")
    .limit(most)
    .execute()
  const end = ids.at(-1)?.id
  if (end === undefined) return { found: [], last: undefined }
  const found = await k
    .selectFrom("sessions as s")
    .leftJoin(
      (qb) =>
        qb
          .selectFrom("messages as m")
          .select(({ ref }) => ["m.session_id", sql<number>`(max(${ref("m.message_index")}) + 1)::int`.as("next")])
          .select(sql<number>`count(*)::int`.as("stored"))
          .where("m.session_id", ">", from)
          .where("m.session_id", "<=", end)
          .groupBy("m.session_id")
          .as("c"),
      (join) => join.onRef("c.session_id", "=", "s.id"),
    )
    .select(["s.id", "s.message_count as counted"])
    .select(({ ref }) => sql<number>`coalesce(${ref("c.stored")}, 0)`.as("stored"))
    .where("s.id", ">", from)
    .where("s.id", "<=", end)
    .where(
      ({ ref }) =>
        sql<boolean>`(coalesce(${ref("c.stored")}, 0) <> ${ref("s.message_count")}
          OR coalesce(${ref("c.next")}, 0) <> ${ref("s.message_count")})`,
    )
    .orderBy("s.id")
    .execute()
  return { found, last: lastOf(ids) }
}

const versioned = {
  clip: { rows: "clips", versions: "clip_versions", owner: "v.clip_id" },
  song: { rows: "songs", versions: "song_versions", owner: "v.song_id" },
  playlist: { rows: "playlists", versions: "playlist_versions", owner: "v.playlist_id" },
} as const

/** Keys behind one place and up to another. */
const between = (id: string, project: string, { after, end }: { after: ItemPlace | undefined; end: ItemPlace }) =>
  sql<boolean>`(${sql.ref(project)}, ${sql.ref(id)}) > (${after?.projectId ?? ""}, ${after?.id ?? ""})
    AND (${sql.ref(project)}, ${sql.ref(id)}) <= (${end.projectId}, ${end.id})`

/** Looks at the next clips, songs or playlists for those that lack versions: each is to have all from 1 to its own. */
export async function findItemsWithoutVersions(db: Db, kind: keyof typeof versioned, after: ItemPlace | undefined) {
  const { rows, versions, owner } = versioned[kind]
  const items = oneOf<"clips" | "songs" | "playlists">(rows)
  const k = kyselyOf(db)
  const keys = await k
    .selectFrom(items.as("i"))
    .select(["i.project_id as projectId", "i.id"])
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("i.project_id", "i.id"), ">", tuple(after?.projectId ?? "", after?.id ?? "")),
    )
    .orderBy("i.project_id")
    .orderBy("i.id")
    .limit(most)
    .execute()
  const end = keys.at(-1)
  if (end === undefined) return { found: [], last: undefined }
  const ownerOf = sql.ref<string>(owner)
  const found = await k
    .selectFrom(items.as("i"))
    .leftJoin(
      (qb) =>
        qb
          .selectFrom(oneOf<"clip_versions" | "song_versions" | "playlist_versions">(versions).as("v"))
          .select(["v.project_id", ownerOf.as("item_id"), sql<number>`count(*)::int`.as("stored")])
          .where(between(owner, "v.project_id", { after, end }))
          .groupBy(["v.project_id", ownerOf])
          .as("c"),
      (join) => join.onRef("c.project_id", "=", "i.project_id").onRef("c.item_id", "=", "i.id"),
    )
    .select(["i.project_id as projectId", "i.id", "i.version"])
    .select(({ ref }) => sql<number>`coalesce(${ref("c.stored")}, 0)`.as("stored"))
    .where(between("i.id", "i.project_id", { after, end }))
    .where(({ ref }) => sql<boolean>`coalesce(${ref("c.stored")}, 0) < ${ref("i.version")}`)
    .orderBy("i.project_id")
    .orderBy("i.id")
    .execute()
  return { found, last: lastOf(keys) }
}

/** Looks at the next kept files for those whose item is not there. */
export async function findOrphanedFiles(db: Db, after: FilePlace | undefined) {
  const k = kyselyOf(db)
  const keys = await k
    .selectFrom("project_files as f")
    .select(["f.project_id as projectId", "f.path"])
    .where(({ eb, refTuple, tuple }) =>
      eb(refTuple("f.project_id", "f.path"), ">", tuple(after?.projectId ?? "", after?.path ?? "")),
    )
    .orderBy("f.project_id")
    .orderBy("f.path")
    .limit(most)
    .execute()
  const end = keys.at(-1)
  if (end === undefined) return { found: [], last: undefined }
  const range = {
    after: after && { projectId: after.projectId, id: after.path },
    end: { projectId: end.projectId, id: end.path },
  }
  const found = []
  for (const [type, { rows }] of Object.entries(versioned)) {
    const orphans = await k
      .selectFrom("project_files as f")
      .leftJoin(oneOf<"clips" | "songs" | "playlists">(rows).as("i"), (join) =>
        join.onRef("i.project_id", "=", "f.project_id").onRef("i.id", "=", "f.item_id"),
      )
      .select(["f.project_id as projectId", "f.path"])
      .where(between("f.path", "f.project_id", range))
      .where(({ ref }) => sql<boolean>`${ref("f.item_type")} = ${type}`)
      .where("i.id", "is", null)
      .orderBy("f.project_id")
      .orderBy("f.path")
      .execute()
    found.push(...orphans)
  }
  return { found, last: lastOf(keys) }
}
