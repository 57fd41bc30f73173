import {
  MemoryFile,
  MemoryFileCreate,
  MemoryFileKey,
  MemoryFileSession,
  MemoryFileUpdate,
} from "@strudel-agent/contract/session/memory-file"
import {
  createMemoryFile,
  deleteMemoryFile,
  readMemoryFiles,
  readPrimaryMemoryFile,
  updateMemoryFile,
} from "@strudel-agent/library/memory-file"
import type { TRPCRouterRecord } from "@trpc/server"
import { z } from "zod"
import { reader, writer } from "../trpc.ts"

export const memoryFileRouter = {
  /** A file that is primary takes the mark from the one that was. */
  create: writer
    .input(MemoryFileCreate)
    .output(MemoryFile)
    .mutation(({ ctx, input }) => createMemoryFile(ctx.database.db, input)),

  list: reader
    .input(MemoryFileSession)
    .output(z.array(MemoryFile))
    .query(({ ctx, input }) => readMemoryFiles(ctx.database.db, input.sessionId)),

  primary: reader
    .input(MemoryFileSession)
    .output(MemoryFile)
    .query(({ ctx, input }) => readPrimaryMemoryFile(ctx.database.db, input.sessionId)),

  update: writer
    .input(MemoryFileUpdate)
    .output(MemoryFile)
    .mutation(({ ctx, input }) => updateMemoryFile(ctx.database.db, input)),

  delete: writer.input(MemoryFileKey).mutation(async ({ ctx, input }) => {
    await deleteMemoryFile(ctx.database.db, input)
    return input
  }),
} satisfies TRPCRouterRecord
