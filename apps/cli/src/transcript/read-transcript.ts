import { readFile, stat } from "node:fs/promises"
import { basename } from "node:path"
import type { ParsedTranscript } from "@strudel-agent/project-folder/transcript-builder"
import { parseTranscript } from "@strudel-agent/project-folder/transcript-file"
import { Failure, UsageError } from "../failure.ts"
import type { Io } from "../terminal/io.ts"

/** A transcript is held in memory as a whole. */
const mostBytes = 256 * 1024 * 1024

const tooLarge = (file: string) => new Failure(`${file} is larger than ${mostBytes / 1024 / 1024} MiB.`)

async function readAll(stdin: Io["stdin"]): Promise<string> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stdin) {
    const part = typeof chunk === "string" ? Buffer.from(chunk) : chunk
    bytes += part.length
    if (bytes > mostBytes) throw tooLarge("The input")
    chunks.push(part)
  }
  return Buffer.concat(chunks).toString()
}

async function readText(path: string): Promise<string> {
  const stats = await stat(path).catch(() => undefined)
  if (!stats) throw new UsageError(`${path}: there is no such file.`)
  if (!stats.isFile()) throw new UsageError(`${path} is no file.`)
  if (stats.size > mostBytes) throw tooLarge(path)
  return readFile(path, "utf8")
}

export interface Transcript extends ParsedTranscript {
  /** Without its folder; empty for what came from the standard input. */
  fileName: string
}

/** Reads a transcript from a file, or from the standard input where the path is `-`. */
export async function readTranscript(path: string, stdin: Io["stdin"]): Promise<Transcript> {
  const fromStdin = path === "-"
  const fileName = fromStdin ? "" : basename(path)
  const text = fromStdin ? await readAll(stdin) : await readText(path)
  return { ...parseTranscript({ fileName: fileName || "The input", text }), fileName }
}
