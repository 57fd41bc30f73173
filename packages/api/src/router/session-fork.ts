import { Session, SessionKey } from "@strudel-agent/contract/session"
import { ClipAt, CodeOfMoment, FirstCode, SessionFork, SessionMoment } from "@strudel-agent/contract/session/fork"
import { findFirstCode } from "@strudel-agent/database/queries/message/code"
import { findCodeAt } from "@strudel-agent/library/message-homes"
import { forkSession } from "@strudel-agent/library/session-fork"
import type { TRPCRouterRecord } from "@trpc/server"
import { z } from "zod"
import { reader, writer } from "../trpc.ts"

export const sessionForkRouter = {
  /** Makes a session of another one's messages up to one of them; its metadata say where it came from. */
  fork: writer
    .input(SessionFork)
    .output(Session)
    .mutation(({ ctx, input }) => forkSession(ctx.database.db, input)),

  /** The clips that a session's messages up to one of them wrote, each as they had left it. */
  clipsAt: reader
    .input(SessionMoment)
    .output(z.array(ClipAt))
    .query(async ({ ctx, input }) => (await findCodeAt(ctx.database.db, input)).clips),

  /** The same, and what else the session had of code at that moment: what no clip of the library has. */
  codeAt: reader
    .input(SessionMoment)
    .output(CodeOfMoment)
    .query(({ ctx, input }) => findCodeAt(ctx.database.db, input)),

  firstCode: reader
    .input(SessionKey)
    .output(FirstCode)
    .query(async ({ ctx, input }) => ({ messageIndex: await findFirstCode(ctx.database.db, input.id) })),
} satisfies TRPCRouterRecord
