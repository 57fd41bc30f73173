import {
  Song,
  SongHistoryPage,
  SongRestore,
  SongVersionDetail,
  SongVersionKey,
  SongVersionList,
  SongVersionPage,
} from "@strudel-agent/contract/song"
import { songs } from "@strudel-agent/library/song"
import type { TRPCRouterRecord } from "@trpc/server"
import { mapPage, readHistory, readVersions } from "../page/sequence-page.ts"
import { reader, writer } from "../trpc.ts"
import { toSong } from "./song.ts"

/** What songs were: their versions, what each changed, and the way back to them. */
export const songHistoryRouter = {
  /** A song's versions, the newest first. */
  versions: reader
    .input(SongVersionList)
    .output(SongVersionPage)
    .query(async ({ ctx, input }) =>
      mapPage(await readVersions(ctx.database.db, songs, input), ({ id: songId, partIds: clipIds, ...version }) => ({
        ...version,
        ...{ songId, clipIds },
      })),
    ),

  version: reader
    .input(SongVersionKey)
    .output(SongVersionDetail)
    .query(async ({ ctx, input }) => {
      const { id: songId, partIds: clipIds, parts: clips, ...version } = await songs.readVersion(ctx.database.db, input)
      return { ...version, songId, clipIds, clips }
    }),

  /** A song's versions without their texts and clips, the newest first: what each changed and where it came from. */
  history: reader
    .input(SongVersionList)
    .output(SongHistoryPage)
    .query(async ({ ctx, input }) =>
      mapPage(await readHistory(ctx.database.db, songs, input), ({ id: songId, ...entry }) => ({ ...entry, songId })),
    ),

  /** Makes a former version the next one; refused where clips of it are gone, unless they are to be left out. */
  restore: writer
    .input(SongRestore)
    .output(Song)
    .mutation(async ({ ctx, input }) => toSong(await songs.restore(ctx.database.db, input))),
} satisfies TRPCRouterRecord
