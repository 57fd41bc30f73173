import { limits } from "@strudel-agent/contract/limits"
import { foldQuery } from "@strudel-agent/contract/search-fold"
import {
  Song,
  SongCreate,
  SongDelete,
  SongDetail,
  SongFind,
  SongKey,
  SongList,
  SongPage,
  SongPictures,
  SongSetClips,
  SongUpdate,
} from "@strudel-agent/contract/song"
import type { Db } from "@strudel-agent/database/client"
import { isBrokenReference, isDuplicate } from "@strudel-agent/database/errors"
import { listClipNames } from "@strudel-agent/database/queries/clip"
import { removeProjectFileOf } from "@strudel-agent/database/queries/project-file"
import {
  findSong,
  listClipsOfSong,
  listPicturesOfSong,
  listPlaylistsOfSong,
  listSongProjects,
  listSongs,
  lockSong,
  removeSong,
  type SongRow,
} from "@strudel-agent/database/queries/song"
import { createSong, reviseSong } from "@strudel-agent/database/queries/song-version"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { TRPCRouterRecord } from "@trpc/server"
import type { Context } from "../context.ts"
import { itemOrder, toBoundedPage } from "../cursor.ts"
import { ApiError, badInput } from "../errors.ts"
import { withTextAhead } from "../folder/text-ahead.ts"
import type { Reordered } from "../folder/text-in-order.ts"
import { expectUnchanged } from "../last-change.ts"
import { soleOwner } from "../sole-owner.ts"
import { reader, writer } from "../trpc.ts"

const whenChanged = { reason: "SONG_CHANGED", what: "song" } as const

const noSong = () => new ApiError("SONG_NOT_FOUND", "There is no such song.")

function present(row: SongRow | undefined): SongRow {
  if (!row) throw noSong()
  return row
}

/** The names of clips; refused where the project does not have one of them. */
async function namesOfClips(tx: Db, projectId: string, clipIds: string[]): Promise<Map<string, string>> {
  const names = await listClipNames(tx, projectId, [...new Set(clipIds)])
  const place = clipIds.findIndex((id) => !names.has(id))
  if (place >= 0) throw badInput(`clipIds.${place}`, `the project "${projectId}" has no clip "${clipIds[place]}"`)
  return names
}

/** What a text that lists the clips has to follow. */
const reorderedBy = (former: SongRow, next: string[], names: Map<string, string>): Reordered => ({
  projectId: former.projectId,
  type: "song",
  body: former.body,
  former: former.clipIds,
  next,
  nameOf: (id) => names.get(id) ?? id,
})

/**
 * Changes a song and, where given, its clips, in one transaction; a change of nothing writes nothing. A text that lists
 * the clips, and that is not changed itself, keeps listing them.
 */
function change(ctx: Context, input: SongUpdate): Promise<SongRow> {
  const { projectId, id, clipIds, expectedUpdatedAt, expectedVersion, ...fields } = input
  const { db } = ctx.database
  const key = { projectId, id }
  return withTextAhead(db, {
    foresee: async () => {
      const former = clipIds && fields.body === undefined ? await findSong(db, key) : undefined
      if (!former || !clipIds) return undefined
      return reorderedBy(former, clipIds, await listClipNames(db, projectId, [...new Set(clipIds)]))
    },
    change: (inOrder) =>
      inTransaction(db, async (tx) =>
        present(
          await reviseSong(tx, key, async (current) => {
            expectUnchanged(current, { expectedUpdatedAt, expectedVersion }, whenChanged)
            const names = clipIds && (await namesOfClips(tx, projectId, clipIds))
            const body =
              names && fields.body === undefined ? await inOrder(tx, reorderedBy(current, clipIds, names)) : fields.body
            return { ...fields, body, clipIds }
          }),
        ),
      ),
  })
}

/** Locks a song until the transaction ends and reads it. */
async function locked(tx: Db, key: SongKey): Promise<SongRow> {
  if (!(await lockSong(tx, key))) throw noSong()
  return present(await findSong(tx, key))
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
      const { projectId, q, sort, limit } = input
      const list = await listSongs(ctx.database.db, {
        projectId,
        nameContains: foldQuery(q),
        order: itemOrder(input),
        limit: limit + 1,
        maxBytes: limits.pageBytes,
      })
      return toBoundedPage(list, limit, (row) => [sort === "name" ? row.name : row.updatedAt, row.projectId, row.id])
    }),

  byId: reader
    .input(SongKey)
    .output(SongDetail)
    .query(({ ctx, input }) => detail(ctx.database.db, input)),

  /** What the clips of a song play; none of a song that is not there. */
  pictures: reader
    .input(SongKey)
    .output(SongPictures)
    .query(async ({ ctx, input }) => ({ items: await listPicturesOfSong(ctx.database.db, input) })),

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
      const { origin, ...song } = input
      try {
        return await inTransaction(ctx.database.db, async (tx) => {
          await namesOfClips(tx, song.projectId, song.clipIds)
          return present(await createSong(tx, song, origin))
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
  delete: writer.input(SongDelete).mutation(async ({ ctx, input: { expectedUpdatedAt, expectedVersion, ...key } }) => {
    const { db } = ctx.database
    try {
      await inTransaction(db, async (tx) => {
        expectUnchanged(await locked(tx, key), { expectedUpdatedAt, expectedVersion }, whenChanged)
        await removeProjectFileOf(tx, key.projectId, { type: "song", id: key.id })
        await removeSong(tx, key)
      })
      return key
    } catch (error) {
      if (!isBrokenReference(error)) throw error
      const names = (await listPlaylistsOfSong(db, key)).map(({ name }) => name)
      throw new ApiError("SONG_IN_USE", `The song is used by the playlists: ${names.join(", ")}.`, { names })
    }
  }),
} satisfies TRPCRouterRecord
