import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
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
} as const satisfies Prisma.PlaylistSelect

export type PlaylistRow = Prisma.PlaylistGetPayload<{ select: typeof columns }> & { songIds: string[] }

export interface PlaylistKey {
  projectId: string
  id: string
}

export interface PlaylistFilter {
  projectId?: string
  nameContains?: string
  order:
    | { by: "updated"; after?: PlaylistKey & { updatedAt: Date } }
    | { by: "name"; after?: PlaylistKey & { name: string } }
  limit: number
  /** Bytes of texts and metadata after which the list ends. */
  maxBytes?: number
}

const songIds = Prisma.sql`
  ARRAY(SELECT ps.song_id FROM playlist_songs ps WHERE ps.project_id = p.project_id AND ps.playlist_id = p.id
    ORDER BY ps.position) AS "songIds"`

/** Lists playlists with their songs' ids, the last changed first or by name. */
export async function listPlaylists(
  db: Db,
  { projectId, nameContains, order, limit, maxBytes }: PlaylistFilter,
): Promise<BoundedRows<PlaylistRow>> {
  const conditions = [
    ...(projectId ? [Prisma.sql`p.project_id = ${projectId}`] : []),
    ...(nameContains ? [await nameCondition(db, "playlists", { text: nameContains, projectId })] : []),
  ]
  if (order.by === "updated" && order.after) {
    const { updatedAt, projectId: project, id } = order.after
    conditions.push(Prisma.sql`(p.updated_at, p.project_id, p.id) < (${updatedAt}, ${project}, ${id})`)
  }
  if (order.by === "name" && order.after) {
    const { name, projectId: project, id } = order.after
    conditions.push(Prisma.sql`(p.name, p.project_id, p.id) > (${name}, ${project}, ${id})`)
  }
  const sorted =
    order.by === "updated"
      ? Prisma.sql`p.updated_at DESC, p.project_id DESC, p.id DESC`
      : Prisma.sql`p.name, p.project_id, p.id`
  const rows = Prisma.sql`
    SELECT p.* FROM playlists p WHERE ${allOf(conditions)} ORDER BY ${sorted} LIMIT ${limit}`
  const selected = Prisma.sql`${columnList(columns, "p")}, ${songIds}`
  return listBounded<PlaylistRow>(db, { rows, as: "p", columns: selected, bytes: bytesOf("p", "body"), maxBytes })
}

export async function findPlaylist(db: Db, { projectId, id }: PlaylistKey): Promise<PlaylistRow | undefined> {
  const [row] = await db.$queryRaw<PlaylistRow[]>`
    SELECT ${columnList(columns, "p")}, ${songIds} FROM playlists p WHERE p.project_id = ${projectId} AND p.id = ${id}`
  return row
}

/** Holds a playlist's row until the transaction ends; false where there is none. What it holds is to be read after that. */
export async function lockPlaylist(tx: Db, { projectId, id }: PlaylistKey): Promise<boolean> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM playlists p WHERE p.project_id = ${projectId} AND p.id = ${id} FOR UPDATE`
  return rows.length > 0
}

/** The projects that own a playlist of this id, at most 20. */
export const listPlaylistProjects = async (db: Db, id: string): Promise<string[]> => {
  const rows = await db.playlist.findMany({
    where: { id },
    select: { projectId: true },
    orderBy: { projectId: "asc" },
    take: 20,
  })
  return rows.map(({ projectId }) => projectId)
}

export const insertPlaylist = (tx: Db, data: Prisma.PlaylistUncheckedCreateInput) =>
  tx.playlist.create({ data, select: { id: true } })

export const updatePlaylist = (tx: Db, { projectId, id }: PlaylistKey, data: Prisma.PlaylistUncheckedUpdateInput) =>
  tx.playlist.update({ where: { projectId_id: { projectId, id } }, data, select: { id: true } })

/** Puts these songs into a playlist in this order, in place of what it held. */
export async function replacePlaylistSongs(tx: Db, { projectId, id }: PlaylistKey, songs: string[]): Promise<void> {
  await tx.playlistSong.deleteMany({ where: { projectId, playlistId: id } })
  await tx.playlistSong.createMany({
    data: songs.map((songId, position) => ({ projectId, playlistId: id, position, songId })),
  })
}

/** Removes a playlist; false where there is none of that key. */
export const removePlaylist = async (db: Db, { projectId, id }: PlaylistKey): Promise<boolean> =>
  (await db.playlist.deleteMany({ where: { projectId, id } })).count > 0

/** What a playlist shows of one of its songs. */
export interface PlaylistPart {
  id: string
  name: string
  metadata: Prisma.JsonValue
  clipIds: string[]
  /** The tempo of the clip that it begins with, and of the one that it ends with. */
  firstBpm: number | null
  lastBpm: number | null
}

const bpmOfClip = (place: "ASC" | "DESC") => Prisma.sql`
  (SELECT CASE WHEN jsonb_typeof(c.metadata -> 'bpm') = 'number' THEN (c.metadata ->> 'bpm')::double precision END
    FROM song_clips sc JOIN clips c ON c.project_id = sc.project_id AND c.id = sc.clip_id
    WHERE sc.project_id = s.project_id AND sc.song_id = s.id ORDER BY sc.position ${Prisma.raw(place)} LIMIT 1)`

/** A playlist's songs in order, repeated ones as often as they are played. */
export const listSongsOfPlaylist = (db: Db, { projectId, id }: PlaylistKey): Promise<PlaylistPart[]> =>
  db.$queryRaw<PlaylistPart[]>`
    SELECT s.id, s.name, s.metadata,
      ARRAY(SELECT sc.clip_id FROM song_clips sc WHERE sc.project_id = s.project_id AND sc.song_id = s.id
        ORDER BY sc.position) AS "clipIds",
      ${bpmOfClip("ASC")} AS "firstBpm", ${bpmOfClip("DESC")} AS "lastBpm"
    FROM playlist_songs ps JOIN songs s ON s.project_id = ps.project_id AND s.id = ps.song_id
    WHERE ps.project_id = ${projectId} AND ps.playlist_id = ${id} ORDER BY ps.position`
