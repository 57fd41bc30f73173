import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import type { BoundedRows } from "./bounded-rows.ts"
import { ensureProject } from "./project.ts"
import { changesAnything, momentAfter } from "./revision.ts"
import { findSong, insertSong, lockSong, replaceSongClips, type SongKey, type SongRow, updateSong } from "./song.ts"
import { listVersionsOf, type VersionPage } from "./version-list.ts"
import { type VersionOrigin, type WithOrigin, withOrigins } from "./version-origin.ts"

const columns = {
  projectId: true,
  songId: true,
  version: true,
  name: true,
  body: true,
  metadata: true,
  clipIds: true,
  sessionId: true,
  messageIndex: true,
  createdAt: true,
} as const satisfies Prisma.SongVersionSelect

export type SongVersionRow = Prisma.SongVersionGetPayload<{ select: typeof columns }>

const table = { name: "song_versions", item: "song_id", text: "body", parts: "clip_ids", select: columns } as const

/** Lists a song's versions, the newest first. */
export const listSongVersions = (db: Db, page: VersionPage) => listVersionsOf<SongVersionRow>(db, table, page)

/** Lists versions as `listSongVersions` does, each with where it came from. */
export async function listSongHistory(db: Db, page: VersionPage): Promise<BoundedRows<WithOrigin<SongVersionRow>>> {
  const { rows, found } = await listSongVersions(db, page)
  return { rows: await withOrigins(db, rows), found }
}

export const findSongVersion = (db: Db, { projectId, id }: SongKey, version: number): Promise<SongVersionRow | null> =>
  db.songVersion.findUnique({
    where: { projectId_songId_version: { projectId, songId: id, version } },
    select: columns,
  })

/** Writes down a song as it is, and reads it. */
async function writeSongVersion(
  tx: Db,
  { projectId, id }: SongKey,
  origin?: VersionOrigin,
): Promise<SongRow | undefined> {
  await tx.$executeRaw`
    INSERT INTO song_versions
      (project_id, song_id, version, name, body, metadata, clip_ids, session_id, message_index, created_at)
    SELECT s.project_id, s.id, s.version, s.name, s.body, s.metadata,
      ARRAY(SELECT sc.clip_id FROM song_clips sc WHERE sc.project_id = s.project_id AND sc.song_id = s.id
        ORDER BY sc.position),
      ${origin?.sessionId ?? null}::uuid, ${origin?.messageIndex ?? null}::int, s.updated_at
    FROM songs s WHERE s.project_id = ${projectId} AND s.id = ${id}`
  return findSong(tx, { projectId, id })
}

export interface NewSong extends SongKey {
  name: string
  body: string
  metadata?: Prisma.InputJsonObject | undefined
  /** Clips of the same project in order. */
  clipIds: string[]
}

/** Stores a song and its first version; a project that is not there is made with its id as name. */
export async function createSong(tx: Db, { clipIds, ...song }: NewSong, origin?: VersionOrigin) {
  await ensureProject(tx, song.projectId)
  await insertSong(tx, song)
  await replaceSongClips(tx, song, clipIds)
  return writeSongVersion(tx, song, origin)
}

export interface SongChange {
  name?: string | undefined
  body?: string | undefined
  metadata?: Prisma.InputJsonObject | undefined
  clipIds?: string[] | undefined
  origin?: VersionOrigin | undefined
}

/**
 * Locks a song, asks what is to change of it as it is, and writes that with its next version; a change of nothing writes
 * none. Undefined where there is no such song.
 */
export async function reviseSong(
  tx: Db,
  key: SongKey,
  revise: (current: SongRow) => SongChange | Promise<SongChange>,
): Promise<SongRow | undefined> {
  const current = (await lockSong(tx, key)) ? await findSong(tx, key) : undefined
  if (!current) return undefined
  const { origin, clipIds, ...fields } = await revise(current)
  if (!changesAnything(current, { ...fields, clipIds })) return current
  await updateSong(tx, key, { ...fields, version: current.version + 1, updatedAt: momentAfter(current.updatedAt) })
  if (clipIds && changesAnything(current, { clipIds })) await replaceSongClips(tx, key, clipIds)
  return writeSongVersion(tx, key, origin)
}
