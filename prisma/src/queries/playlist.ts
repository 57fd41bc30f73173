import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"
import { allOf, columnList, containing } from "./columns.ts"

const columns = {
  projectId: true,
  id: true,
  name: true,
  body: true,
  metadata: true,
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
  after?: PlaylistKey & { updatedAt: Date }
  limit: number
}

const songIds = Prisma.sql`
  ARRAY(SELECT ps.song_id FROM playlist_songs ps WHERE ps.project_id = p.project_id AND ps.playlist_id = p.id
    ORDER BY ps.position) AS "songIds"`

/** Lists playlists with their songs' ids, the last changed first. */
export function listPlaylists(
  db: Db,
  { projectId, nameContains, after, limit }: PlaylistFilter,
): Promise<PlaylistRow[]> {
  const conditions = [
    ...(projectId ? [Prisma.sql`p.project_id = ${projectId}`] : []),
    ...(nameContains ? [Prisma.sql`p.name ILIKE ${containing(nameContains)}`] : []),
    ...(after
      ? [Prisma.sql`(p.updated_at, p.project_id, p.id) < (${after.updatedAt}, ${after.projectId}, ${after.id})`]
      : []),
  ]
  return db.$queryRaw<PlaylistRow[]>`
    SELECT ${columnList(columns, "p")}, ${songIds} FROM playlists p WHERE ${allOf(conditions)}
    ORDER BY p.updated_at DESC, p.project_id DESC, p.id DESC LIMIT ${limit}`
}

export async function findPlaylist(db: Db, { projectId, id }: PlaylistKey): Promise<PlaylistRow | undefined> {
  const [row] = await db.$queryRaw<PlaylistRow[]>`
    SELECT ${columnList(columns, "p")}, ${songIds} FROM playlists p WHERE p.project_id = ${projectId} AND p.id = ${id}`
  return row
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

/** A playlist's songs in order, each with the ids of its clips. */
export const listSongsOfPlaylist = async (db: Db, { projectId, id }: PlaylistKey) => {
  const places = await db.playlistSong.findMany({
    where: { projectId, playlistId: id },
    select: {
      song: {
        select: { id: true, name: true, clips: { select: { clipId: true }, orderBy: { position: "asc" } } },
      },
    },
    orderBy: { position: "asc" },
  })
  return places.map(({ song }) => ({ id: song.id, name: song.name, clipIds: song.clips.map(({ clipId }) => clipId) }))
}
