import {
  Session,
  SessionCreate,
  SessionDelete,
  SessionFacetList,
  SessionFacets,
  SessionKey,
  SessionList,
  SessionMarkSeen,
  SessionPage,
  SessionRename,
  SessionSeen,
  SessionSetStatus,
  SessionUpdate,
} from "@strudel-agent/contract/session"
import { listSessionFacets } from "@strudel-agent/database/queries/session/facets"
import {
  createSession,
  deleteSession,
  markSessionSeen,
  readSession,
  renameSession,
  touchSession,
  updateSession,
} from "@strudel-agent/library/session"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { filterOf, readSessions } from "../page/session-page.ts"
import { pageReader, reader, writer } from "../trpc.ts"
import { Written } from "../written.ts"

export const sessionRouter = {
  create: writer
    .input(SessionCreate)
    .output(Session)
    .mutation(({ ctx, input }) => createSession(ctx.database.db, input)),

  byId: reader
    .input(SessionKey)
    .output(Session)
    .query(({ ctx, input }) => readSession(ctx.database.db, input.id)),

  list: pageReader(SessionPage)
    .input(SessionList)
    .query(async ({ ctx, input }) => {
      const { list, nextCursor } = await readSessions(ctx.database.db, input, "router")
      return new Written<z.output<typeof SessionPage>>(`{"items":${list},"nextCursor":${JSON.stringify(nextCursor)}}`)
    }),

  facets: reader
    .input(SessionFacetList)
    .output(SessionFacets)
    .query(({ ctx, input = {} }) => listSessionFacets(ctx.database.db, filterOf(input))),

  /** Says that the first `count` messages were seen; more than there are is all of them. */
  markSeen: writer
    .input(SessionMarkSeen)
    .output(SessionSeen)
    .mutation(async ({ ctx, input }) => ({ id: input.id, seenCount: await markSessionSeen(ctx.database.db, input) })),

  touch: writer
    .input(SessionKey)
    .output(Session)
    .mutation(({ ctx, input }) => touchSession(ctx.database.db, input.id)),

  setStatus: writer
    .input(SessionSetStatus)
    .output(Session)
    .mutation(({ ctx, input }) => updateSession(ctx.database.db, input)),

  /** A name of null clears it. */
  rename: writer
    .input(SessionRename)
    .output(Session)
    .mutation(({ ctx, input }) => renameSession(ctx.database.db, input)),

  update: writer
    .input(SessionUpdate)
    .output(Session)
    .mutation(({ ctx, input }) => updateSession(ctx.database.db, input)),

  delete: writer.input(SessionDelete).mutation(async ({ ctx, input }) => {
    await deleteSession(ctx.database.db, input)
    return { id: input.id }
  }),
} satisfies TRPCRouterRecord
