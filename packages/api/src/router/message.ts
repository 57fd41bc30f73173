import {
  MessageAppend,
  MessageAppended,
  MessageCount,
  MessageCountKey,
  MessageFindByDate,
  MessageFound,
  type MessageHistory,
  type MessageInput,
  MessageList,
  MessagePage,
  toStoredMessage,
} from "@strudel-agent/contract/message"
import {
  type AppendedMessage,
  appendMessages,
  findMessageAt,
  findMessageCount,
} from "@strudel-agent/database/queries/message"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { orChecked } from "../checked-input.ts"
import { ApiError } from "../errors.ts"
import { noSession, readMessages } from "../page/message-page.ts"
import { pageReader, reader, writer } from "../trpc.ts"
import { Written } from "../written.ts"

const toRow = (message: MessageInput, receivedAt: Date): AppendedMessage => ({
  data: toStoredMessage(message, receivedAt),
  clientId: message.clientId,
  timestamped: message.timestamp !== undefined,
})

/** A moment that the database holds and that is not to come. */
const inPast = (moment: Date, receivedAt: Date): Date =>
  new Date(Math.min(Math.max(moment.getTime(), 0), receivedAt.getTime()))

/** Messages of a talk that was held before: one that says no time was said when the one before it was. */
function toHistory(messages: MessageInput[], history: MessageHistory, receivedAt: Date): AppendedMessage[] {
  let moment = history.saidAt === undefined ? receivedAt : inPast(new Date(history.saidAt), receivedAt)
  return messages.map((message) => {
    if (message.timestamp !== undefined) moment = inPast(new Date(message.timestamp), receivedAt)
    return { ...toRow(message, moment), saidAt: moment }
  })
}

export const messageRouter = {
  /** Appends exactly once and without gaps; a message with a client id may be sent again. */
  append: writer
    .input(orChecked(MessageAppend))
    .output(MessageAppended)
    .mutation(async ({ ctx, input }) => {
      const receivedAt = new Date()
      const { sessionId, history } = input
      const append = await appendMessages(ctx.database.db, sessionId, {
        messages: history
          ? toHistory(input.messages, history, receivedAt)
          : input.messages.map((message) => toRow(message, receivedAt)),
        ...(history ? { history } : {}),
      })
      switch (append.outcome) {
        case "missing":
          throw noSession()
        case "terminated":
          throw new ApiError(
            "SESSION_TERMINATED",
            "This session is terminated. Set its status to active to append to it.",
          )
        case "changed":
          throw new ApiError("SESSION_CHANGED", "The session has other messages where these were to be.")
        case "mismatch":
          throw new ApiError("MESSAGE_MISMATCH", "Other content is stored under this client id.", {
            fields: Object.fromEntries(
              append.clientIds.map((id) => [
                `messages.${input.messages.findIndex(({ clientId }) => clientId === id)}.clientId`,
                "is stored with other content",
              ]),
            ),
          })
        case "stored": {
          const { indexes, messageCount } = append
          return { indexes, messageCount, firstIndex: Math.min(...indexes), lastIndex: Math.max(...indexes) }
        }
      }
    }),

  /** A page in chronological order: the newest unless told where to read on. */
  list: pageReader(MessagePage)
    .input(MessageList)
    .query(async ({ ctx, input }) => {
      const { list, hasMore } = await readMessages(ctx.database.db, input, "router")
      return new Written<z.infer<typeof MessagePage>>(`{"messages":${list},"hasMore":${hasMore}}`)
    }),

  /** Where a moment lies in a session whose messages are in the order of their times. */
  findByDate: reader
    .input(MessageFindByDate)
    .output(MessageFound)
    .query(async ({ ctx, input: { sessionId, at } }) => {
      const session = await findMessageCount(ctx.database.db, sessionId)
      if (!session) throw noSession()
      const { messageCount } = session
      const found = await findMessageAt(ctx.database.db, { sessionId, messageCount, at: new Date(at) })
      return { messageIndex: found ?? null }
    }),

  count: reader
    .input(MessageCountKey)
    .output(MessageCount)
    .query(async ({ ctx, input }) => {
      const session = await findMessageCount(ctx.database.db, input.sessionId)
      if (!session) throw noSession()
      return { messageCount: session.messageCount }
    }),
} satisfies TRPCRouterRecord
