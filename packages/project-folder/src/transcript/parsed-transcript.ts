import type { JsonObject } from "../json/json-value.ts"
import type { Warning } from "../warning.ts"
import type { LeftOutReason, MessageRole } from "./entry.ts"

/** The program or interface whose form a conversation has; `messages` are plain ones of role and content. */
export type ConversationFormat =
  | "messages"
  | "claude-code"
  | "codex"
  | "gemini-cli"
  | "chatgpt"
  | "ai-sdk"
  | "openai-responses"
  | "openai-assistants"
  | "sharegpt"
  | "claude-export"

/** A message to append to a session. */
export type TranscriptMessage = {
  role: MessageRole
  content: string
  /** ISO 8601 in UTC. */
  timestamp?: string
  context?: JsonObject
  code_changes?: JsonObject | JsonObject[]
  /** The same for the same message of the same conversation, so that importing it again adds nothing. */
  client_id: string
  /** What the format calls this message: the same in every file that has it, so in a fork and in its original. */
  key?: string
}

/** What was said on a way that the conversation went and then took back. */
export type Branch = {
  /** Place in the conversation's `branches` of the branch that it leaves, always an earlier one; undefined: the live branch. */
  from?: number
  /** How many messages it has in common with what it leaves, counted from the conversation's beginning. */
  leavesAfter: number
  /** Its own messages, which follow on those. */
  messages: TranscriptMessage[]
  firstWords: string
}

/** `lines` are the first of them: one-based lines of JSON Lines, else one-based places in the array of messages. */
export type LeftOut = { reason: LeftOutReason; count: number; lines: number[] }

export type ParsedTranscript = {
  format: ConversationFormat
  /** The id of the session or conversation, where the format says one. */
  identity?: string
  /** The id of the session or conversation that it was forked from, where the format says so. */
  forkedFrom?: string
  /** What the person called it, else what the program called it. */
  title?: string
  /** Of the user's first message, on one line of at most 200 characters. */
  firstWords?: string
  model?: string
  /** ISO 8601 in UTC. */
  startedAt?: string
  /** ISO 8601 in UTC. */
  lastActiveAt?: string
  /** The live branch, in order. */
  messages: TranscriptMessage[]
  branches: Branch[]
  leftOut: LeftOut[]
  warnings: Warning[]
}

/** The conversations that a file holds, or what the file looks like and why it is not read. */
export type ReadTranscripts = { conversations: ParsedTranscript[] } | { refusal: string }

/** All messages of a branch from the conversation's beginning. */
export function wholeBranch(
  conversation: Pick<ParsedTranscript, "messages" | "branches">,
  branch: Branch,
): TranscriptMessage[] {
  const pieces: TranscriptMessage[][] = [branch.messages]
  let count = branch.leavesAfter
  for (let from = branch.from; count > 0; ) {
    const before: Branch | undefined = from === undefined ? undefined : conversation.branches[from]
    const start: number = before?.leavesAfter ?? 0
    pieces.push((before?.messages ?? conversation.messages).slice(0, Math.max(0, count - start)))
    count = Math.min(count, start)
    from = before?.from
  }
  return pieces.reverse().flat()
}
