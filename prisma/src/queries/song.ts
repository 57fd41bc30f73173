import type { Db } from "../client.ts"
import { type ClipState, Prisma } from "../generated/client.ts"
import { type BoundedRows, bytesOf, listBounded } from "./bounded-rows.ts"
import { allOf, columnList } from "./columns.ts"
import { nameCondition } from "./mistyped-name.ts"

const columns = {
  projectId: true,
  id: true,
  name: true,
  body: true,
  metadata: true,
  version: true,
  createdAt: true,
  updatedAt: true,
} as const satisfies Prisma.SongSelect

export type SongRow = Prisma.SongGetPayload<{ select: typeof columns }> & { clipIds: string[] }

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

const clipIds = Prisma.sql`
  ARRAY(SELECT sc.clip_id FROM song_clips sc WHERE sc.project_id = s.project_id AND sc.song_id = s.id
    ORDER BY sc.position) AS "clipIds"`

/** Lists songs with their clips' ids, the last changed first or by name. */
export async function listSongs(
  db: Db,
  { projectId, nameContains, order, limit, maxBytes }: SongFilter,
): Promise<BoundedRows<SongRow>> {
  const conditions = [
    ...(projectId ? [Prisma.sql`s.project_id = ${projectId}`] : []),
    ...(nameContains ? [await nameCondition(db, "songs", { text: nameContains, projectId })] : []),
  ]
  if (order.by === "updated" && order.after) {
    const { updatedAt, projectId: project, id } = order.after
    conditions.push(Prisma.sql`(s.updated_at, s.project_id, s.id) < (${updatedAt}, ${project}, ${id})`)
  }
  if (order.by === "name" && order.after) {
    const { name, projectId: project, id } = order.after
    conditions.push(Prisma.sql`(s.name, s.project_id, s.id) > (${name}, ${project}, ${id})`)
  }
  const sorted =
    order.by === "updated"
      ? Prisma.sql`s.updated_at DESC, s.project_id DESC, s.id DESC`
      : Prisma.sql`s.name, s.project_id, s.id`
  const rows = Prisma.sql`
    SELECT s.* FROM songs s WHERE ${allOf(conditions)} ORDER BY ${sorted} LIMIT ${limit}`
  const selected = Prisma.sql`${columnList(columns, "s")}, ${clipIds}`
  return listBounded<SongRow>(db, { rows, as: "s", columns: selected, bytes: bytesOf("s", "body"), maxBytes })
}

export async function findSong(db: Db, { projectId, id }: SongKey): Promise<SongRow | undefined> {
  const [row] = await db.$queryRaw<SongRow[]>`
    SELECT ${columnList(columns, "s")}, ${clipIds} FROM songs s WHERE s.project_id = ${projectId} AND s.id = ${id}`
  return row
}

/** Holds a song's row until the transaction ends; false where there is none. What it holds is to be read after that. */
export async function lockSong(tx: Db, { projectId, id }: SongKey): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM songs s WHERE s.project_id = ${projectId} AND s.id = ${id} FOR UPDATE`
  return rows.length > 0
}

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

/** Removes a song; false where there is none of that key. Refused by the database where a playlist uses it. */
export const removeSong = async (db: Db, { projectId, id }: SongKey): Promise<boolean> =>
  (await db.song.deleteMany({ where: { projectId, id } })).count > 0

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
  db.$queryRaw<SongPictureRow[]>`
    SELECT c.id, c.state, c.problem, (SELECT v.picture FROM clip_versions v
      WHERE v.project_id = c.project_id AND v.clip_id = c.id AND v.version = c.version) AS picture
    FROM (SELECT DISTINCT sc.clip_id FROM song_clips sc
      WHERE sc.project_id = ${projectId} AND sc.song_id = ${id}) s,
      LATERAL (SELECT * FROM clips c WHERE c.project_id = ${projectId} AND c.id = s.clip_id LIMIT 1) c`

/** The playlists that a song stands in, each once, at most 50. */
export const listPlaylistsOfSong = (db: Db, { projectId, id }: SongKey) =>
  db.playlist.findMany({
    where: { projectId, songs: { some: { songId: id } } },
    select: { id: true, name: true },
    orderBy: { name: "asc" },
    take: 50,
  })
