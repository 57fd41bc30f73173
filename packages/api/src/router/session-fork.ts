import { randomUUID } from "node:crypto"
import { checkJson, type JsonObject, StoredMetadata } from "@strudel-agent/contract/json"
import { limits } from "@strudel-agent/contract/limits"
import { Session, SessionKey } from "@strudel-agent/contract/session"
import {
  ClipAt,
  CodeOfMoment,
  FirstCode,
  type ForkOrigin,
  SessionFork,
  SessionMoment,
} from "@strudel-agent/contract/session-fork"
import { isDuplicate } from "@strudel-agent/database/errors"
import { findFirstCode } from "@strudel-agent/database/queries/message-code"
import { findSession, type SessionRow } from "@strudel-agent/database/queries/session"
import { forkSession } from "@strudel-agent/database/queries/session-fork"
import type { TRPCRouterRecord } from "@trpc/server"
import { z } from "zod"
import { ApiError, badInput } from "../errors.ts"
import { findCodeAt } from "../message-homes.ts"
import { namesOfSession } from "../session-name.ts"
import { reader, writer } from "../trpc.ts"

function there(row: SessionRow | undefined): SessionRow {
  if (!row) throw new ApiError("SESSION_NOT_FOUND", "There is no session of this id.")
  return row
}

const nameOfFork = (displayName: string, messageIndex: number): string => {
  const end = ` (from message ${messageIndex})`
  return displayName.slice(0, limits.name - end.length).toWellFormed() + end
}

export const sessionForkRouter = {
  /** Makes a session of another one's messages up to one of them; its metadata say where it came from. */
  fork: writer
    .input(SessionFork)
    .output(Session)
    .mutation(async ({ ctx, input: { id, messageIndex, newId = randomUUID(), name } }) => {
      const { db } = ctx.database
      const source = there(await findSession(db, id))
      const metadata: JsonObject = {
        name: name ?? nameOfFork(namesOfSession(source).displayName, messageIndex),
        created_by_user: name !== undefined,
        forked_from: { session_id: id, message_index: messageIndex } satisfies ForkOrigin,
      }
      const problem = checkJson({ ...StoredMetadata.parse(source.metadata), ...metadata }, limits.metadataBytes)
      if (problem) throw badInput("metadata", `${problem} together with where it came from`)
      try {
        if (!(await forkSession(db, { id, messageIndex, newId, metadata }))) {
          throw new ApiError("MESSAGE_NOT_FOUND", `The session has no message ${messageIndex}.`)
        }
      } catch (error) {
        if (isDuplicate(error)) throw new ApiError("SESSION_EXISTS", "There is a session of this id already.")
        throw error
      }
      const made = there(await findSession(db, newId))
      return { ...made, ...namesOfSession(made) }
    }),

  /** The clips that a session's messages up to one of them wrote, each as they had left it. */
  clipsAt: reader
    .input(SessionMoment)
    .output(z.array(ClipAt))
    .query(async ({ ctx, input }) => {
      there(await findSession(ctx.database.db, input.id))
      return (await findCodeAt(ctx.database.db, input)).clips
    }),

  /** The same, and what else the session had of code at that moment: what no clip of the library has. */
  codeAt: reader
    .input(SessionMoment)
    .output(CodeOfMoment)
    .query(async ({ ctx, input }) => {
      there(await findSession(ctx.database.db, input.id))
      return findCodeAt(ctx.database.db, input)
    }),

  firstCode: reader
    .input(SessionKey)
    .output(FirstCode)
    .query(async ({ ctx, input }) => ({ messageIndex: await findFirstCode(ctx.database.db, input.id) })),
} satisfies TRPCRouterRecord
