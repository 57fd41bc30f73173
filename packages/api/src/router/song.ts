import { SequenceKey } from "@strudel-agent/contract/sequence"
import { SongPictures, songSchemas } from "@strudel-agent/contract/song"
import { SongAudio } from "@strudel-agent/contract/song/audio"
import { listClipsOfSong, listPicturesOfSong, listPlaylistsOfSong } from "@strudel-agent/database/queries/song"
import { songs } from "@strudel-agent/library/song"
import { readSongAudio, type SongEar } from "@strudel-agent/library/song-audio"
import type { TRPCRouterRecord } from "@trpc/server"
import { asBusy } from "../analysis.ts"
import type { Context } from "../context.ts"
import { reader } from "../trpc.ts"
import { sequenceRouter } from "./sequence.ts"
import { sequenceHistoryRouter } from "./sequence-history.ts"

/** What listens to songs; undefined where the server does not. */
const earOf = ({ songListener, analyser, address }: Context): SongEar | undefined =>
  songListener && {
    ...songListener,
    analyse: (code, range, signal) =>
      analyser.analyse(code, { ...range, caller: address, signal }).catch((cause: unknown) => {
        throw asBusy(cause)
      }),
  }

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

  /** What a song sounds like, section by section: rendered and measured while the caller waits, within limits. */
  audio: reader
    .input(SequenceKey)
    .output(SongAudio)
    .query(({ ctx, input, signal }) => readSongAudio(ctx.database.db, input, { ear: earOf(ctx), signal })),
} satisfies TRPCRouterRecord
