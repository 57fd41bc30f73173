import { copyFileSync, rmSync, statSync, truncateSync } from "node:fs"
import { attempt } from "./attempt.ts"

/** Bytes that a log file may have before its content moves to a second one. */
const logLimit = 10 * 1024 * 1024

/**
 * Moves what a log file of more than `limit` bytes holds to `….1`, while others go on writing to it. On a full disk what
 * it holds is lost, and there is room again.
 */
export function shortenLog(file: string, warn: (words: string) => void, limit = logLimit): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size <= limit) return
  const copy = `${file}.1`
  if (!attempt(`keep ${file}`, () => copyFileSync(file, copy), warn)) {
    // Half of it takes room, too.
    attempt(`remove ${copy}`, () => rmSync(copy, { force: true }), warn)
  }
  attempt(`shorten ${file}`, () => truncateSync(file), warn)
}
