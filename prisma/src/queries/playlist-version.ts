import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import type { BoundedRows } from "./bounded-rows.ts"
import {
  findPlaylist,
  insertPlaylist,
  lockPlaylist,
  type PlaylistKey,
  type PlaylistRow,
  replacePlaylistSongs,
  updatePlaylist,
} from "./playlist.ts"
import { ensureProject } from "./project.ts"
import { changesAnything, momentAfter } from "./revision.ts"
import { listVersionsOf, type VersionPage } from "./version-list.ts"
import { type VersionOrigin, type WithOrigin, withOrigins } from "./version-origin.ts"

const columns = {
  projectId: true,
  playlistId: true,
  version: true,
  name: true,
  body: true,
  metadata: true,
  songIds: true,
  sessionId: true,
  messageIndex: true,
  createdAt: true,
} as const satisfies Prisma.PlaylistVersionSelect

export type PlaylistVersionRow = Prisma.PlaylistVersionGetPayload<{ select: typeof columns }>

const table = {
  name: "playlist_versions",
  item: "playlist_id",
  text: "body",
  parts: "song_ids",
  select: columns,
} as const

/** Lists a playlist's versions, the newest first. */
export const listPlaylistVersions = (db: Db, page: VersionPage) => listVersionsOf<PlaylistVersionRow>(db, table, page)

/** Lists versions as `listPlaylistVersions` does, each with where it came from. */
export async function listPlaylistHistory(
  db: Db,
  page: VersionPage,
): Promise<BoundedRows<WithOrigin<PlaylistVersionRow>>> {
  const { rows, found } = await listPlaylistVersions(db, page)
  return { rows: await withOrigins(db, rows), found }
}

export const findPlaylistVersion = (
  db: Db,
  { projectId, id }: PlaylistKey,
  version: number,
): Promise<PlaylistVersionRow | null> =>
  db.playlistVersion.findUnique({
    where: { projectId_playlistId_version: { projectId, playlistId: id, version } },
    select: columns,
  })

/** Writes down a playlist as it is, and reads it. */
async function writePlaylistVersion(
  tx: Db,
  { projectId, id }: PlaylistKey,
  origin?: VersionOrigin,
): Promise<PlaylistRow | undefined> {
  await tx.$executeRaw`
    INSERT INTO playlist_versions
      (project_id, playlist_id, version, name, body, metadata, song_ids, session_id, message_index, created_at)
    SELECT p.project_id, p.id, p.version, p.name, p.body, p.metadata,
      ARRAY(SELECT ps.song_id FROM playlist_songs ps WHERE ps.project_id = p.project_id AND ps.playlist_id = p.id
        ORDER BY ps.position),
      ${origin?.sessionId ?? null}::uuid, ${origin?.messageIndex ?? null}::int, p.updated_at
    FROM playlists p WHERE p.project_id = ${projectId} AND p.id = ${id}`
  return findPlaylist(tx, { projectId, id })
}

export interface NewPlaylist extends PlaylistKey {
  name: string
  body: string
  metadata?: Prisma.InputJsonObject | undefined
  /** Songs of the same project in order. */
  songIds: string[]
}

/** Stores a playlist and its first version; a project that is not there is made with its id as name. */
export async function createPlaylist(tx: Db, { songIds, ...playlist }: NewPlaylist, origin?: VersionOrigin) {
  await ensureProject(tx, playlist.projectId)
  await insertPlaylist(tx, playlist)
  await replacePlaylistSongs(tx, playlist, songIds)
  return writePlaylistVersion(tx, playlist, origin)
}

export interface PlaylistChange {
  name?: string | undefined
  body?: string | undefined
  metadata?: Prisma.InputJsonObject | undefined
  songIds?: string[] | undefined
  origin?: VersionOrigin | undefined
}

/**
 * Locks a playlist, asks what is to change of it as it is, and writes that with its next version; a change of nothing writes
 * none. Undefined where there is no such playlist.
 */
export async function revisePlaylist(
  tx: Db,
  key: PlaylistKey,
  revise: (current: PlaylistRow) => PlaylistChange | Promise<PlaylistChange>,
): Promise<PlaylistRow | undefined> {
  const current = (await lockPlaylist(tx, key)) ? await findPlaylist(tx, key) : undefined
  if (!current) return undefined
  const { origin, songIds, ...fields } = await revise(current)
  if (!changesAnything(current, { ...fields, songIds })) return current
  await updatePlaylist(tx, key, { ...fields, version: current.version + 1, updatedAt: momentAfter(current.updatedAt) })
  if (songIds && changesAnything(current, { songIds })) await replacePlaylistSongs(tx, key, songIds)
  return writePlaylistVersion(tx, key, origin)
}
