import { readFile, stat } from "node:fs/promises"
import { basename } from "node:path"
import { mostTranscriptBytes, type Transcript, transcriptsOf } from "@strudel-agent/importer/transcript/transcript"
import { Failure, UsageError } from "../failure.ts"
import type { Io } from "../terminal/io.ts"

const tooLarge = (file: string) => new Failure(`${file} is larger than ${mostTranscriptBytes / 1024 / 1024} MiB.`)

async function readAll(stdin: Io["stdin"]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stdin) {
    const part = typeof chunk === "string" ? Buffer.from(chunk) : chunk
    bytes += part.length
    if (bytes > mostTranscriptBytes) throw tooLarge("The input")
    chunks.push(part)
  }
  return Buffer.concat(chunks)
}

async function readBytes(path: string): Promise<Uint8Array> {
  const stats = await stat(path).catch(() => undefined)
  if (!stats) throw new UsageError(`${path}: there is no such file.`)
  if (!stats.isFile()) throw new UsageError(`${path} is no file.`)
  if (stats.size > mostTranscriptBytes) throw tooLarge(path)
  return readFile(path)
}

/** Reads the conversations of a file, or of the standard input where the path is `-`; throws a failure where it holds none. */
export async function readTranscripts(path: string, stdin: Io["stdin"]): Promise<Transcript[]> {
  const fromStdin = path === "-"
  return transcriptsOf(fromStdin ? "" : basename(path), fromStdin ? await readAll(stdin) : await readBytes(path))
}

/** As readTranscripts, for a file that holds one conversation; throws a failure where it holds several. */
export async function readTranscript(path: string, stdin: Io["stdin"]): Promise<Transcript> {
  const [conversation, ...others] = await readTranscripts(path, stdin)
  if (!conversation || others.length > 0)
    throw new Failure(`${path} holds ${others.length + (conversation ? 1 : 0)} talks.`)
  return conversation
}
