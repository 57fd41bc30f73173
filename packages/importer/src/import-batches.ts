import type { Inputs } from "@strudel-agent/client/client"
import { itemKinds } from "@strudel-agent/contract/item"
import { limits } from "@strudel-agent/contract/limits"
import { classify, pathFor } from "@strudel-agent/project-folder/paths"
import type { Entry, Ignored } from "./entry.ts"
import { toBase64, utf8Length } from "./utf8.ts"

export type SentFile = Inputs["project"]["importFiles"]["files"][number]

export interface Batch {
  files: SentFile[]
  /** Files that could not be read. */
  failed: Ignored[]
}

/** Small enough for a bar that moves, and for a failure that costs little. */
const filesPerCall = Math.min(100, limits.importFiles)
/** Bytes of JSON. */
const bytesPerCall = 6 * 1024 * 1024
/** What JSON adds to a file's path and content. */
const bytesAround = 32

const typeOrder = [...itemKinds, "project", "other"] as const

/** What is linked comes before what links to it, and a file named like an id before one that only resembles it. */
function placeOf({ path, as }: Entry): number {
  const placed = classify(path)
  const type = placed.type === "other" ? (as ?? placed.type) : placed.type
  const stem = (name: string) => name.slice(0, name.lastIndexOf("."))
  const resembles = placed.id !== undefined && stem(path) !== stem(pathFor(placed.id, placed.type))
  return typeOrder.indexOf(type) * 2 + (resembles ? 1 : 0)
}

/** The order in which the files of a project are sent. */
export const inOrder = (entries: Entry[]): Entry[] => entries.toSorted((a, b) => placeOf(a) - placeOf(b))

/** Paths that links may lead to. */
export const linkedPaths = (entries: Entry[]): string[] =>
  entries.flatMap(({ path }) => {
    const { type } = classify(path)
    return (type === "clip" || type === "song") && !isTooLong(path) ? [path] : []
  })

const isTooLong = (path: string): boolean => utf8Length(path) > limits.pathBytes

/** Reads files one call's worth after the other, so that a large folder needs little memory. */
export async function* readBatches(entries: Entry[]): AsyncGenerator<Batch> {
  let batch: Batch = { files: [], failed: [] }
  let bytes = 0
  for (const { path, file: source, as } of entries) {
    if (isTooLong(path)) {
      batch.failed.push({ path, why: "its path is too long" })
      continue
    }
    const { content, problem } = await source.read(limits.fileBytes)
    if (problem !== undefined) {
      batch.failed.push({ path, why: problem })
      continue
    }
    const file = { path, content: toBase64(content), ...(as && { as }) }
    const size = file.content.length + utf8Length(JSON.stringify(path)) + bytesAround
    if (batch.files.length >= filesPerCall || (batch.files.length > 0 && bytes + size > bytesPerCall)) {
      yield batch
      batch = { files: [], failed: [] }
      bytes = 0
    }
    batch.files.push(file)
    bytes += size
  }
  if (batch.files.length > 0 || batch.failed.length > 0) yield batch
}
