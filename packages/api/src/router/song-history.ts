import { limits } from "@strudel-agent/contract/limits"
import {
  Song,
  SongHistoryPage,
  SongRestore,
  SongVersionDetail,
  SongVersionKey,
  SongVersionList,
  SongVersionPage,
} from "@strudel-agent/contract/song"
import type { Db } from "@strudel-agent/database/client"
import { listClipNames } from "@strudel-agent/database/queries/clip"
import { metadataOf } from "@strudel-agent/database/queries/columns"
import {
  findSongVersion,
  listSongHistory,
  listSongVersions,
  reviseSong,
  type SongVersionRow,
} from "@strudel-agent/database/queries/song-version"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { TRPCRouterRecord } from "@trpc/server"
import { decodeCursor, places, toBoundedPage } from "../cursor.ts"
import { ApiError } from "../errors.ts"
import { reader, writer } from "../trpc.ts"
import { changeBetween, orderBetween } from "../version-change.ts"
import { toHistoryPage } from "../version-history.ts"

async function findVersion(db: Db, { version, ...key }: { projectId: string; id: string; version: number }) {
  const found = await findSongVersion(db, key, version)
  if (!found) throw new ApiError("SONG_VERSION_NOT_FOUND", "The song has no such version.")
  return found
}

/** The clips of a version, each once, with their names today: null where one is gone. */
async function clipsOf(db: Db, { projectId, clipIds }: SongVersionRow) {
  const ids = [...new Set(clipIds)]
  const names = await listClipNames(db, projectId, ids)
  return ids.map((id) => ({ id, name: names.get(id) ?? null }))
}

/** What songs were: their versions, what each changed, and the way back to them. */
export const songHistoryRouter = {
  /** A song's versions, the newest first. */
  versions: reader
    .input(SongVersionList)
    .output(SongVersionPage)
    .query(async ({ ctx, input: { cursor, limit, ...key } }) => {
      const [before] = decodeCursor(places.version, cursor) ?? []
      const page = { ...key, before, limit: limit + 1, maxBytes: limits.pageBytes }
      const list = await listSongVersions(ctx.database.db, page)
      if (list.found === 0 && before === undefined) throw new ApiError("SONG_NOT_FOUND", "There is no such song.")
      return toBoundedPage(list, limit, (row) => [row.version])
    }),

  version: reader
    .input(SongVersionKey)
    .output(SongVersionDetail)
    .query(async ({ ctx, input }) => {
      const version = await findVersion(ctx.database.db, input)
      return { ...version, clips: await clipsOf(ctx.database.db, version) }
    }),

  /** A song's versions without their texts and clips, the newest first: what each changed and where it came from. */
  history: reader
    .input(SongVersionList)
    .output(SongHistoryPage)
    .query(async ({ ctx, input: { cursor, limit, ...key } }) => {
      const [before] = decodeCursor(places.version, cursor) ?? []
      const page = { ...key, before, limit: limit + 1, maxBytes: limits.historyBytes }
      const list = await listSongHistory(ctx.database.db, page)
      if (list.found === 0 && before === undefined) throw new ApiError("SONG_NOT_FOUND", "There is no such song.")
      return toHistoryPage(list, limit, (former, row, timeout) => ({
        ...changeBetween({ ...former, text: former.body }, { ...row, text: row.body }, timeout),
        order: orderBetween(former.clipIds, row.clipIds, timeout),
      }))
    }),

  /** Makes a former version the next one; refused where clips of it are gone, unless they are to be left out. */
  restore: writer
    .input(SongRestore)
    .output(Song)
    .mutation(async ({ ctx, input: { leaveOutMissing, ...input } }) => {
      const song = await inTransaction(ctx.database.db, async (tx) => {
        const former = await findVersion(tx, input)
        return reviseSong(tx, input, async () => {
          const clips = await clipsOf(tx, former)
          const missing = clips.filter(({ name }) => name === null).map(({ id }) => id)
          if (missing.length > 0 && !leaveOutMissing) {
            const words = `Clips of version ${former.version} are gone: ${missing.slice(0, 10).join(", ")}${missing.length > 10 ? ", …" : ""}.`
            throw new ApiError("SONG_CLIPS_MISSING", words, { names: missing })
          }
          const clipIds = former.clipIds.filter((id) => !missing.includes(id))
          return { name: former.name, body: former.body, metadata: metadataOf(former.metadata), clipIds }
        })
      })
      if (!song) throw new ApiError("SONG_NOT_FOUND", "There is no such song.")
      return song
    }),
} satisfies TRPCRouterRecord
