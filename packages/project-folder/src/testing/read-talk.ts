import type { ParsedTranscript } from "../parsed-transcript.ts"
import { readTranscripts } from "../transcript-file.ts"

const bytesOf = (file: string | Uint8Array) => (typeof file === "string" ? new TextEncoder().encode(file) : file)

/** The talks of a file that is read. */
export function readTalks(file: string | Uint8Array): ParsedTranscript[] {
  const read = readTranscripts({ bytes: bytesOf(file) })
  if ("refusal" in read) throw new TypeError(read.refusal)
  return read.talks
}

/** The talk of a file that holds one. */
export function readTalk(file: string | Uint8Array): ParsedTranscript {
  const [talk, ...others] = readTalks(file)
  if (!talk || others.length > 0) throw new TypeError(`There are ${others.length + 1} talks`)
  return talk
}

/** Why a file is not read; undefined where it is. */
export function refusalOf(file: string | Uint8Array): string | undefined {
  const read = readTranscripts({ bytes: bytesOf(file) })
  return "refusal" in read ? read.refusal : undefined
}
