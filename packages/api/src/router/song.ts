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
import type { SequenceRow } from "@strudel-agent/database/queries/sequence"
import { listClipsOfSong, listPicturesOfSong, listPlaylistsOfSong } from "@strudel-agent/database/queries/song"
import { songs } from "@strudel-agent/library/song"
import type { TRPCRouterRecord } from "@trpc/server"
import { mapPage, readSequences } from "../page/sequence-page.ts"
import { reader, writer } from "../trpc.ts"

/** A song as it is answered. */
export const toSong = ({ partIds: clipIds, ...song }: SequenceRow) => ({ ...song, clipIds })

async function detail(db: Db, key: SongKey) {
  const [song, clips, playlists] = await Promise.all([
    songs.queries.find(db, key),
    listClipsOfSong(db, key),
    listPlaylistsOfSong(db, key),
  ])
  return { ...toSong(songs.present(song)), clips, playlists }
}

async function update(db: Db, { clipIds: partIds, ...input }: SongUpdate) {
  return toSong(await songs.update(db, { ...input, partIds }))
}

export const songRouter = {
  list: reader
    .input(SongList)
    .output(SongPage)
    .query(async ({ ctx, input }) => mapPage(await readSequences(ctx.database.db, songs, input), toSong)),

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
    .query(async ({ ctx, input }) => detail(ctx.database.db, await songs.ownerOf(ctx.database.db, input))),

  /** Creates a song; a project that is not there is created with its id as name. */
  create: writer
    .input(SongCreate)
    .output(Song)
    .mutation(async ({ ctx, input: { clipIds: partIds, ...song } }) =>
      toSong(await songs.create(ctx.database.db, { ...song, partIds })),
    ),

  update: writer
    .input(SongUpdate)
    .output(Song)
    .mutation(({ ctx, input }) => update(ctx.database.db, input)),

  /** Puts clips into a song in this order, in place of those it had. */
  setClips: writer
    .input(SongSetClips)
    .output(Song)
    .mutation(({ ctx, input }) => update(ctx.database.db, input)),

  /** Deletes a song; refused where a playlist uses it. */
  delete: writer
    .input(SongDelete)
    .output(SongKey)
    .mutation(({ ctx, input }) => songs.remove(ctx.database.db, input)),
} satisfies TRPCRouterRecord
