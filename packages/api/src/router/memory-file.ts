import { limits } from "@strudel-agent/contract/limits"
import {
  MemoryFile,
  MemoryFileCreate,
  MemoryFileKey,
  MemoryFileSession,
  MemoryFileUpdate,
} from "@strudel-agent/contract/memory-file"
import { isDuplicate, isMissing } from "@strudel-agent/database/errors"
import {
  clearPrimaryMemoryFile,
  countMemoryFiles,
  findPrimaryMemoryFile,
  insertMemoryFile,
  listMemoryFiles,
  removeMemoryFile,
  updateMemoryFile,
} from "@strudel-agent/database/queries/memory-file"
import { findSession, lockSession } from "@strudel-agent/database/queries/session"
import type { TRPCRouterRecord } from "@trpc/server"
import { z } from "zod"
import type { Context } from "../context.ts"
import { ApiError } from "../errors.ts"
import { reader, writer } from "../trpc.ts"

const noSession = () => new ApiError("SESSION_NOT_FOUND", "There is no session of this id.")
const noFile = () => new ApiError("MEMORY_FILE_NOT_FOUND", "The session has no such memory file.")

/** Runs a write with the session's row locked, so that two primary files cannot meet. */
const withSession = <T>(
  ctx: Context,
  sessionId: string,
  write: (tx: Parameters<typeof lockSession>[0]) => Promise<T>,
) =>
  ctx.database.db.$transaction(async (tx) => {
    if (!(await lockSession(tx, sessionId))) throw noSession()
    return write(tx)
  })

export const memoryFileRouter = {
  /** A file that is primary takes the mark from the one that was. */
  create: writer
    .input(MemoryFileCreate)
    .output(MemoryFile)
    .mutation(({ ctx, input }) =>
      withSession(ctx, input.sessionId, async (tx) => {
        if ((await countMemoryFiles(tx, input.sessionId)) >= limits.memoryFiles) {
          throw new ApiError("MEMORY_FILES_FULL", `A session holds at most ${limits.memoryFiles} memory files.`)
        }
        if (input.isPrimary) await clearPrimaryMemoryFile(tx, input.sessionId)
        return insertMemoryFile(tx, input).catch((error: unknown) => {
          if (isDuplicate(error)) throw new ApiError("MEMORY_FILE_EXISTS", "The session has this memory file already.")
          throw error
        })
      }),
    ),

  list: reader
    .input(MemoryFileSession)
    .output(z.array(MemoryFile))
    .query(async ({ ctx, input }) => {
      const files = await listMemoryFiles(ctx.database.db, input.sessionId)
      if (files.length === 0 && !(await findSession(ctx.database.db, input.sessionId))) throw noSession()
      return files
    }),

  primary: reader
    .input(MemoryFileSession)
    .output(MemoryFile)
    .query(async ({ ctx, input }) => {
      const file = await findPrimaryMemoryFile(ctx.database.db, input.sessionId)
      if (!file) throw noFile()
      return file
    }),

  update: writer
    .input(MemoryFileUpdate)
    .output(MemoryFile)
    .mutation(({ ctx, input }) =>
      withSession(ctx, input.sessionId, async (tx) => {
        const { sessionId, filePath, ...change } = input
        if (change.isPrimary) await clearPrimaryMemoryFile(tx, sessionId)
        return updateMemoryFile(tx, { sessionId, filePath }, change).catch((error: unknown) => {
          throw isMissing(error) ? noFile() : error
        })
      }),
    ),

  delete: writer.input(MemoryFileKey).mutation(async ({ ctx, input }) => {
    if (!(await removeMemoryFile(ctx.database.db, input))) throw noFile()
    return input
  }),
} satisfies TRPCRouterRecord
