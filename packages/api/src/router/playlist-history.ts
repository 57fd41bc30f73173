import { limits } from "@strudel-agent/contract/limits"
import {
  Playlist,
  PlaylistHistoryPage,
  PlaylistRestore,
  PlaylistVersionDetail,
  PlaylistVersionKey,
  PlaylistVersionList,
  PlaylistVersionPage,
} from "@strudel-agent/contract/playlist"
import type { Db } from "@strudel-agent/database/client"
import { metadataOf } from "@strudel-agent/database/queries/columns"
import {
  findPlaylistVersion,
  listPlaylistHistory,
  listPlaylistVersions,
  type PlaylistVersionRow,
  revisePlaylist,
} from "@strudel-agent/database/queries/playlist-version"
import { listSongNames } from "@strudel-agent/database/queries/song"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { TRPCRouterRecord } from "@trpc/server"
import { decodeCursor, places, toBoundedPage } from "../cursor.ts"
import { ApiError } from "../errors.ts"
import { reader, writer } from "../trpc.ts"
import { changeBetween, orderBetween } from "../version-change.ts"
import { toHistoryPage } from "../version-history.ts"

async function findVersion(db: Db, { version, ...key }: { projectId: string; id: string; version: number }) {
  const found = await findPlaylistVersion(db, key, version)
  if (!found) throw new ApiError("PLAYLIST_VERSION_NOT_FOUND", "The playlist has no such version.")
  return found
}

/** The songs of a version, each once, with their names today: null where one is gone. */
async function songsOf(db: Db, { projectId, songIds }: PlaylistVersionRow) {
  const ids = [...new Set(songIds)]
  const names = await listSongNames(db, projectId, ids)
  return ids.map((id) => ({ id, name: names.get(id) ?? null }))
}

/** What playlists were: their versions, what each changed, and the way back to them. */
export const playlistHistoryRouter = {
  /** A playlist's versions, the newest first. */
  versions: reader
    .input(PlaylistVersionList)
    .output(PlaylistVersionPage)
    .query(async ({ ctx, input: { cursor, limit, ...key } }) => {
      const [before] = decodeCursor(places.version, cursor) ?? []
      const page = { ...key, before, limit: limit + 1, maxBytes: limits.pageBytes }
      const list = await listPlaylistVersions(ctx.database.db, page)
      if (list.found === 0 && before === undefined)
        throw new ApiError("PLAYLIST_NOT_FOUND", "There is no such playlist.")
      return toBoundedPage(list, limit, (row) => [row.version])
    }),

  version: reader
    .input(PlaylistVersionKey)
    .output(PlaylistVersionDetail)
    .query(async ({ ctx, input }) => {
      const version = await findVersion(ctx.database.db, input)
      return { ...version, songs: await songsOf(ctx.database.db, version) }
    }),

  /** A playlist's versions without their texts and songs, the newest first: what each changed and where it came from. */
  history: reader
    .input(PlaylistVersionList)
    .output(PlaylistHistoryPage)
    .query(async ({ ctx, input: { cursor, limit, ...key } }) => {
      const [before] = decodeCursor(places.version, cursor) ?? []
      const page = { ...key, before, limit: limit + 1, maxBytes: limits.historyBytes }
      const list = await listPlaylistHistory(ctx.database.db, page)
      if (list.found === 0 && before === undefined)
        throw new ApiError("PLAYLIST_NOT_FOUND", "There is no such playlist.")
      return toHistoryPage(list, limit, (former, row, timeout) => ({
        ...changeBetween({ ...former, text: former.body }, { ...row, text: row.body }, timeout),
        order: orderBetween(former.songIds, row.songIds, timeout),
      }))
    }),

  /** Makes a former version the next one; refused where songs of it are gone, unless they are to be left out. */
  restore: writer
    .input(PlaylistRestore)
    .output(Playlist)
    .mutation(async ({ ctx, input: { leaveOutMissing, ...input } }) => {
      const playlist = await inTransaction(ctx.database.db, async (tx) => {
        const former = await findVersion(tx, input)
        return revisePlaylist(tx, input, async () => {
          const songs = await songsOf(tx, former)
          const missing = songs.filter(({ name }) => name === null).map(({ id }) => id)
          if (missing.length > 0 && !leaveOutMissing) {
            const words = `Songs of version ${former.version} are gone: ${missing.slice(0, 10).join(", ")}${missing.length > 10 ? ", …" : ""}.`
            throw new ApiError("PLAYLIST_SONGS_MISSING", words, { names: missing })
          }
          const songIds = former.songIds.filter((id) => !missing.includes(id))
          return { name: former.name, body: former.body, metadata: metadataOf(former.metadata), songIds }
        })
      })
      if (!playlist) throw new ApiError("PLAYLIST_NOT_FOUND", "There is no such playlist.")
      return playlist
    }),
} satisfies TRPCRouterRecord
