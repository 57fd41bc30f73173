import { checkedInput } from "@strudel-agent/api/checked-input"
import { Written } from "@strudel-agent/api/written"
import { limits } from "@strudel-agent/contract/limits"
import {
  Message,
  MessageAppend,
  MessageAppended,
  MessageCount,
  MessageHistory,
  MessageInput,
  MessageList,
  refuseSameClientIds,
} from "@strudel-agent/contract/message"
import { z } from "zod"
import { answerOf, readRefusals, writeRefusals } from "./answering/answer.ts"
import { ReadHeaders } from "./answering/condition.ts"
import { describeBytes, given } from "./answering/field.ts"
import { pageSize, pageTag, sendText } from "./answering/page.ts"
import { wholeNumber } from "./answering/query-number.ts"
import { NotModified } from "./answering/tagged-answer.ts"
import type { CallerFor, RestApp } from "./rest-app.ts"
import { SessionPath } from "./session.ts"

export const RestMessage = z
  .object({
    role: Message.shape.role,
    content: Message.shape.content,
    timestamp: Message.shape.timestamp,
    message_index: Message.shape.messageIndex,
    context: Message.shape.context,
    code_changes: Message.shape.codeChanges,
    client_id: Message.shape.clientId.unwrap().optional(),
  })
  .meta({ id: "Message", description: "A message as it was shown. What it was not sent with is absent." })
export type RestMessage = z.infer<typeof RestMessage>

/** A moment in UTC to the digit that it was sent with; one that nobody can read stays as it is. */
function momentInUtc(timestamp: string): string {
  const [, fraction = ""] = /\.(\d+)(?:Z|[+-]\d\d:?\d\d)$/i.exec(timestamp) ?? []
  const moment = new Date(timestamp)
  if (Number.isNaN(moment.getTime())) return timestamp
  return `${moment.toISOString().slice(0, 19)}${fraction && `.${fraction}`}Z`
}

/** A list of messages with their moments in UTC. */
function inUtc(list: string): string {
  const messages = new Written<RestMessage[]>(list).value()
  return JSON.stringify(messages.map((message) => ({ ...message, timestamp: momentInUtc(message.timestamp) })))
}

const PageQuery = z
  .object({
    page_size: pageSize,
    before_index: wholeNumber(MessageList.shape.before.unwrap())
      .optional()
      .describe("Messages of a lower index, the highest of them first chosen."),
    after_index: wholeNumber(MessageList.shape.after.unwrap())
      .optional()
      .describe("Messages of a higher index, the lowest of them first chosen."),
  })
  .transform(({ page_size: limit, before_index: before, after_index: after }) => ({ limit, before, after }))

const RestMessagePage = z
  .object({
    messages: z.array(RestMessage),
    has_more: z.boolean().describe("Whether there are more in the direction of reading."),
  })
  .describe("Messages in chronological order.")

const extraBytes = `At most ${limits.messageExtraBytes.toLocaleString("en-US")} bytes of JSON.`
const input = MessageInput.shape
const NewMessage = z
  .object({
    role: input.role,
    content: describeBytes(input.content, limits.contentBytes),
    timestamp: given(input.timestamp.unwrap()).describe("When it was said; the moment of storing unless told."),
    context: given(input.context.unwrap()).describe(extraBytes),
    code_changes: given(input.codeChanges.unwrap()).describe(extraBytes),
    client_id: given(input.clientId.unwrap()).describe("Makes a message that is sent twice count once."),
  })
  .transform(({ code_changes: codeChanges, client_id: clientId, ...message }) => ({
    ...message,
    codeChanges,
    clientId,
  }))

const history = MessageHistory.shape
const NewHistory = z
  .object({
    said_at: given(history.saidAt.unwrap()).describe(
      "When a message without a timestamp was said that follows on none with one; the moment of storing unless told.",
    ),
    first_index: given(history.firstIndex.unwrap()).describe(
      "The index that the first message has to get; with another one nothing is stored.",
    ),
  })
  .transform(({ said_at: saidAt, first_index: firstIndex }) => ({ saidAt, firstIndex }))

const { min, max } = limits.append
const AppendBody = z.object({
  messages: z
    .array(NewMessage)
    .min(min, `at least ${min} message`)
    .max(max, `at most ${max} messages`)
    .superRefine(refuseSameClientIds("client_id")),
  history: given(NewHistory).describe(
    "For a talk that was held before: its messages count at their timestamps, and make nothing active or unseen.",
  ),
})

const RestAppended = z
  .object({
    first_index: MessageAppended.shape.firstIndex,
    last_index: MessageAppended.shape.lastIndex,
    message_count: MessageAppended.shape.messageCount,
  })
  .describe("Where the messages are stored, and how many the session has.")

const RestCount = z
  .object({ message_count: MessageCount.shape.messageCount })
  .describe("How many messages the session has.")

const tags = ["messages"]

/** Registers what /messages answers. */
export function messageRoutes(api: RestApp, callerFor: CallerFor): void {
  api.get(
    "/messages/:session_id",
    {
      schema: {
        operationId: "listMessages",
        summary: "Read a page of a session in chronological order, the newest page unless told",
        tags,
        params: SessionPath,
        querystring: PageQuery,
        headers: ReadHeaders,
        response: {
          200: { ...answerOf(RestMessagePage), headers: pageTag },
          304: NotModified,
          ...readRefusals("SESSION_NOT_FOUND"),
        },
      },
    },
    async (request, reply) => {
      const sessionId = request.params.session_id
      const page = await callerFor(request).restPage.messages({ sessionId, ...request.query })
      const { list, isInUtc, hasMore } = page
      return sendText(reply, page, `{"messages":${isInUtc ? list : inUtc(list)},"has_more":${hasMore}}`)
    },
  )

  api.post(
    "/messages/:session_id",
    {
      bodyLimit: limits.requestBytes.append,
      schema: {
        operationId: "appendMessages",
        summary: "Append messages, all or none, exactly once where they carry a client_id",
        tags,
        params: SessionPath,
        body: AppendBody,
        response: {
          201: answerOf(RestAppended),
          ...writeRefusals("SESSION_NOT_FOUND", "SESSION_TERMINATED", "SESSION_CHANGED", "MESSAGE_MISMATCH"),
        },
      },
    },
    async (request, reply) => {
      const sessionId = request.params.session_id
      // Its schema is made of the router's own: a hundred messages are not looked at twice.
      const input = checkedInput(MessageAppend, { sessionId, ...request.body })
      const appended = await callerFor(request).message.append(input)
      reply.code(201)
      return {
        first_index: appended.firstIndex,
        last_index: appended.lastIndex,
        message_count: appended.messageCount,
      }
    },
  )

  api.get(
    "/messages/:session_id/count",
    {
      schema: {
        operationId: "countMessages",
        summary: "Say how many messages a session has",
        tags,
        params: SessionPath,
        response: { 200: answerOf(RestCount), ...readRefusals("SESSION_NOT_FOUND") },
      },
    },
    async (request) => {
      const { messageCount } = await callerFor(request).message.count({ sessionId: request.params.session_id })
      return { message_count: messageCount }
    },
  )
}
