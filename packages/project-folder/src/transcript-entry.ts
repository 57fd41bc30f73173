import { isJsonObject, type JsonObject } from "./json-value.ts"

export type MessageRole = "user" | "assistant" | "system" | "note"

/** Why something of a transcript does not become a message. */
export type LeftOutReason =
  | "tool-call"
  | "tool-result"
  | "thinking"
  | "image"
  | "attachment"
  | "sidechain"
  | "meta"
  | "summary"
  | "repeated"
  | "empty"
  | "unknown-part"
  | "unknown-entry"
  | "malformed-line"

/** One entry of a transcript, reduced to what is shown. */
export type ReducedEntry = {
  role: MessageRole
  /** The role as the entry has it, where that is none of ours. */
  unknownRole?: string
  texts: string[]
  timestamp: unknown
  /** Entries with the same key are parts of one message. */
  joinKey?: string
  /** Entries with the same key are the same entry again. */
  entryKey?: string
  source: JsonObject
}

export type Reduction = { entry?: ReducedEntry; leftOut: LeftOutReason[]; title?: string }

const roles: Record<string, MessageRole> = {
  user: "user",
  human: "user",
  assistant: "assistant",
  ai: "assistant",
  model: "assistant",
  system: "system",
  developer: "system",
  note: "note",
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined)

function partReason(type: string): LeftOutReason {
  if (/tool_use$|tool_call$|function_call$|_call$/.test(type)) return "tool-call"
  if (/tool_result$|_call_output$/.test(type)) return "tool-result"
  if (/thinking$|^reasoning/.test(type)) return "thinking"
  if (/image/.test(type)) return "image"
  return /document|file|audio|video/.test(type) ? "attachment" : "unknown-part"
}

/** Takes the texts out of a message's content and names the other parts. */
function readContent(content: unknown): { texts: string[]; leftOut: LeftOutReason[] } {
  const texts: string[] = []
  const leftOut: LeftOutReason[] = []
  for (const part of Array.isArray(content) ? content : [content]) {
    if (part === null || part === undefined) continue
    if (typeof part === "string") texts.push(part)
    else if (!isJsonObject(part)) leftOut.push("unknown-part")
    else {
      const type = textOf(part.type) ?? "text"
      const text = /^(?:text|input_text|output_text)$/.test(type)
        ? textOf(part.text)
        : type === "refusal"
          ? textOf(part.refusal)
          : undefined
      if (text !== undefined) texts.push(text)
      else leftOut.push(partReason(type))
    }
  }
  return { texts, leftOut }
}

function readMessage(message: JsonObject, envelope: JsonObject): Reduction {
  const role = textOf(message.role)?.toLowerCase() ?? ""
  if (role === "tool" || role === "function") return { leftOut: ["tool-result"] }
  const { texts, leftOut } = readContent(message.content ?? message.text)
  if (Array.isArray(message.tool_calls)) leftOut.push(...message.tool_calls.map((): LeftOutReason => "tool-call"))
  if (isJsonObject(message.function_call)) leftOut.push("tool-call")
  if (textOf(message.reasoning_content)) leftOut.push("thinking")
  const known = Object.hasOwn(roles, role) ? roles[role] : undefined
  const entry: ReducedEntry = {
    role: known ?? "note",
    texts,
    timestamp:
      message.timestamp ??
      envelope.timestamp ??
      message.created_at ??
      message.create_time ??
      message.created ??
      message.ts,
    source: message,
  }
  if (!known) entry.unknownRole = role
  return { entry, leftOut }
}

/** An entry of a Claude Code transcript: an envelope around a message, or a record of the program's own. */
function readClaudeEntry(entry: JsonObject): Reduction {
  const { type } = entry
  if (type === "summary") {
    const title = textOf(entry.summary)
    return title ? { leftOut: ["summary"], title } : { leftOut: ["summary"] }
  }
  if (entry.isSidechain === true) return { leftOut: ["sidechain"] }
  if (entry.isMeta === true || entry.isCompactSummary === true) return { leftOut: ["meta"] }
  const message = isJsonObject(entry.message) ? entry.message : undefined
  if (type === "system" && !message) {
    return typeof entry.content === "string"
      ? readMessage({ role: "system", content: entry.content }, entry)
      : { leftOut: ["meta"] }
  }
  if (!message) return { leftOut: ["meta"] }
  const reduction = readMessage({ role: type ?? null, ...message }, entry)
  const id = textOf(message.id)
  if (reduction.entry) {
    if (id) reduction.entry.joinKey = id
    const uuid = textOf(entry.uuid)
    if (uuid) reduction.entry.entryKey = uuid
  }
  return reduction
}

/** Reduces one entry of a transcript; undefined where it is of no form that is known. */
export function reduceEntry(value: unknown): Reduction | undefined {
  if (!isJsonObject(value)) return undefined
  if (typeof value.role === "string") return readMessage(value, value)
  const type = textOf(value.type)
  if (type === undefined) return undefined
  if (isJsonObject(value.payload)) {
    if (type !== "response_item") return { leftOut: ["meta"] }
    return reduceEntry({ timestamp: value.timestamp ?? null, ...value.payload })
  }
  if (isJsonObject(value.message) || isClaudeRecord(type)) return readClaudeEntry(value)
  const reason = partReason(type)
  return reason === "unknown-part" ? { leftOut: ["unknown-entry"] } : { leftOut: [reason] }
}

const isClaudeRecord = (type: string): boolean =>
  [
    "user",
    "assistant",
    "system",
    "summary",
    "progress",
    "queue-operation",
    "file-history-snapshot",
    "custom-title",
  ].includes(type)
