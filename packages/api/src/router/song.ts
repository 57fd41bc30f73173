import { SequenceKey } from "@strudel-agent/contract/sequence"
import { SongPictures, songSchemas } from "@strudel-agent/contract/song"
import { listClipsOfSong, listPicturesOfSong, listPlaylistsOfSong } from "@strudel-agent/database/queries/song"
import { songs } from "@strudel-agent/library/song"
import type { TRPCRouterRecord } from "@trpc/server"
import { reader } from "../trpc.ts"
import { sequenceRouter } from "./sequence.ts"
import { sequenceHistoryRouter } from "./sequence-history.ts"

const { arrange, ...common } = sequenceRouter({
  sequences: songs,
  schemas: songSchemas,
  async readMore(db, key) {
    const [parts, playlists] = await Promise.all([listClipsOfSong(db, key), listPlaylistsOfSong(db, key)])
    return { parts, playlists }
  },
})

export const songRouter = {
  ...common,
  ...sequenceHistoryRouter({ sequences: songs, schemas: songSchemas }),
  setClips: arrange,

  /** What the clips of a song play; none of a song that is not there. */
  pictures: reader
    .input(SequenceKey)
    .output(SongPictures)
    .query(async ({ ctx, input }) => ({ items: await listPicturesOfSong(ctx.database.db, input) })),
} satisfies TRPCRouterRecord
