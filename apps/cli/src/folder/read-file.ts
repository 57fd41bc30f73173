import { constants } from "node:fs"
import { open } from "node:fs/promises"
import { limits } from "@strudel-agent/contract/limits"
import { type Reading, type SourceFile, tooLarge } from "@strudel-agent/importer/source"
import { fileProblem } from "../failure.ts"

/** A link that took the file's place is not followed, and a pipe in its place is not waited for; Windows has neither. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Reads a regular file of at most so many bytes, 2 MiB where nothing is said; says what keeps it from that. */
export async function readRegularFile(path: string, most: number = limits.fileBytes): Promise<Reading> {
  try {
    const file = await open(path, flags)
    try {
      const stats = await file.stat()
      if (!stats.isFile()) return { problem: "is no regular file" }
      if (stats.size > most) return { problem: tooLarge(most) }
      const content = await file.readFile()
      return content.length > most ? { problem: tooLarge(most) } : { content }
    } finally {
      await file.close()
    }
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT"
    return { problem: fileProblem(error), ...(missing && { missing }) }
  }
}

/** A file on the disk. */
export const diskFile = (path: string): SourceFile => ({ read: (most) => readRegularFile(path, most) })
