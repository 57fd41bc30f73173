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
import type { Db } from "@strudel-agent/database/client"
import { isBrokenReference, isDuplicate } from "@strudel-agent/database/errors"
import {
  type ClipRow,
  findClip,
  listClipProjects,
  listSongsOfClip,
  lockClip,
  removeClip,
} from "@strudel-agent/database/queries/clip"
import {
  createClip,
  findClipAnalysis,
  findClipVersion,
  listClipVersions,
  restoreClip,
  reviseClip,
} from "@strudel-agent/database/queries/clip-version"
import { removeProjectFileOf } from "@strudel-agent/database/queries/project-file"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { decodeCursor, places, toBoundedPage } from "../cursor.ts"
import { ApiError } from "../errors.ts"
import { expectUnchanged, hasChanged } from "../last-change.ts"
import { readClips } from "../page/clip-page.ts"
import { soleOwner } from "../sole-owner.ts"
import { pageReader, reader, writer } from "../trpc.ts"
import { Written } from "../written.ts"

const noClip = () => new ApiError("CLIP_NOT_FOUND", "There is no such clip.")

const whenChanged = { reason: "CLIP_CHANGED", what: "clip" } as const

function present(row: ClipRow | "changed" | null | undefined): ClipRow {
  if (!row) throw noClip()
  if (row === "changed") throw hasChanged(whenChanged)
  return row
}

async function detail(db: Db, key: ClipKey) {
  const [row, songs] = await Promise.all([findClip(db, key), listSongsOfClip(db, key)])
  const clip = present(row)
  const found = await findClipAnalysis(db, clip)
  if (!found?.state) return { ...clip, songs, picture: null, analysis: null }
  const { picture, state: _, ...analysis } = found
  return { ...clip, songs, picture, analysis }
}

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
    .query(({ ctx, input }) => detail(ctx.database.db, input)),

  /** The one clip of an id, in whichever project. */
  find: reader
    .input(ClipFind)
    .output(ClipDetail)
    .query(async ({ ctx, input: { id, projectId } }) => {
      const owner = projectId ?? soleOwner(await listClipProjects(ctx.database.db, id), "CLIP_NOT_FOUND")
      return detail(ctx.database.db, { projectId: owner, id })
    }),

  /** Creates a clip; a project that is not there is created with its id as name. */
  create: writer
    .input(ClipCreate)
    .output(Clip)
    .mutation(async ({ ctx, input }) => {
      const { origin, ...clip } = input
      try {
        return await inTransaction(ctx.database.db, (tx) => createClip(tx, clip, origin))
      } catch (error) {
        if (isDuplicate(error)) {
          throw new ApiError("CLIP_EXISTS", `The project "${clip.projectId}" has a clip "${clip.id}" already.`)
        }
        throw error
      }
    }),

  update: writer
    .input(ClipUpdate)
    .output(Clip)
    .mutation(async ({ ctx, input }) => {
      const { projectId, id, expectedVersion, expectedUpdatedAt, origin, ...change } = input
      const revision = { key: { projectId, id }, change, expectedVersion, expectedUpdatedAt, origin }
      return present(await inTransaction(ctx.database.db, (tx) => reviseClip(tx, revision)))
    }),

  /** Deletes a clip with its versions; refused where a song uses it. */
  delete: writer.input(ClipDelete).mutation(async ({ ctx, input: { expectedVersion, expectedUpdatedAt, ...key } }) => {
    const { db } = ctx.database
    try {
      await inTransaction(db, async (tx) => {
        const current = present(await lockClip(tx, key))
        expectUnchanged(current, { expectedVersion, expectedUpdatedAt }, whenChanged)
        await removeProjectFileOf(tx, key.projectId, { type: "clip", id: key.id })
        await removeClip(tx, key)
      })
      return key
    } catch (error) {
      if (!isBrokenReference(error)) throw error
      const names = (await listSongsOfClip(db, key)).map(({ name }) => name)
      throw new ApiError("CLIP_IN_USE", `The clip is used by the songs: ${names.join(", ")}.`, { names })
    }
  }),

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
    .mutation(async ({ ctx, input }) => {
      const row = await inTransaction(ctx.database.db, (tx) => restoreClip(tx, input, input.version))
      if (!row) throw new ApiError("CLIP_VERSION_NOT_FOUND", "The clip has no such version.")
      return present(row)
    }),
} satisfies TRPCRouterRecord
