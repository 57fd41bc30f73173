import { z } from "zod"
import { checkJson, type JsonObject, type JsonValue } from "./json.ts"
import { limits } from "./limits.ts"
import { PageLimit } from "./paging.ts"
import { longText, PastMoment, Uuid, wholeNumber } from "./text.ts"

const MessageIndex = wholeNumber(0)

export const MessageRole = z.enum(["user", "assistant", "system", "note"])
export type MessageRole = z.infer<typeof MessageRole>

/** What the message was about when it was written. Keys beyond these are kept as they were sent. */
const MessageContext = z.looseObject({
  item_type: z.string().nullish(),
  item_id: z.string().nullish(),
  project_id: z.string().nullish(),
  /** The item's code at that moment. */
  code: z.string().nullish(),
})
export type MessageContext = z.infer<typeof MessageContext>

const CodeChange = z.looseObject({
  item_type: z.string().nullish(),
  item_id: z.string().nullish(),
  project_id: z.string().nullish(),
  before: z.string().nullish(),
  after: z.string().nullish(),
})
export type CodeChange = z.infer<typeof CodeChange>

const CodeChanges = z.union([CodeChange, z.array(CodeChange)])
export type CodeChanges = z.infer<typeof CodeChanges>

const isJsonOfSize = <Value>(value: Value): value is Value & JsonValue =>
  checkJson(value, limits.messageExtraBytes) === undefined

const sized = <T extends z.ZodType>(schema: T) =>
  schema.transform((value, context): z.output<T> & JsonValue => {
    if (isJsonOfSize(value)) return value
    context.addIssue({ code: "custom", message: checkJson(value, limits.messageExtraBytes) ?? "must be JSON" })
    return z.NEVER
  })

export const MessageInput = z.object({
  role: MessageRole,
  content: longText(limits.contentBytes),
  /** When it was said; the moment of storing unless given. */
  timestamp: z.iso.datetime({ offset: true, error: "must be an ISO 8601 date and time with offset" }).optional(),
  context: sized(MessageContext).optional(),
  codeChanges: sized(CodeChanges).optional(),
  /** Makes a message that is sent twice count once. */
  clientId: Uuid.optional(),
})
export type MessageInput = z.infer<typeof MessageInput>

const { min, max } = limits.append

/** What is said of messages that were said before they are sent, as an import sends them. */
export const MessageHistory = z.object({
  /** When a message without a timestamp was said that follows on none with one; the moment of storing unless given. */
  saidAt: PastMoment.optional(),
  /** The index that the first message has to get: another one answers SESSION_CHANGED, and nothing is stored. */
  firstIndex: MessageIndex.optional(),
})
export type MessageHistory = z.infer<typeof MessageHistory>

/** Refuses messages of which two bear one client id, by the name that the caller gives it. */
export const refuseSameClientIds =
  (name: string) =>
  (messages: { clientId?: string | undefined }[], context: z.core.$RefinementCtx): void => {
    const seen = new Map<string, number>()
    messages.forEach(({ clientId }, index) => {
      if (!clientId) return
      const first = seen.get(clientId.toLowerCase())
      if (first === undefined) seen.set(clientId.toLowerCase(), index)
      else context.addIssue({ code: "custom", path: [index, name], message: `is that of message ${first} too` })
    })
  }

export const MessageAppend = z.object({
  sessionId: Uuid,
  /** The messages are of a talk that was held before: they count at their times, and make nothing active or unseen. */
  history: MessageHistory.optional(),
  messages: z
    .array(MessageInput)
    .min(min, `at least ${min} message`)
    .max(max, `at most ${max} messages`)
    .superRefine(refuseSameClientIds("clientId")),
})
export type MessageAppend = z.infer<typeof MessageAppend>

export const MessageAppended = z.object({
  /** Per message sent, where it is stored. */
  indexes: z.array(z.number().int()),
  firstIndex: z.number().int(),
  lastIndex: z.number().int(),
  messageCount: z.number().int(),
})
export type MessageAppended = z.infer<typeof MessageAppended>

export const MessageList = z.object({
  sessionId: Uuid,
  limit: PageLimit,
  /** Messages of a lower index, the highest of them first chosen. */
  before: MessageIndex.optional(),
  /** Messages of a higher index, the lowest of them first chosen. */
  after: MessageIndex.optional(),
  /** Only messages that changed code. */
  changedCode: z.literal(true).optional(),
  /** What an infinite query sends: an index to read on from, in its direction. */
  cursor: MessageIndex.nullish(),
  direction: z.enum(["forward", "backward"]).optional(),
})
export type MessageList = z.infer<typeof MessageList>

export const Message = z.object({
  sessionId: Uuid,
  messageIndex: z.number().int(),
  role: MessageRole,
  content: z.string(),
  timestamp: z.string().meta({ format: "date-time" }),
  context: MessageContext.optional(),
  codeChanges: CodeChanges.optional(),
  clientId: Uuid.nullable(),
})
export type Message = z.infer<typeof Message>

/** Messages in chronological order, and whether there are more in the direction of reading. */
export const MessagePage = z.object({ messages: z.array(Message), hasMore: z.boolean() })

export const MessageFindByDate = z.object({
  sessionId: Uuid,
  at: z.iso.datetime({ offset: true, error: "must be an ISO 8601 date and time with offset" }),
})

/** The first message of a moment or later; null where all are earlier. */
export const MessageFound = z.object({ messageIndex: z.number().int().nullable() })

export const MessageCount = z.object({ messageCount: z.number().int() })
export const MessageCountKey = z.object({ sessionId: Uuid })

/** Turns a message into what is stored of it. */
export function toStoredMessage(message: MessageInput, receivedAt: Date): JsonObject {
  const { role, content, timestamp, context, codeChanges } = message
  return {
    role,
    content,
    timestamp: timestamp ?? receivedAt.toISOString(),
    ...(context === undefined ? {} : { context }),
    ...(codeChanges === undefined ? {} : { code_changes: codeChanges }),
  }
}
