import { readFileSync } from "node:fs"
import { readTranscripts } from "../transcript/file.ts"
import type { ParsedTranscript } from "../transcript/parsed-transcript.ts"

const bytesOf = (file: string | Uint8Array) => (typeof file === "string" ? new TextEncoder().encode(file) : file)

/** The conversations of a file that is read. */
export function readConversations(file: string | Uint8Array): ParsedTranscript[] {
  const read = readTranscripts({ bytes: bytesOf(file) })
  if ("refusal" in read) throw new TypeError(read.refusal)
  return read.conversations
}

/** The conversation of a file that holds one. */
export function readConversation(file: string | Uint8Array): ParsedTranscript {
  const [conversation, ...others] = readConversations(file)
  if (!conversation || others.length > 0) throw new TypeError(`There are ${others.length + 1} conversations`)
  return conversation
}

/** Why a file is not read; undefined where it is. */
export function refusalOf(file: string | Uint8Array): string | undefined {
  const read = readTranscripts({ bytes: bytesOf(file) })
  return "refusal" in read ? read.refusal : undefined
}

/** A fixture of a transcript, as it lies in its folder. */
export const readFixture = (fileName: string): Uint8Array =>
  readFileSync(new URL(`../../fixtures/transcripts/${fileName}`, import.meta.url))

/** One JSON text a line. */
export const lines = (...values: unknown[]): string => values.map((value) => JSON.stringify(value)).join("\n")

/** Who said what, in order. */
export const shown = ({ messages }: Pick<ParsedTranscript, "messages">): string[] =>
  messages.map(({ role, content }) => `${role}: ${content}`)

/** How often something was left out, by why. */
export const counts = ({ leftOut }: ParsedTranscript): Record<string, number> =>
  Object.fromEntries(leftOut.map(({ reason, count }) => [reason, count]))
