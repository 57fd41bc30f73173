import {
  Playlist,
  PlaylistHistoryPage,
  PlaylistRestore,
  PlaylistVersionDetail,
  PlaylistVersionKey,
  PlaylistVersionList,
  PlaylistVersionPage,
} from "@strudel-agent/contract/playlist"
import { playlists } from "@strudel-agent/library/playlist"
import type { TRPCRouterRecord } from "@trpc/server"
import { mapPage, readHistory, readVersions } from "../page/sequence-page.ts"
import { reader, writer } from "../trpc.ts"
import { toPlaylist } from "./playlist.ts"

/** What playlists were: their versions, what each changed, and the way back to them. */
export const playlistHistoryRouter = {
  /** A playlist's versions, the newest first. */
  versions: reader
    .input(PlaylistVersionList)
    .output(PlaylistVersionPage)
    .query(async ({ ctx, input }) =>
      mapPage(
        await readVersions(ctx.database.db, playlists, input),
        ({ id: playlistId, partIds: songIds, ...version }) => ({
          ...version,
          ...{ playlistId, songIds },
        }),
      ),
    ),

  version: reader
    .input(PlaylistVersionKey)
    .output(PlaylistVersionDetail)
    .query(async ({ ctx, input }) => {
      const {
        id: playlistId,
        partIds: songIds,
        parts: songs,
        ...version
      } = await playlists.readVersion(ctx.database.db, input)
      return { ...version, playlistId, songIds, songs }
    }),

  /** A playlist's versions without their texts and songs, the newest first: what each changed and where it came from. */
  history: reader
    .input(PlaylistVersionList)
    .output(PlaylistHistoryPage)
    .query(async ({ ctx, input }) =>
      mapPage(await readHistory(ctx.database.db, playlists, input), ({ id: playlistId, ...entry }) => ({
        ...entry,
        playlistId,
      })),
    ),

  /** Makes a former version the next one; refused where songs of it are gone, unless they are to be left out. */
  restore: writer
    .input(PlaylistRestore)
    .output(Playlist)
    .mutation(async ({ ctx, input }) => toPlaylist(await playlists.restore(ctx.database.db, input))),
} satisfies TRPCRouterRecord
