import { count } from "../count.ts"
import type { Transcript } from "./transcript.ts"

/** Something about one message, by its one-based place in the transcript. */
export interface Remark {
  place: number
  why: string
}

/** Another session, by its id and what it is called. */
export interface Named {
  id: string
  name: string
}

/** What a conversation that became a session of its own has to do with another one. */
export type ReportedKinship =
  /** It went its own way behind the message of this index. */
  | (Named & { kind: "fork"; messageIndex: number })
  /** It begins with so many of the same messages. */
  | (Named & { kind: "alike"; common: number })
  /** It has the same id where it comes from, but begins with something else. */
  | (Named & { kind: "namesake" })

/** What became of one conversation, or of a branch of it. */
export interface StoredReport {
  session: Named & { created: boolean }
  /** Whether the user ended the import before it was through. */
  interrupted: boolean
  counts: {
    /** Messages of the transcript. */
    messages: number
    appended: number
    alreadyThere: number
    /** Messages of the session that are not of the transcript. */
    others: number
  }
  /** Whose time messages without one have: that of the conversation, of the file or of the import. */
  times: "talk" | "file" | "import"
  /** Messages that are not as the transcript has them: too large, or stored with other content. */
  failed: Remark[]
  /** Parts of messages that the server's limits do not let in. */
  dropped: Remark[]
  /** Messages that stand elsewhere than in the transcript. */
  moved: Remark[]
  kinship?: ReportedKinship
  /** Sessions that were found to be forks of this one. */
  forks: (Named & { messageIndex: number })[]
}

/** A branch that the conversation left. */
export interface BranchReport {
  firstWords: string
  /** How many messages it has in common with what it leaves. */
  leavesAfter: number
  /** How many follow on those. */
  messages: number
  /** What became of it, where branches are stored. */
  stored?: StoredReport
}

export interface TranscriptReport extends StoredReport {
  dryRun: boolean
  branches: BranchReport[]
  leftOut: Transcript["leftOut"]
  warnings: Transcript["warnings"]
}

/** Whether every message of the transcript is in the session, and of its branches where they are stored. */
export const isComplete = ({ failed, interrupted, branches }: TranscriptReport): boolean =>
  failed.length === 0 && !interrupted && branches.every(({ stored }) => !stored || stored.failed.length === 0)

const reasonWords: Record<Transcript["leftOut"][number]["reason"], [one: string, many: string]> = {
  "tool-call": ["tool call", "tool calls"],
  "tool-result": ["tool result", "tool results"],
  thinking: ["thinking part", "thinking parts"],
  image: ["image", "images"],
  attachment: ["attachment", "attachments"],
  sidechain: ["entry of a sub-agent", "entries of sub-agents"],
  command: ["command to the program", "commands to the program"],
  "command-output": ["answer of the program to a command", "answers of the program to commands"],
  "shell-command": ["shell command", "shell commands"],
  instructions: ["instruction of the program to the agent", "instructions of the program to the agent"],
  reminder: ["reminder of the program to the agent", "reminders of the program to the agent"],
  notification: ["notification of the program", "notifications of the program"],
  interruption: ["interruption", "interruptions"],
  "program-error": ["error of the program", "errors of the program"],
  notice: ["notice of the program", "notices of the program"],
  compaction: ["summary of the conversation so far", "summaries of the conversation so far"],
  unsent: ["prompt that was taken back before it was sent", "prompts that were taken back before they were sent"],
  "terminal-code": ["terminal code", "terminal codes"],
  meta: ["entry of the program's own", "entries of the program's own"],
  summary: ["summary", "summaries"],
  repeated: ["repetition", "repetitions"],
  empty: ["empty entry", "empty entries"],
  "unknown-part": ["part of an unknown kind", "parts of an unknown kind"],
  "unknown-entry": ["entry of an unknown form", "entries of an unknown form"],
  "malformed-line": ["line that is no JSON", "lines that are no JSON"],
}

/** What was left out of a transcript, in words. */
export const leftOutInWords = (leftOut: Transcript["leftOut"]): string =>
  leftOut.map(({ reason, count: number }) => count(number, ...reasonWords[reason])).join(", ")
