import { readFile } from "node:fs/promises"
import { Failure, UsageError } from "../failure.ts"
import type { Run } from "../run.ts"

/** Bytes that are read at most: more than the server takes of anything. */
const mostBytes = 16 * 1024 * 1024

function decode(bytes: Uint8Array, from: string): string {
  if (bytes.byteLength > mostBytes) throw new Failure(`${from} is larger than ${mostBytes / 1024 / 1024} MiB.`)
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw new Failure(`${from} is not UTF-8.`)
  }
}

async function readStdin(run: Run): Promise<string> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of run.io.stdin) {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece
    length += bytes.byteLength
    pieces.push(bytes)
    if (length > mostBytes) break
  }
  return decode(Buffer.concat(pieces), "The standard input")
}

/** The text of a file, or of the standard input where none is named; nobody is asked to type it. */
export async function readText(run: Run, file: string | undefined): Promise<string> {
  if (file !== undefined && file !== "-") return decode(await readFile(run.path(file)), file)
  if (file === undefined && run.io.stdin.isTTY) {
    throw new UsageError("Name a file with --file, or send the text through a pipe.")
  }
  return readStdin(run)
}
