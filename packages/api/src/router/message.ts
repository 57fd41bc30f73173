import {
  MessageAppend,
  MessageAppended,
  MessageCount,
  MessageCountKey,
  MessageFindByDate,
  MessageFound,
  MessageList,
  MessagePage,
} from "@strudel-agent/contract/message"
import { appendMessages, countMessages, findMessageOfMoment } from "@strudel-agent/library/message"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { orChecked } from "../checked-input.ts"
import { readMessages } from "../page/message-page.ts"
import { pageReader, reader, writer } from "../trpc.ts"
import { Written } from "../written.ts"

export const messageRouter = {
  /** Appends exactly once and without gaps; a message with a client id may be sent again. */
  append: writer
    .input(orChecked(MessageAppend))
    .output(MessageAppended)
    .mutation(({ ctx, input }) => appendMessages(ctx.database.db, input)),

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
    .query(async ({ ctx, input: { sessionId, at } }) => ({
      messageIndex: await findMessageOfMoment(ctx.database.db, sessionId, new Date(at)),
    })),

  count: reader
    .input(MessageCountKey)
    .output(MessageCount)
    .query(async ({ ctx, input }) => ({ messageCount: await countMessages(ctx.database.db, input.sessionId) })),
} satisfies TRPCRouterRecord
