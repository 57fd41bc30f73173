import {
  Clip,
  ClipCreate,
  ClipDelete,
  ClipDetail,
  ClipFind,
  ClipKey,
  ClipList,
  ClipPage,
  ClipUpdate,
  ClipVersion,
  ClipVersionKey,
  ClipVersionList,
  ClipVersionPage,
} from "@strudel-agent/contract/clip"
import { limits } from "@strudel-agent/contract/limits"
import { findClipVersion, listClipVersions } from "@strudel-agent/database/queries/clip/version"
import {
  createClip,
  deleteClip,
  findClipAnywhere,
  noClip,
  readClip,
  restoreClip,
  updateClip,
} from "@strudel-agent/library/clip"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { decodeCursor, places, toBoundedPage } from "../cursor.ts"
import { ApiError } from "../errors.ts"
import { readClips } from "../page/clip-page.ts"
import { pageReader, reader, writer } from "../trpc.ts"
import { Written } from "../written.ts"

export const clipRouter = {
  list: pageReader(ClipPage)
    .input(ClipList)
    .query(async ({ ctx, input }) => {
      const { list, nextCursor } = await readClips(ctx.database.db, input, "router")
      return new Written<z.output<typeof ClipPage>>(`{"items":${list},"nextCursor":${JSON.stringify(nextCursor)}}`)
    }),

  byId: reader
    .input(ClipKey)
    .output(ClipDetail)
    .query(({ ctx, input }) => readClip(ctx.database.db, input)),

  /** The one clip of an id, in whichever project. */
  find: reader
    .input(ClipFind)
    .output(ClipDetail)
    .query(({ ctx, input }) => findClipAnywhere(ctx.database.db, input)),

  /** Creates a clip; a project that is not there is created with its id as name. */
  create: writer
    .input(ClipCreate)
    .output(Clip)
    .mutation(({ ctx, input }) => createClip(ctx.database.db, input)),

  update: writer
    .input(ClipUpdate)
    .output(Clip)
    .mutation(({ ctx, input }) => updateClip(ctx.database.db, input)),

  /** Deletes a clip with its versions; refused where a song uses it. */
  delete: writer.input(ClipDelete).mutation(({ ctx, input }) => deleteClip(ctx.database.db, input)),

  /** A clip's versions, the newest first. */
  versions: reader
    .input(ClipVersionList)
    .output(ClipVersionPage)
    .query(async ({ ctx, input }) => {
      const { cursor, limit, ...key } = input
      const [before] = decodeCursor(places.version, cursor) ?? []
      const page = { ...key, before, limit: limit + 1, maxBytes: limits.pageBytes }
      const list = await listClipVersions(ctx.database.db, page)
      if (list.found === 0 && before === undefined) throw noClip()
      return toBoundedPage(list, limit, (row) => [row.version])
    }),

  version: reader
    .input(ClipVersionKey)
    .output(ClipVersion)
    .query(async ({ ctx, input }) => {
      const version = await findClipVersion(ctx.database.db, input, input.version)
      if (!version) throw new ApiError("CLIP_VERSION_NOT_FOUND", "The clip has no such version.")
      return version
    }),

  /** Makes a former version the next one. */
  restore: writer
    .input(ClipVersionKey)
    .output(Clip)
    .mutation(({ ctx, input }) => restoreClip(ctx.database.db, input)),
} satisfies TRPCRouterRecord
