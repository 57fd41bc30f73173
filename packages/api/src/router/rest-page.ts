import { ClipList } from "@strudel-agent/contract/clip"
import { MessageList } from "@strudel-agent/contract/message"
import { SessionList } from "@strudel-agent/contract/session"
import type { TRPCRouterRecord } from "@trpc/server"
import { readClips } from "../page/clip-page.ts"
import { readMessages } from "../page/message-page.ts"
import { readSessions } from "../page/session-page.ts"
import { reader } from "../trpc.ts"

/** Pages whose fields have the names of REST, as JSON text. They are called inside the server alone. */
export const restPageRouter = {
  messages: reader.input(MessageList).query(({ ctx, input }) => readMessages(ctx.database.db, input, "rest")),
  sessions: reader.input(SessionList).query(({ ctx, input }) => readSessions(ctx.database.db, input, "rest")),
  clips: reader.input(ClipList).query(({ ctx, input }) => readClips(ctx.database.db, input, "rest")),
} satisfies TRPCRouterRecord
