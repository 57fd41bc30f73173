import { readTranscripts } from "@strudel-agent/project-folder/transcript/file"
import type { ParsedTranscript } from "@strudel-agent/project-folder/transcript/parsed-transcript"
import { ImportProblem } from "../import-problem.ts"

/** A transcript is held in memory as a whole. */
export const mostTranscriptBytes = 256 * 1024 * 1024

export interface Transcript extends ParsedTranscript {
  /** Without its folder; empty for what came from the standard input. */
  fileName: string
}

/** The conversations of a file; throws an import problem where it holds none. */
export function transcriptsOf(fileName: string, bytes: Uint8Array): Transcript[] {
  const read = readTranscripts({ bytes })
  if ("refusal" in read) throw new ImportProblem(`${fileName || "The input"} has no messages to show: ${read.refusal}.`)
  return read.conversations.map((conversation) => ({ ...conversation, fileName }))
}
