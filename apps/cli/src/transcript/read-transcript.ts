import { readFile, stat } from "node:fs/promises"
import { basename } from "node:path"
import type { ParsedTranscript } from "@strudel-agent/project-folder/parsed-transcript"
import { readTranscripts as parseTranscripts } from "@strudel-agent/project-folder/transcript-file"
import { Failure, UsageError } from "../failure.ts"
import type { Io } from "../terminal/io.ts"

/** A transcript is held in memory as a whole. */
const mostBytes = 256 * 1024 * 1024

const tooLarge = (file: string) => new Failure(`${file} is larger than ${mostBytes / 1024 / 1024} MiB.`)

async function readAll(stdin: Io["stdin"]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stdin) {
    const part = typeof chunk === "string" ? Buffer.from(chunk) : chunk
    bytes += part.length
    if (bytes > mostBytes) throw tooLarge("The input")
    chunks.push(part)
  }
  return Buffer.concat(chunks)
}

async function readBytes(path: string): Promise<Uint8Array> {
  const stats = await stat(path).catch(() => undefined)
  if (!stats) throw new UsageError(`${path}: there is no such file.`)
  if (!stats.isFile()) throw new UsageError(`${path} is no file.`)
  if (stats.size > mostBytes) throw tooLarge(path)
  return readFile(path)
}

export interface Transcript extends ParsedTranscript {
  /** Without its folder; empty for what came from the standard input. */
  fileName: string
}

/** Reads the talks of a file, or of the standard input where the path is `-`; throws a failure where it holds none. */
export async function readTranscripts(path: string, stdin: Io["stdin"]): Promise<Transcript[]> {
  const fromStdin = path === "-"
  const fileName = fromStdin ? "" : basename(path)
  const name = fileName || "The input"
  const read = parseTranscripts({ bytes: fromStdin ? await readAll(stdin) : await readBytes(path) })
  if ("refusal" in read) throw new Failure(`${name} has no messages to show: ${read.refusal}.`)
  return read.talks.map((talk) => ({ ...talk, fileName }))
}

/** As readTranscripts, for a file that holds one talk; throws a failure where it holds several. */
export async function readTranscript(path: string, stdin: Io["stdin"]): Promise<Transcript> {
  const [talk, ...others] = await readTranscripts(path, stdin)
  if (!talk || others.length > 0) throw new Failure(`${path} holds ${others.length + (talk ? 1 : 0)} talks.`)
  return talk
}
