import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { createGunzip, createGzip } from "node:zlib"
import { type BackupCounts, BackupKind, backupKinds } from "@strudel-agent/contract/backup"
import { z } from "zod"
import { Failure, fileProblem } from "../failure.ts"

/*
 * A backup is JSON Lines in gzip: a line that says what it is, a line for each record, and a line that ends it with the
 * number of records of each kind and the SHA-256 of all lines before.
 */

const format = "strudel-agent-backup"
/** Version 1 had no runs. */
const version = 2

const Head = z.object({ format: z.literal(format), version: z.number().int() })
const End = z.object({ end: z.object({ records: z.partialRecord(BackupKind, z.number().int()), sha256: z.string() }) })
const Line = z.looseObject({ kind: BackupKind })

/** A record as it stands in a file: what its kind says of it is checked where it is stored. */
export interface FileRecord {
  kind: BackupKind
  record: Record<string, unknown>
  /** Bytes of its line. */
  bytes: number
}

export const noCounts = (): BackupCounts => ({
  ...{ view: 0, project: 0, clip: 0, clipVersion: 0, song: 0, songVersion: 0, playlist: 0, playlistVersion: 0 },
  ...{ file: 0, session: 0, memoryFile: 0, message: 0, run: 0, runChange: 0 },
})

/** What was written, or read. */
export interface Held {
  counts: BackupCounts
  sha256: string
}

/** Bytes of lines that are compressed at a time. */
const pieceBytes = 256 * 1024

/** The bytes of a backup of these records; `told` is filled in as they come. */
export function writeBackup(
  records: AsyncIterable<{ kind: BackupKind; record: object }>,
  held: Held,
): AsyncIterable<Uint8Array> {
  const hash = createHash("sha256")
  async function* lines(): AsyncGenerator<string> {
    let piece = `${JSON.stringify({ format, version })}\n`
    for await (const { kind, record } of records) {
      held.counts[kind]++
      piece += `${JSON.stringify({ kind, ...record })}\n`
      if (piece.length < pieceBytes) continue
      hash.update(piece)
      yield piece
      piece = ""
    }
    hash.update(piece)
    held.sha256 = hash.digest("hex")
    yield `${piece}${JSON.stringify({ end: { records: held.counts, sha256: held.sha256 } })}\n`
  }
  return compress(lines())
}

/**
 * Compresses texts as they come; a failure of their source is that of what is compressed. Where nobody reads on, nothing
 * more is taken from the source.
 */
async function* compress(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const gzip = createGzip()
  // What it fails with is met where the compressed bytes are read.
  const writing = pipeline(texts, gzip).catch(() => undefined)
  try {
    for await (const piece of gzip) yield piece
  } finally {
    gzip.destroy()
    await writing
  }
}

const broken = (path: string, what: string): Failure => new Failure(`${path} is no whole backup: ${what}.`)

/** Bytes of a line, beyond which it is none of a backup. */
const longestLine = 64 * 1024 * 1024

/** The lines of a compressed file, each with its bytes. */
async function* linesOf(path: string): AsyncGenerator<Buffer> {
  const source = createReadStream(path)
  const text = source.pipe(createGunzip())
  source.on("error", (error) => text.destroy(error))
  let rest: Buffer[] = []
  let held = 0
  try {
    for await (const piece of text) {
      const bytes: Buffer = piece
      let start = 0
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
        yield Buffer.concat([...rest, bytes.subarray(start, end + 1)])
        rest = []
        held = 0
        start = end + 1
      }
      rest.push(bytes.subarray(start))
      held += bytes.length - start
      if (held > longestLine) throw broken(path, "it has a line that is too long")
    }
  } catch (error) {
    if (error instanceof Failure) throw error
    const code = error instanceof Error && "code" in error ? String(error.code) : ""
    if (code === "Z_BUF_ERROR") throw broken(path, "it ends before its end")
    if (code.startsWith("Z_")) throw broken(path, "it is not compressed as one, or damaged")
    throw new Failure(`${path}: ${fileProblem(error)}`)
  } finally {
    source.destroy()
    text.destroy()
  }
  if (held > 0) throw broken(path, "it ends within a line")
}

function parsed<T>(schema: z.ZodType<T>, line: Buffer): T | undefined {
  try {
    return schema.parse(JSON.parse(line.toString()))
  } catch {
    return undefined
  }
}

/**
 * Reads the records of a backup one after the other. Throws a failure where the file is none, is of a version that this
 * program does not know, or is not whole: only after the last record it is known that all were as they were written.
 */
export async function* readBackup(path: string, held: Held): AsyncGenerator<FileRecord> {
  const hash = createHash("sha256")
  let place = 0
  let isOver = false
  for await (const line of linesOf(path)) {
    place++
    if (isOver) throw broken(path, "something follows its end")
    if (place === 1) {
      const head = parsed(Head, line)
      if (!head) throw new Failure(`${path} is no backup of this program.`)
      if (head.version < 1 || head.version > version) {
        throw new Failure(
          `${path} has version ${head.version} of the format; this program reads up to version ${version}.`,
        )
      }
      hash.update(line)
      continue
    }
    const record = parsed(Line, line)
    if (record) {
      hash.update(line)
      const { kind, ...rest } = record
      held.counts[kind]++
      yield { kind, record: rest, bytes: line.length }
      continue
    }
    const end = parsed(End, line)?.end
    if (!end) throw broken(path, `line ${place} says nothing that it knows`)
    held.sha256 = hash.digest("hex")
    const isAll = backupKinds.every((kind) => (end.records[kind] ?? 0) === held.counts[kind])
    if (!isAll || end.sha256 !== held.sha256) throw broken(path, "its checksum is another")
    isOver = true
  }
  if (!isOver) throw broken(path, "it ends before its end")
}
