import { sql } from "kysely"
import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import { kyselyOf } from "../kysely.ts"
import { type BoundedRows, boundedRows, boundsOf, usualBytes } from "./bounded-rows.ts"
import { ensureProject } from "./project.ts"
import { changesAnything, momentAfter } from "./revision.ts"
import {
  clipIdsOf,
  findSong,
  insertSong,
  lockSong,
  replaceSongClips,
  type SongKey,
  type SongRow,
  updateSong,
} from "./song.ts"
import { aboveAll, sizeWithIds, type VersionPage } from "./version-list.ts"
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

/** Lists a song's versions, the newest first. */
export async function listSongVersions(db: Db, page: VersionPage): Promise<BoundedRows<SongVersionRow>> {
  const { projectId, id, before = aboveAll, limit, maxBytes = usualBytes } = page
  const rows = await kyselyOf(db)
    .selectFrom(({ selectFrom }) =>
      selectFrom(
        selectFrom("song_versions as v")
          .selectAll()
          .where("v.project_id", "=", projectId)
          .where("v.song_id", "=", id)
          .where("v.version", "<", before)
          .orderBy("v.version", "desc")
          .limit(limit)
          .as("v"),
      )
        .selectAll()
        .select(({ ref }) => boundsOf(sizeWithIds(ref("v.body"), ref("v.metadata"), ref("v.clip_ids"))))
        .as("v"),
    )
    .select(["v.project_id as projectId", "v.song_id as songId", "v.version", "v.name", "v.body", "v.metadata"])
    .select(["v.clip_ids as clipIds", "v.session_id as sessionId", "v.message_index as messageIndex"])
    .select(["v.created_at as createdAt", "v.found"])
    .where("v.bytes_before", "<", maxBytes)
    .execute()
  return boundedRows(rows)
}

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
  await kyselyOf(tx)
    .insertInto("song_versions")
    .columns([
      ...(["project_id", "song_id", "version", "name", "body", "metadata", "clip_ids"] as const),
      ...(["session_id", "message_index", "created_at"] as const),
    ])
    .expression(({ selectFrom }) =>
      selectFrom("songs as s")
        .select(["s.project_id", "s.id", "s.version", "s.name", "s.body", "s.metadata"])
        .select((eb) => clipIdsOf(eb).as("clip_ids"))
        .select([
          sql`${origin?.sessionId ?? null}::uuid`.as("session_id"),
          sql`${origin?.messageIndex ?? null}::int`.as("message_index"),
          "s.updated_at",
        ])
        .where("s.project_id", "=", projectId)
        .where("s.id", "=", id),
    )
    .execute()
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
