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
import type { Db } from "@strudel-agent/database/client"
import { listSongsOfPlaylist } from "@strudel-agent/database/queries/playlist"
import type { SequenceRow } from "@strudel-agent/database/queries/sequence"
import { playlists } from "@strudel-agent/library/playlist"
import type { TRPCRouterRecord } from "@trpc/server"
import { mapPage, readSequences } from "../page/sequence-page.ts"
import { reader, writer } from "../trpc.ts"

/** A playlist as it is answered. */
export const toPlaylist = ({ partIds: songIds, ...playlist }: SequenceRow) => ({ ...playlist, songIds })

async function detail(db: Db, key: PlaylistKey) {
  const [playlist, songs] = await Promise.all([playlists.queries.find(db, key), listSongsOfPlaylist(db, key)])
  return { ...toPlaylist(playlists.present(playlist)), songs }
}

async function update(db: Db, { songIds: partIds, ...input }: PlaylistUpdate) {
  return toPlaylist(await playlists.update(db, { ...input, partIds }))
}

export const playlistRouter = {
  list: reader
    .input(PlaylistList)
    .output(PlaylistPage)
    .query(async ({ ctx, input }) => mapPage(await readSequences(ctx.database.db, playlists, input), toPlaylist)),

  byId: reader
    .input(PlaylistKey)
    .output(PlaylistDetail)
    .query(({ ctx, input }) => detail(ctx.database.db, input)),

  /** The one playlist of an id, in whichever project. */
  find: reader
    .input(PlaylistFind)
    .output(PlaylistDetail)
    .query(async ({ ctx, input }) => detail(ctx.database.db, await playlists.ownerOf(ctx.database.db, input))),

  /** Creates a playlist; a project that is not there is created with its id as name. */
  create: writer
    .input(PlaylistCreate)
    .output(Playlist)
    .mutation(async ({ ctx, input: { songIds: partIds, ...playlist } }) =>
      toPlaylist(await playlists.create(ctx.database.db, { ...playlist, partIds })),
    ),

  update: writer
    .input(PlaylistUpdate)
    .output(Playlist)
    .mutation(({ ctx, input }) => update(ctx.database.db, input)),

  /** Puts songs into a playlist in this order, in place of those it had. */
  setSongs: writer
    .input(PlaylistSetSongs)
    .output(Playlist)
    .mutation(({ ctx, input }) => update(ctx.database.db, input)),

  delete: writer
    .input(PlaylistDelete)
    .output(PlaylistKey)
    .mutation(({ ctx, input }) => playlists.remove(ctx.database.db, input)),
} satisfies TRPCRouterRecord
