import { limits } from "@strudel-agent/contract/limits"
import {
  Playlist,
  PlaylistCreate,
  PlaylistDelete,
  PlaylistDetail,
  PlaylistFind,
  PlaylistKey,
  PlaylistList,
  PlaylistPage,
  PlaylistSetSongs,
  PlaylistUpdate,
} from "@strudel-agent/contract/playlist"
import { foldQuery } from "@strudel-agent/contract/search-fold"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import {
  findPlaylist,
  listPlaylistProjects,
  listPlaylists,
  listSongsOfPlaylist,
  lockPlaylist,
  type PlaylistRow,
  removePlaylist,
} from "@strudel-agent/database/queries/playlist"
import { createPlaylist, revisePlaylist } from "@strudel-agent/database/queries/playlist-version"
import { removeProjectFileOf } from "@strudel-agent/database/queries/project-file"
import { listSongNames } from "@strudel-agent/database/queries/song"
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

const whenChanged = { reason: "PLAYLIST_CHANGED", what: "playlist" } as const

const noPlaylist = () => new ApiError("PLAYLIST_NOT_FOUND", "There is no such playlist.")

function present(row: PlaylistRow | undefined): PlaylistRow {
  if (!row) throw noPlaylist()
  return row
}

/** The names of songs; refused where the project does not have one of them. */
async function namesOfSongs(tx: Db, projectId: string, songIds: string[]): Promise<Map<string, string>> {
  const names = await listSongNames(tx, projectId, [...new Set(songIds)])
  const place = songIds.findIndex((id) => !names.has(id))
  if (place >= 0) throw badInput(`songIds.${place}`, `the project "${projectId}" has no song "${songIds[place]}"`)
  return names
}

/** What a text that lists the songs has to follow. */
const reorderedBy = (former: PlaylistRow, next: string[], names: Map<string, string>): Reordered => ({
  projectId: former.projectId,
  type: "playlist",
  body: former.body,
  former: former.songIds,
  next,
  nameOf: (id) => names.get(id) ?? id,
})

/**
 * Changes a playlist and, where given, its songs, in one transaction; a change of nothing writes nothing. A text that lists
 * the songs, and that is not changed itself, keeps listing them.
 */
function change(ctx: Context, input: PlaylistUpdate): Promise<PlaylistRow> {
  const { projectId, id, songIds, expectedUpdatedAt, expectedVersion, ...fields } = input
  const { db } = ctx.database
  const key = { projectId, id }
  return withTextAhead(db, {
    foresee: async () => {
      const former = songIds && fields.body === undefined ? await findPlaylist(db, key) : undefined
      if (!former || !songIds) return undefined
      return reorderedBy(former, songIds, await listSongNames(db, projectId, [...new Set(songIds)]))
    },
    change: (inOrder) =>
      inTransaction(db, async (tx) =>
        present(
          await revisePlaylist(tx, key, async (current) => {
            expectUnchanged(current, { expectedUpdatedAt, expectedVersion }, whenChanged)
            const names = songIds && (await namesOfSongs(tx, projectId, songIds))
            const body =
              names && fields.body === undefined ? await inOrder(tx, reorderedBy(current, songIds, names)) : fields.body
            return { ...fields, body, songIds }
          }),
        ),
      ),
  })
}

/** Locks a playlist until the transaction ends and reads it. */
async function locked(tx: Db, key: PlaylistKey): Promise<PlaylistRow> {
  if (!(await lockPlaylist(tx, key))) throw noPlaylist()
  return present(await findPlaylist(tx, key))
}

async function detail(db: Db, key: PlaylistKey) {
  const [playlist, songs] = await Promise.all([findPlaylist(db, key), listSongsOfPlaylist(db, key)])
  return { ...present(playlist), songs }
}

export const playlistRouter = {
  list: reader
    .input(PlaylistList)
    .output(PlaylistPage)
    .query(async ({ ctx, input }) => {
      const { projectId, q, sort, limit } = input
      const list = await listPlaylists(ctx.database.db, {
        projectId,
        nameContains: foldQuery(q),
        order: itemOrder(input),
        limit: limit + 1,
        maxBytes: limits.pageBytes,
      })
      return toBoundedPage(list, limit, (row) => [sort === "name" ? row.name : row.updatedAt, row.projectId, row.id])
    }),

  byId: reader
    .input(PlaylistKey)
    .output(PlaylistDetail)
    .query(({ ctx, input }) => detail(ctx.database.db, input)),

  /** The one playlist of an id, in whichever project. */
  find: reader
    .input(PlaylistFind)
    .output(PlaylistDetail)
    .query(async ({ ctx, input: { id, projectId } }) => {
      const owner = projectId ?? soleOwner(await listPlaylistProjects(ctx.database.db, id), "PLAYLIST_NOT_FOUND")
      return detail(ctx.database.db, { projectId: owner, id })
    }),

  /** Creates a playlist; a project that is not there is created with its id as name. */
  create: writer
    .input(PlaylistCreate)
    .output(Playlist)
    .mutation(async ({ ctx, input }) => {
      const { origin, ...playlist } = input
      try {
        return await inTransaction(ctx.database.db, async (tx) => {
          await namesOfSongs(tx, playlist.projectId, playlist.songIds)
          return present(await createPlaylist(tx, playlist, origin))
        })
      } catch (error) {
        if (isDuplicate(error)) {
          const { projectId, id } = playlist
          throw new ApiError("PLAYLIST_EXISTS", `The project "${projectId}" has a playlist "${id}" already.`)
        }
        throw error
      }
    }),

  update: writer
    .input(PlaylistUpdate)
    .output(Playlist)
    .mutation(({ ctx, input }) => change(ctx, input)),

  /** Puts songs into a playlist in this order, in place of those it had. */
  setSongs: writer
    .input(PlaylistSetSongs)
    .output(Playlist)
    .mutation(({ ctx, input }) => change(ctx, input)),

  delete: writer
    .input(PlaylistDelete)
    .mutation(async ({ ctx, input: { expectedUpdatedAt, expectedVersion, ...key } }) => {
      await inTransaction(ctx.database.db, async (tx) => {
        expectUnchanged(await locked(tx, key), { expectedUpdatedAt, expectedVersion }, whenChanged)
        await removeProjectFileOf(tx, key.projectId, { type: "playlist", id: key.id })
        await removePlaylist(tx, key)
      })
      return key
    }),
} satisfies TRPCRouterRecord
