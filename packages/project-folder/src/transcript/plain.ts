import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import { buildConversation, type ConversationFacts } from "./builder.ts"
import { idOf, partReason, readContent, roleOf, textOf } from "./content.ts"
import type { Entry, LeftOutReason } from "./entry.ts"
import { type PersonsWords, sentWords } from "./injected.ts"
import { TranscriptNotes } from "./notes.ts"
import type { ConversationFormat, ParsedTranscript } from "./parsed-transcript.ts"
import { toIsoTime } from "./time.ts"
import { leftOutEntry, toEntry } from "./to-entry.ts"

const roleKeys = ["from", "sender", "author", "speaker"] as const

const wordKeys = [
  ...["content", "text", "value", "parts", "message", "data", "tool_calls", "function_call", "toolInvocations"],
  ...["context", "code_changes", "codeChanges"],
]

const toolWord = /^(?:tool|function|ipython|observation|tool_result|toolResult)$/

/** The word for who said a message; undefined where it does not say. */
function roleWord(message: JsonObject): string | undefined {
  if (typeof message.role === "string") return message.role
  for (const key of roleKeys) {
    const value = message[key]
    const word = isJsonObject(value) ? textOf(value.role) : textOf(value)
    if (word !== undefined) return word
  }
  // LangChain's `{ type: "human", data: { content } }`.
  const type = textOf(message.type)
  return type !== undefined && isJsonObject(message.data) && roleOf(type) ? type : undefined
}

/**
 * Whether a value is a message of a conversation with an agent, in one of the ways that people write them: it says something, and
 * under a role, or at least by one of the names that roles have.
 */
export function isPlainMessage(value: unknown): value is JsonObject {
  if (!isJsonObject(value) || wordKeys.every((key) => value[key] === undefined)) return false
  const word = roleWord(value)
  if (word === undefined) return false
  return typeof value.role === "string" || roleOf(word) !== undefined || toolWord.test(word) || word === "function_call"
}

function contentOf(message: JsonObject): unknown {
  const parts = message.parts
  const hasText = (part: unknown) => isJsonObject(part) && typeof part.text === "string"
  if (Array.isArray(parts) && (message.content === undefined || message.content === "" || parts.some(hasText)))
    return parts
  const data = isJsonObject(message.data) ? message.data : {}
  // ChatGPT's `{ content_type, parts }`.
  if (isJsonObject(message.content) && Array.isArray(message.content.parts)) return message.content.parts
  return message.content ?? message.text ?? message.value ?? textOf(message.message) ?? data.content
}

function timeOf(message: JsonObject): unknown {
  const metadata = isJsonObject(message.metadata) ? message.metadata : {}
  return (
    message.timestamp ??
    message.created_at ??
    message.createdAt ??
    message.create_time ??
    message.created ??
    message.ts ??
    metadata.createdAt ??
    metadata.created_at ??
    metadata.timestamp
  )
}

const modelOf = (message: JsonObject): string | undefined =>
  textOf(message.model) ?? (isJsonObject(message.metadata) ? textOf(message.metadata.model) : undefined)

/** Calls and thoughts that stand beside the content. */
function besideContent(message: JsonObject): LeftOutReason[] {
  const leftOut: LeftOutReason[] = []
  const each = (value: unknown, reason: LeftOutReason) => {
    if (Array.isArray(value)) for (const _ of value) leftOut.push(reason)
  }
  each(message.tool_calls, "tool-call")
  if (!Array.isArray(message.parts)) each(message.toolInvocations, "tool-call")
  each(message.experimental_attachments, "attachment")
  if (isJsonObject(message.function_call)) leftOut.push("tool-call")
  if (textOf(message.reasoning_content) || (textOf(message.reasoning) && !Array.isArray(message.parts))) {
    leftOut.push("thinking")
  }
  return leftOut
}

/** Reads a message of a role, or a record of a call or thought between them; undefined where it is neither. */
export function readPlainMessage(value: unknown, line: number): Entry | undefined {
  if (!isJsonObject(value)) return undefined
  const word = roleWord(value)
  if (word === undefined) {
    const reason = partReason(textOf(value.type) ?? "")
    return reason === "unknown-part" || textOf(value.type) === undefined ? undefined : leftOutEntry(line, reason)
  }
  const role = roleOf(word)
  if (!role && toolWord.test(word)) return leftOutEntry(line, "tool-result")
  if (word === "function_call") return leftOutEntry(line, "tool-call")
  if (word === "data") return leftOutEntry(line, "meta")
  const { texts, leftOut } = readContent(contentOf(value))
  leftOut.push(...besideContent(value))
  // What has a client_id was stored before, as it is.
  const isSent = role === "user" && value.client_id === undefined
  const words = isSent ? texts.map(sentWords) : texts.map((text): PersonsWords => ({ text, leftOut: [] }))
  for (const each of words) leftOut.push(...each.leftOut)
  const model = role === "assistant" ? modelOf(value) : undefined
  return toEntry({
    line,
    role: role ?? "note",
    ...(role ? {} : { unknownRole: word }),
    texts: words.map(({ text }) => text),
    timestamp: timeOf(value),
    leftOut,
    source: value,
    ...(model === undefined ? {} : { model }),
  })
}

const identityKeys = [
  ...["session_id", "sessionId", "conversation_id", "conversationId", "thread_id", "threadId", "chat_id", "chatId"],
] as const

/** The id of the conversation that an object says it is of. */
export function identityOf(value: JsonObject): string | undefined {
  for (const key of identityKeys) {
    const id = idOf(value[key])
    if (id !== undefined) return id
  }
  return undefined
}

/** The form that a list of messages has. */
export function plainFormat(messages: readonly unknown[]): ConversationFormat {
  const some = (test: (message: JsonObject) => boolean) => messages.some((each) => isJsonObject(each) && test(each))
  const hasTyped = ({ parts }: JsonObject) =>
    Array.isArray(parts) && parts.some((part) => isJsonObject(part) && typeof part.type === "string")
  if (some((message) => message.role !== undefined && (hasTyped(message) || Array.isArray(message.toolInvocations)))) {
    return "ai-sdk"
  }
  return some(({ from, value }) => typeof from === "string" && value !== undefined) ? "sharegpt" : "messages"
}

/** What an object says of the conversation whose messages it holds. */
export function describeConversation(value: JsonObject): Omit<ConversationFacts, "format"> {
  const title = [value.title, value.name, value.session_name].find((each) => typeof each === "string")
  return {
    identity: identityOf(value) ?? idOf(value.id) ?? idOf(value.uuid),
    title: textOf(title),
    model: textOf(value.model) ?? textOf(value.model_name) ?? textOf(value.modelId),
    startedAt: toIsoTime(value.started_at ?? value.created_at ?? value.createdAt ?? value.create_time ?? value.created),
    lastActiveAt: toIsoTime(value.last_activity ?? value.updated_at ?? value.updatedAt ?? value.update_time),
  }
}

/** A conversation in the making, of messages one after the other. */
class PlainConversation {
  readonly facts: Omit<ConversationFacts, "format">
  readonly entries: Entry[] = []
  readonly #sample: unknown[] = []

  constructor(facts: Omit<ConversationFacts, "format">) {
    this.facts = facts
  }

  /** Answers false where the value is no message. */
  add(value: unknown, line: number): boolean {
    const entry = readPlainMessage(value, line)
    this.entries.push(entry ?? leftOutEntry(line, "unknown-entry"))
    if (this.#sample.length < 100) this.#sample.push(value)
    return entry !== undefined
  }

  finish(): ParsedTranscript {
    const format = plainFormat(this.#sample)
    return buildConversation({ format, ...this.facts }, [{ after: 0, items: this.entries }], new TranscriptNotes())
  }
}

/** Reads messages of role and content: one after the other, or in objects that each hold a talk. */
export class PlainReader {
  readonly #conversations: PlainConversation[] = []
  readonly #byIdentity = new Map<string, PlainConversation>()
  /** The conversation of messages that do not say which is theirs. */
  #open: PlainConversation | undefined

  /** Takes a message, or a record between messages. */
  add(value: JsonObject, line: number): boolean {
    const identity = identityOf(value)
    if (identity === undefined) this.#open ??= this.#begin({})
    else this.#open = this.#byIdentity.get(identity) ?? this.#beginNamed(identity)
    return this.#open.add(value, line)
  }

  /** Takes an object that holds the messages of one conversation; without a line, they are told by their place. */
  addConversation(holder: JsonObject, messages: readonly unknown[], line?: number): void {
    const facts = describeConversation(holder)
    const conversation = this.#begin(facts)
    const system = readContent(holder.system ?? holder.systemPrompt).texts
    if (system.length > 0) conversation.entries.push(toEntry({ line: line ?? 1, role: "system", texts: system }))
    for (const [index, message] of messages.entries()) conversation.add(message, line ?? index + 1)
    this.#open = undefined
  }

  #begin(facts: Omit<ConversationFacts, "format">): PlainConversation {
    const conversation = new PlainConversation(facts)
    this.#conversations.push(conversation)
    return conversation
  }

  #beginNamed(identity: string): PlainConversation {
    const conversation = this.#begin({ identity })
    this.#byIdentity.set(identity, conversation)
    return conversation
  }

  finish(): ParsedTranscript[] {
    return this.#conversations.map((conversation) => conversation.finish())
  }
}
