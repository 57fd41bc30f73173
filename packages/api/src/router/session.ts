import { checkJson, StoredMetadata } from "@strudel-agent/contract/json"
import { limits } from "@strudel-agent/contract/limits"
import {
  Session,
  SessionCreate,
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
import { isDuplicate } from "@strudel-agent/database/errors"
import {
  findSession,
  insertSession,
  lockSession,
  markSessionSeen,
  removeSession,
  type SessionRow,
  touchSession,
  updateSession,
} from "@strudel-agent/database/queries/session"
import { listSessionFacets } from "@strudel-agent/database/queries/session-facets"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { ApiError, badInput } from "../errors.ts"
import { filterOf, readSessions } from "../page/session-page.ts"
import { namesOfSession } from "../session-name.ts"
import { pageReader, reader, writer } from "../trpc.ts"
import { Written } from "../written.ts"

/** A session as it is answered; what is not there is a failure. */
export function presentSession(row: SessionRow | null | undefined) {
  if (!row) throw new ApiError("SESSION_NOT_FOUND", "There is no session of this id.")
  return { ...row, ...namesOfSession(row) }
}

const named = (name: string | null | undefined) => (name ? { name, created_by_user: true } : {})

/** What a session has of a talk that began before it is stored; clocks may differ a little, but nothing is to come. */
function heldBefore(beginning: string) {
  const createdAt = new Date(Math.min(Date.parse(beginning), Date.now()))
  return { createdAt, lastActivity: createdAt, status: "idle" } as const
}

export const sessionRouter = {
  create: writer
    .input(SessionCreate)
    .output(Session)
    .mutation(async ({ ctx, input }) => {
      const { name, metadata, createdAt, ...rest } = input
      try {
        return presentSession(
          await insertSession(ctx.database.db, {
            ...rest,
            ...(createdAt === undefined ? {} : heldBefore(createdAt)),
            metadata: { ...metadata, ...named(name) },
          }),
        )
      } catch (error) {
        if (isDuplicate(error)) throw new ApiError("SESSION_EXISTS", "There is a session of this id already.")
        throw error
      }
    }),

  byId: reader
    .input(SessionKey)
    .output(Session)
    .query(async ({ ctx, input }) => presentSession(await findSession(ctx.database.db, input.id))),

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
    .mutation(async ({ ctx, input: { id, count } }) => {
      const seenCount = await markSessionSeen(ctx.database.db, id, count)
      if (seenCount === undefined) return presentSession(undefined)
      return { id, seenCount }
    }),

  touch: writer
    .input(SessionKey)
    .output(Session)
    .mutation(async ({ ctx, input }) => presentSession(await touchSession(ctx.database.db, input.id))),

  setStatus: writer
    .input(SessionSetStatus)
    .output(Session)
    .mutation(async ({ ctx, input }) =>
      presentSession(await updateSession(ctx.database.db, input.id, { status: input.status })),
    ),

  /** A name of null clears it. */
  rename: writer
    .input(SessionRename)
    .output(Session)
    .mutation(async ({ ctx, input }) =>
      presentSession(
        await updateSession(ctx.database.db, input.id, {
          metadata: named(input.name),
          withoutKeys: ["name", "created_by_user"],
        }),
      ),
    ),

  update: writer
    .input(SessionUpdate)
    .output(Session)
    .mutation(async ({ ctx, input: { id, ...change } }) => {
      const { metadata } = change
      if (!metadata) return presentSession(await updateSession(ctx.database.db, id, change))
      return ctx.database.db.$transaction(async (tx) => {
        if (!(await lockSession(tx, id))) return presentSession(undefined)
        const session = presentSession(await findSession(tx, id))
        const problem = checkJson({ ...StoredMetadata.parse(session.metadata), ...metadata }, limits.metadataBytes)
        if (problem) throw badInput("metadata", `${problem} together with what is stored`)
        return presentSession(await updateSession(tx, id, change))
      })
    }),

  delete: writer.input(SessionKey).mutation(async ({ ctx, input }) => {
    if (!(await inTransaction(ctx.database.db, (tx) => removeSession(tx, input.id)))) presentSession(undefined)
    return { id: input.id }
  }),
} satisfies TRPCRouterRecord
