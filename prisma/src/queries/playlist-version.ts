import { sql } from "kysely"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import { kyselyOf } from "../kysely.ts"
import { type BoundedRows, boundedRows, boundsOf, usualBytes } from "./bounded-rows.ts"
import {
  findPlaylist,
  insertPlaylist,
  lockPlaylist,
  type PlaylistKey,
  type PlaylistRow,
  replacePlaylistSongs,
  songIdsOf,
  updatePlaylist,
} from "./playlist.ts"
import { ensureProject } from "./project.ts"
import { changesAnything, momentAfter } from "./revision.ts"
import { aboveAll, sizeWithIds, type VersionPage } from "./version-list.ts"
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

/** Lists a playlist's versions, the newest first. */
export async function listPlaylistVersions(db: Db, page: VersionPage): Promise<BoundedRows<PlaylistVersionRow>> {
  const { projectId, id, before = aboveAll, limit, maxBytes = usualBytes } = page
  const rows = await kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom(
        selectFrom("playlist_versions as v")
          .selectAll()
          .where("v.project_id", "=", projectId)
          .where("v.playlist_id", "=", id)
          .where("v.version", "<", before)
          .orderBy("v.version", "desc")
          .limit(limit)
          .as("v"),
      )
        .selectAll()
        .select(({ ref }) => boundsOf(sizeWithIds(ref("v.body"), ref("v.metadata"), ref("v.song_ids"))))
        .as("v"),
    )
    .select(["v.project_id as projectId", "v.playlist_id as playlistId", "v.version", "v.name", "v.body", "v.metadata"])
    .select(["v.song_ids as songIds", "v.session_id as sessionId", "v.message_index as messageIndex"])
    .select(["v.created_at as createdAt", "v.found"])
    .where("v.bytes_before", "<", maxBytes)
    .execute()
  return boundedRows(rows)
}

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
  await kyselyOf(tx)
    .insertInto("playlist_versions")
    .columns([
      ...(["project_id", "playlist_id", "version", "name", "body", "metadata", "song_ids"] as const),
      ...(["session_id", "message_index", "created_at"] as const),
    ])
    .expression(({ selectFrom }) =>
      selectFrom("playlists as p")
        .select(["p.project_id", "p.id", "p.version", "p.name", "p.body", "p.metadata"])
        .select((eb) => songIdsOf(eb).as("song_ids"))
        .select([
          sql`${origin?.sessionId ?? null}::uuid`.as("session_id"),
          sql`${origin?.messageIndex ?? null}::int`.as("message_index"),
          "p.updated_at",
        ])
        .where("p.project_id", "=", projectId)
        .where("p.id", "=", id),
    )
    .execute()
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
