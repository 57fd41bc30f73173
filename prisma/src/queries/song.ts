import { type ExpressionBuilder, type Selection, type SqlBool, sql } from "kysely"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import type { Tables } from "../generated/tables.ts"
import type { ClipState } from "../kinds.ts"
import { kyselyOf } from "../kysely.ts"
import { type BoundedRows, boundedRows, boundsOf, sizeOf, usualBytes } from "./bounded-rows.ts"
import { rawOf } from "./columns.ts"
import { nameCondition } from "./mistyped-name.ts"
import { removeItems } from "./removal.ts"

const fields = [
  ...(["s.project_id as projectId", "s.id", "s.name", "s.body", "s.metadata", "s.version"] as const),
  ...(["s.created_at as createdAt", "s.updated_at as updatedAt"] as const),
] as const

export type SongRow = Selection<{ s: Tables["songs"] }, "s", (typeof fields)[number]> & { clipIds: string[] }

export interface SongKey {
  projectId: string
  id: string
}

export interface SongFilter {
  projectId?: string
  nameContains?: string
  order: { by: "updated"; after?: SongKey & { updatedAt: Date } } | { by: "name"; after?: SongKey & { name: string } }
  limit: number
  /** Bytes of texts and metadata after which the list ends. */
  maxBytes?: number
}

/** The ids of what a song `s` holds, in order. */
export const clipIdsOf = ({ selectFrom }: ExpressionBuilder<Tables & { s: Tables["songs"] }, "s">) =>
  sql<string[]>`ARRAY${selectFrom("song_clips as part")
    .select("part.clip_id")
    .whereRef("part.project_id", "=", "s.project_id")
    .whereRef("part.song_id", "=", "s.id")
    .orderBy("part.position")}`

/** Lists songs with their clips' ids, the last changed first or by name. */
export async function listSongs(
  db: Db,
  { projectId, nameContains, order, limit, maxBytes = usualBytes }: SongFilter,
): Promise<BoundedRows<SongRow>> {
  const named = nameContains && (await nameCondition(db, "songs", { text: nameContains, projectId }))
  let page = kyselyOf(db)
    .selectFrom("songs as s")
    .selectAll()
    .select((eb) => clipIdsOf(eb).as("clipIds"))
    .limit(limit)
  if (projectId) page = page.where("s.project_id", "=", projectId)
  if (named) page = page.where(rawOf<SqlBool>(named))
  if (order.by === "updated") {
    const { after } = order
    page = page.orderBy("s.updated_at", "desc").orderBy("s.project_id", "desc").orderBy("s.id", "desc")
    if (after) {
      page = page.where(({ eb, refTuple, tuple }) =>
        eb(refTuple("s.updated_at", "s.project_id", "s.id"), "<", tuple(after.updatedAt, after.projectId, after.id)),
      )
    }
  } else {
    const { after } = order
    page = page.orderBy("s.name").orderBy("s.project_id").orderBy("s.id")
    if (after) {
      page = page.where(({ eb, refTuple, tuple }) =>
        eb(refTuple("s.name", "s.project_id", "s.id"), ">", tuple(after.name, after.projectId, after.id)),
      )
    }
  }
  const rows = await kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom(page.as("s"))
        .selectAll()
        .select(({ ref }) => boundsOf(sizeOf(ref("s.body"), ref("s.metadata"))))
        .as("s"),
    )
    .select(fields)
    .select(["s.clipIds", "s.found"])
    .where("s.bytes_before", "<", maxBytes)
    .execute()
  return boundedRows(rows)
}

const ofSong = (db: Db, { projectId, id }: SongKey) =>
  kyselyOf(db).selectFrom("songs as s").where("s.project_id", "=", projectId).where("s.id", "=", id)

export const findSong = (db: Db, key: SongKey): Promise<SongRow | undefined> =>
  ofSong(db, key)
    .select(fields)
    .select((eb) => clipIdsOf(eb).as("clipIds"))
    .executeTakeFirst()

/** Holds a song's row until the transaction ends; false where there is none. What it holds is to be read after that. */
export const lockSong = async (tx: Db, key: SongKey): Promise<boolean> =>
  (await ofSong(tx, key).select("s.id").forUpdate().execute()).length > 0

/** The projects that own a song of this id, at most 20. */
export const listSongProjects = async (db: Db, id: string): Promise<string[]> => {
  const rows = await db.song.findMany({
    where: { id },
    select: { projectId: true },
    orderBy: { projectId: "asc" },
    take: 20,
  })
  return rows.map(({ projectId }) => projectId)
}

/** The names of those of these ids that the project has a song of. */
export const listSongNames = async (db: Db, projectId: string, ids: string[]): Promise<Map<string, string>> => {
  const rows = await db.song.findMany({ where: { projectId, id: { in: ids } }, select: { id: true, name: true } })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export const insertSong = (tx: Db, data: Prisma.SongUncheckedCreateInput) =>
  tx.song.create({ data, select: { id: true } })

export const updateSong = (tx: Db, { projectId, id }: SongKey, data: Prisma.SongUncheckedUpdateInput) =>
  tx.song.update({ where: { projectId_id: { projectId, id } }, data, select: { id: true } })

/** Puts these clips into a song in this order, in place of what it held. */
export async function replaceSongClips(tx: Db, { projectId, id }: SongKey, clips: string[]): Promise<void> {
  await tx.songClip.deleteMany({ where: { projectId, songId: id } })
  await tx.songClip.createMany({
    data: clips.map((clipId, position) => ({ projectId, songId: id, position, clipId })),
  })
}

/** Removes a song, and notes it; false where there is none of that key. Refused by the database where a playlist uses it. */
export const removeSong = async (tx: Db, { projectId, id }: SongKey): Promise<boolean> =>
  (await removeItems(tx, "song", { projectId, id })) > 0

/** A song's clips in order, repeated ones as often as they are played. */
export const listClipsOfSong = async (db: Db, { projectId, id }: SongKey) => {
  const places = await db.songClip.findMany({
    where: { projectId, songId: id },
    select: { clip: { select: { id: true, name: true, metadata: true } } },
    orderBy: { position: "asc" },
  })
  return places.map(({ clip }) => clip)
}

export interface SongPictureRow {
  id: string
  state: ClipState | null
  problem: Prisma.JsonValue
  picture: Prisma.JsonValue
}

/** What each of a song's clips plays, each clip once. */
export const listPicturesOfSong = (db: Db, { projectId, id }: SongKey): Promise<SongPictureRow[]> =>
  kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom("song_clips as sc")
        .select("sc.clip_id")
        .distinct()
        .where("sc.project_id", "=", projectId)
        .where("sc.song_id", "=", id)
        .as("s"),
    )
    // One row of a key: the limit keeps the planner from reading the whole table.
    .crossJoinLateral(({ selectFrom }) =>
      selectFrom("clips as c")
        .selectAll()
        .where("c.project_id", "=", projectId)
        .whereRef("c.id", "=", "s.clip_id")
        .limit(sql<number>`1`)
        .as("c"),
    )
    .select(["c.id", "c.state", "c.problem"])
    .select(({ selectFrom }) =>
      selectFrom("clip_versions as v")
        .select("v.picture")
        .whereRef("v.project_id", "=", "c.project_id")
        .whereRef("v.clip_id", "=", "c.id")
        .whereRef("v.version", "=", "c.version")
        .as("picture"),
    )
    .execute()

/** The playlists that a song stands in, each once, at most 50. */
export const listPlaylistsOfSong = (db: Db, { projectId, id }: SongKey) =>
  db.playlist.findMany({
    where: { projectId, songs: { some: { songId: id } } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take: 50,
  })
