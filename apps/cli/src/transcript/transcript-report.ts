import { printableLine } from "../terminal/printable.ts"
import { count } from "../terminal/words.ts"
import type { Transcript } from "./read-transcript.ts"

/** Something about one message, by its one-based place in the transcript. */
export interface Remark {
  place: number
  why: string
}

export interface TranscriptReport {
  session: { id: string; name: string; created: boolean }
  dryRun: boolean
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
  /** Messages that are not as the transcript has them: too large, or stored with other content. */
  failed: Remark[]
  /** Parts of messages that the server's limits do not let in. */
  dropped: Remark[]
  leftOut: Transcript["leftOut"]
  warnings: Transcript["warnings"]
}

/** Whether every message of the transcript is in the session. */
export const isComplete = ({ failed, interrupted }: TranscriptReport): boolean => failed.length === 0 && !interrupted

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
  compaction: ["summary of the talk so far", "summaries of the talk so far"],
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

const mostLines = 20

/** The report for people. */
export function transcriptInLines(report: TranscriptReport): string[] {
  const { session, counts, dryRun, failed, dropped, leftOut, warnings } = report
  const { appended, alreadyThere, others } = counts
  const verb = dryRun ? "would be imported" : "imported"
  const lines = [
    `${printableLine(session.name)} (session ${session.id}${session.created ? "" : ", which was there"})`,
    `  ${count(appended, "message")} ${verb}, ${alreadyThere} already there`,
  ]
  if (others > 0) lines.push(`  The session has ${count(others, "message")} that the transcript does not have.`)
  if (leftOut.length > 0) lines.push(`  Left out: ${leftOutInWords(leftOut)}.`)
  const remarks = [
    ...failed.map(({ place, why }) => `  Message ${place} ${why}.`),
    ...dropped.map(({ place, why }) => `  Message ${place} lost a part: ${why}.`),
    ...warnings.map(({ message }) => `  ${printableLine(message)}.`),
  ]
  lines.push(...remarks.slice(0, mostLines))
  if (remarks.length > mostLines) lines.push(`  … ${remarks.length - mostLines} more remarks; --json has them all.`)
  if (dryRun) lines.push("This was a dry run: nothing was changed.")
  return lines
}
