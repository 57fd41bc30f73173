import type { JsonObject } from "../json/json-value.ts"
import type { Warning } from "../warning.ts"

export type MessageRole = "user" | "assistant" | "system" | "note"

/** Why something of a transcript does not become a message. */
export type LeftOutReason =
  | "tool-call"
  | "tool-result"
  | "thinking"
  | "image"
  | "attachment"
  | "sidechain"
  | "command"
  | "command-output"
  | "shell-command"
  | "instructions"
  | "reminder"
  | "notification"
  | "interruption"
  | "program-error"
  | "notice"
  | "compaction"
  | "unsent"
  | "terminal-code"
  | "meta"
  | "summary"
  | "repeated"
  | "empty"
  | "unknown-part"
  | "unknown-entry"
  | "malformed-line"

/** What a message keeps beside role and content. */
export interface Extras {
  context?: JsonObject
  code_changes?: JsonObject | JsonObject[]
  givenId?: string
}

/** What somebody said in one entry of a transcript, as the library can hold it. */
export interface Message {
  role: MessageRole
  /** None is blank. */
  texts: string[]
  /** ISO 8601 in UTC. */
  time?: string
  /** Entries with the same key are parts of one message. */
  joinKey?: string
  /** What the format calls this message in every file that has it. */
  key?: string
  /** Stands for the time in what the client_id follows from. */
  seed?: string
  model?: string
  extras?: Extras
}

/** One entry of a transcript, reduced to what is shown and what is told of it. */
export interface Entry {
  /** One-based line of JSON Lines, else one-based place in the list of messages. */
  line: number
  leftOut: readonly LeftOutReason[]
  warnings?: readonly Warning[]
  said?: Message
}
