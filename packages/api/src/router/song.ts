import type { Db } from "@strudel-agent/database/client"
import { isBrokenReference, isDuplicate, isMissing } from "@strudel-agent/database/errors"
import { listClipIds } from "@strudel-agent/database/queries/clip"
import { ensureProject } from "@strudel-agent/database/queries/project"
import { removeProjectFileOf } from "@strudel-agent/database/queries/project-file"
import {
  findSong,
  insertSong,
  listClipsOfSong,
  listPlaylistsOfSong,
  listSongProjects,
  listSongs,
  removeSong,
  replaceSongClips,
  type SongRow,
  updateSong,
} from "@strudel-agent/database/queries/song"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { TRPCRouterRecord } from "@trpc/server"
import type { Context } from "../context.ts"
import { decodeCursor, places, toPage } from "../cursor.ts"
import { ApiError, badInput } from "../errors.ts"
import {
  Song,
  SongCreate,
  SongDetail,
  SongFind,
  SongKey,
  SongList,
  SongPage,
  SongSetClips,
  SongUpdate,
} from "../schema/song.ts"
import { soleOwner } from "../sole-owner.ts"
import { reader, writer } from "../trpc.ts"

const noSong = () => new ApiError("SONG_NOT_FOUND", "There is no such song.")

function present(row: SongRow | undefined): SongRow {
  if (!row) throw noSong()
  return row
}

async function putClips(tx: Db, key: SongKey, clipIds: string[]): Promise<void> {
  const known = new Set(await listClipIds(tx, key.projectId, [...new Set(clipIds)]))
  const place = clipIds.findIndex((id) => !known.has(id))
  if (place >= 0) throw badInput(`clipIds.${place}`, `the project "${key.projectId}" has no clip "${clipIds[place]}"`)
  await replaceSongClips(tx, key, clipIds)
}

/** Changes a song and, where given, its clips, in one transaction. */
function change(ctx: Context, input: SongUpdate): Promise<SongRow> {
  const { projectId, id, clipIds, ...fields } = input
  const key = { projectId, id }
  return inTransaction(ctx.database.db, async (tx) => {
    await updateSong(tx, key, { ...fields, updatedAt: new Date() }).catch((error: unknown) => {
      throw isMissing(error) ? noSong() : error
    })
    if (clipIds) await putClips(tx, key, clipIds)
    return present(await findSong(tx, key))
  })
}

async function detail(db: Db, key: SongKey) {
  const [song, clips, playlists] = await Promise.all([
    findSong(db, key),
    listClipsOfSong(db, key),
    listPlaylistsOfSong(db, key),
  ])
  return { ...present(song), clips, playlists }
}

export const songRouter = {
  list: reader
    .input(SongList)
    .output(SongPage)
    .query(async ({ ctx, input }) => {
      const [updatedAt, projectId, id] = decodeCursor(places.updated, input.cursor) ?? []
      const rows = await listSongs(ctx.database.db, {
        projectId: input.projectId,
        nameContains: input.q,
        after: updatedAt && projectId && id ? { updatedAt, projectId, id } : undefined,
        limit: input.limit + 1,
      })
      return toPage(rows, input.limit, (row) => [row.updatedAt, row.projectId, row.id])
    }),

  byId: reader
    .input(SongKey)
    .output(SongDetail)
    .query(({ ctx, input }) => detail(ctx.database.db, input)),

  /** The one song of an id, in whichever project. */
  find: reader
    .input(SongFind)
    .output(SongDetail)
    .query(async ({ ctx, input: { id, projectId } }) => {
      const owner = projectId ?? soleOwner(await listSongProjects(ctx.database.db, id), "SONG_NOT_FOUND")
      return detail(ctx.database.db, { projectId: owner, id })
    }),

  /** Creates a song; a project that is not there is created with its id as name. */
  create: writer
    .input(SongCreate)
    .output(Song)
    .mutation(async ({ ctx, input }) => {
      const { clipIds, ...song } = input
      try {
        return await inTransaction(ctx.database.db, async (tx) => {
          await ensureProject(tx, song.projectId)
          await insertSong(tx, song)
          await putClips(tx, song, clipIds)
          return present(await findSong(tx, song))
        })
      } catch (error) {
        if (isDuplicate(error)) {
          throw new ApiError("SONG_EXISTS", `The project "${song.projectId}" has a song "${song.id}" already.`)
        }
        throw error
      }
    }),

  update: writer
    .input(SongUpdate)
    .output(Song)
    .mutation(({ ctx, input }) => change(ctx, input)),

  /** Puts clips into a song in this order, in place of those it had. */
  setClips: writer
    .input(SongSetClips)
    .output(Song)
    .mutation(({ ctx, input }) => change(ctx, input)),

  /** Deletes a song; refused where a playlist uses it. */
  delete: writer.input(SongKey).mutation(async ({ ctx, input }) => {
    const { db } = ctx.database
    try {
      const removed = await inTransaction(db, async (tx) => {
        await removeProjectFileOf(tx, input.projectId, { type: "song", id: input.id })
        return removeSong(tx, input)
      })
      if (!removed) throw noSong()
      return input
    } catch (error) {
      if (!isBrokenReference(error)) throw error
      const names = (await listPlaylistsOfSong(db, input)).map(({ name }) => name)
      throw new ApiError("SONG_IN_USE", `The song is used by the playlists: ${names.join(", ")}.`, { names })
    }
  }),
} satisfies TRPCRouterRecord
