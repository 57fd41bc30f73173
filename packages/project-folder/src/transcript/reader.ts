import { isJsonObject, type JsonObject } from "../json/json-value.ts"
import { readChatGpt } from "./chatgpt.ts"
import { ClaudeReader } from "./claude.ts"
import { readClaudeExport } from "./claude-export.ts"
import { CodexReader } from "./codex.ts"
import { idOf, partReason, textOf } from "./content.ts"
import { GeminiReader } from "./gemini.ts"
import { isPeoplesChat } from "./looks.ts"
import type { TranscriptNotes } from "./notes.ts"
import { ResponsesReader, readOpenAiLists } from "./openai.ts"
import type { ParsedTranscript } from "./parsed-transcript.ts"
import { isPlainMessage, PlainReader } from "./plain.ts"

const claudeTypes = new Set([
  ...["user", "assistant", "system", "summary", "progress", "attachment", "queue-operation", "file-history-snapshot"],
  ...["custom-title", "ai-title", "agent-name", "last-prompt", "mode", "permission-mode", "result", "stream_event"],
])
const claudeKeys = ["uuid", "parentUuid", "sessionId", "session_id", "leafUuid", "messageId"]

function isClaudeRecord(value: JsonObject): boolean {
  const type = textOf(value.type)
  if (type === undefined) return false
  if (isJsonObject(value.message)) return typeof value.message.role === "string" || claudeTypes.has(type)
  if (idOf(value.id) !== undefined && value.uuid === undefined) return false
  if (type === "user" || type === "assistant") return value.uuid !== undefined
  if (claudeTypes.has(type))
    return claudeKeys.some((key) => value[key] !== undefined) || typeof value.summary === "string"
  return value.uuid !== undefined && value.sessionId !== undefined
}

const codexTypes = new Set(["session_meta", "response_item", "event_msg", "turn_context", "compacted", "world_state"])

function isCodexRecord(value: JsonObject): boolean {
  const type = textOf(value.type)
  if (type === undefined) {
    const isHead = value.id !== undefined && typeof value.timestamp === "string" && Object.hasOwn(value, "instructions")
    return isHead || (value.record_type === "state" && Object.keys(value).length === 1)
  }
  if (isJsonObject(value.payload)) return codexTypes.has(type) || /_/.test(type)
  return /^(?:thread|turn)\.[a-z]+$/.test(type) || (/^item\.[a-z]+$/.test(type) && isJsonObject(value.item))
}

/** An item of Codex's older form, which follows on a head that says whose conversation it is. */
const isBareItem = (value: JsonObject): boolean => typeof value.type === "string" && !isClaudeRecord(value)

const geminiTypes = new Set(["user", "gemini", "info", "error", "warning"])

function isGeminiRecord(value: JsonObject): boolean {
  if (value.$rewindTo !== undefined || isJsonObject(value.$set)) return true
  if (value.sessionId !== undefined && value.projectHash !== undefined) return true
  if (value.sessionId !== undefined && Array.isArray(value.messages)) {
    return value.messages.some((each) => isJsonObject(each) && each.type === "gemini" && each.role === undefined)
  }
  if (value.message !== undefined || value.role !== undefined) return false
  return geminiTypes.has(textOf(value.type) ?? "") && value.id !== undefined && Object.hasOwn(value, "content")
}

/** The messages of a conversation that an object holds, and none of anything else. */
function messagesIn(value: JsonObject): unknown[] | undefined {
  if (isPeoplesChat(value)) return undefined
  for (const key of ["messages", "conversations", "conversation", "history", "contents", "items", "turns"]) {
    const list = value[key]
    if (Array.isArray(list) && list.some(isPlainMessage)) return list
  }
  return Array.isArray(value.messages) && value.messages.length === 0 ? [] : undefined
}

/** Lists of whole conversations, and lists that an interface wraps. */
function conversationsIn(value: JsonObject): unknown[] | undefined {
  for (const key of ["conversations", "sessions", "chats", "threads", "talks", "data"]) {
    const list = value[key]
    if (Array.isArray(list) && list.some((each) => isJsonObject(each) && (isHolder(each) || isPlainMessage(each))))
      return list
  }
  return undefined
}

const isHolder = (value: JsonObject): boolean =>
  isJsonObject(value.mapping) ||
  Array.isArray(value.chat_messages) ||
  messagesIn(value) !== undefined ||
  isResponse(value)

function isResponse(value: JsonObject): boolean {
  if (!Array.isArray(value.output)) return false
  return value.object === "response" || value.output.some((each) => isJsonObject(each) && each.type === "message")
}

const isOpenAiListed = (value: unknown): boolean => isJsonObject(value) && value.object === "thread.message"

/** Finds out the form of each value of a file, and hands it to the reader of that form. */
export class TranscriptReader {
  #claude: ClaudeReader | undefined
  #codex: CodexReader | undefined
  #gemini: GeminiReader | undefined
  #plain: PlainReader | undefined
  #responses: ResponsesReader | undefined
  readonly #whole: ParsedTranscript[] = []
  readonly #listed: (readonly unknown[])[] = []
  /** The readers in the order in which their forms were met. */
  readonly #readers: { finish(): ParsedTranscript[] }[] = []
  readonly #notes: TranscriptNotes

  /** Takes the notes in which elements of a list are told that are of no known form. */
  constructor(notes: TranscriptNotes) {
    this.#notes = notes
  }

  #use<Reader extends { finish(): ParsedTranscript[] }>(reader: Reader): Reader {
    this.#readers.push(reader)
    return reader
  }

  /** Whether something was of a form that is known. */
  get found(): boolean {
    return this.#readers.length > 0 || this.#whole.length > 0 || this.#listed.length > 0
  }

  /**
   * Takes a value of the file: a conversation, a list of conversations or messages, or one record of a talk. `line` is its one-based line,
   * or undefined where the file holds this value alone. Answers false where it is of no form that is known.
   */
  add(value: unknown, line?: number): boolean {
    if (Array.isArray(value))
      return (line !== undefined && this.#addConversationList(value, line)) || this.#addList(value, line)
    if (!isJsonObject(value)) return false
    return this.#addWhole(value, line) || this.#addRecord(value, line ?? 1)
  }

  #addList(values: readonly unknown[], line: number | undefined): boolean {
    if (values.some(isOpenAiListed)) {
      this.#listed.push(values)
      return true
    }
    const strangers: number[] = []
    for (const [index, value] of values.entries()) {
      const at = line ?? index + 1
      const known = Array.isArray(value)
        ? this.#addConversationList(value, line)
        : isJsonObject(value) && (this.#addWhole(value, at) || this.#addRecord(value, at))
      if (!known) strangers.push(at)
    }
    if (strangers.length === values.length) return false
    for (const at of strangers) this.#notes.leaveOut("unknown-entry", at)
    return true
  }

  #addConversationList(values: readonly unknown[], line: number | undefined): boolean {
    if (!values.some(isPlainMessage)) return false
    this.#plain ??= this.#use(new PlainReader())
    this.#plain.addConversation({}, values, line)
    return true
  }

  /** An object that holds a conversation of its own, or several. */
  #addWhole(value: JsonObject, line: number | undefined): boolean {
    if (isJsonObject(value.mapping)) {
      this.#whole.push(readChatGpt(value, value.mapping))
      return true
    }
    if (isJsonObject(value.session) && Array.isArray(value.items)) {
      this.#use(new CodexReader()).addWhole(value, value.items)
      return true
    }
    if (Array.isArray(value.chat_messages) && value.chat_messages.some(isPlainMessage)) {
      this.#whole.push(readClaudeExport(value, value.chat_messages))
      return true
    }
    if (isPlainMessage(value) && !isResponse(value) && (value.content !== undefined || !messagesIn(value))) return false
    if (isResponse(value)) {
      this.#responses ??= this.#use(new ResponsesReader())
      this.#responses.add(value, line)
      return true
    }
    if (isGeminiRecord(value)) return false
    const messagesOfThread =
      Array.isArray(value.messages) && value.messages.some(isOpenAiListed) ? value.messages : undefined
    const list = value.object === "list" && Array.isArray(value.data) ? value.data : messagesOfThread
    if (list?.some(isPlainMessage) && !list.some((each) => isJsonObject(each) && isHolder(each))) {
      this.#listed.push(list)
      return true
    }
    const messages = messagesIn(value)
    if (messages) {
      this.#plain ??= this.#use(new PlainReader())
      this.#plain.addConversation(value, messages, line)
      return true
    }
    const [choice] = Array.isArray(value.choices) ? value.choices : []
    if (isJsonObject(choice) && isJsonObject(choice.message) && isPlainMessage(choice.message)) {
      this.#plain ??= this.#use(new PlainReader())
      this.#plain.addConversation(value, [{ timestamp: value.created ?? null, ...choice.message }], line)
      return true
    }
    const conversations = conversationsIn(value)
    return conversations ? this.#addList(conversations, line) : false
  }

  /** One record of a conversation that goes on in others. */
  #addRecord(value: JsonObject, line: number): boolean {
    if (isGeminiRecord(value)) {
      if (!this.#gemini?.takes(value)) this.#gemini = this.#use(new GeminiReader())
      return this.#gemini.add(value, line)
    }
    if (isCodexRecord(value) || (this.#codex && isBareItem(value))) {
      if (!this.#codex?.takes(value)) this.#codex = this.#use(new CodexReader())
      return this.#codex.add(value, line)
    }
    if (isClaudeRecord(value)) {
      this.#claude ??= this.#use(new ClaudeReader())
      this.#claude.add(value, line)
      return true
    }
    const isBetween = this.#plain !== undefined && partReason(textOf(value.type) ?? "") !== "unknown-part"
    if (!isPlainMessage(value) && !isBetween) return false
    this.#plain ??= this.#use(new PlainReader())
    return this.#plain.add(value, line)
  }

  finish(): ParsedTranscript[] {
    const conversations = [...this.#whole, ...this.#readers.flatMap((reader) => reader.finish())]
    return this.#listed.length > 0 ? [...conversations, ...readOpenAiLists(this.#listed)] : conversations
  }
}
