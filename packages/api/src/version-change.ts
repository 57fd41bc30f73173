import { setImmediate as nextTurn } from "node:timers/promises"
import { isDeepStrictEqual } from "node:util"
import { diffLines } from "diff"
import type { ClipVersionChange } from "./schema/clip.ts"

interface Version {
  name: string
  code: string
  metadata: unknown
}

/** Bounds of one comparison: lines that differ, and milliseconds, since the server does nothing else meanwhile. */
const bounds = { maxEditLength: 2000, timeout: 15 }

function countLines(before: string, after: string, timeout: number): ClipVersionChange["lines"] {
  const lines = { added: 0, removed: 0 }
  if (before === after) return lines
  // A newline at the end of the code is no change of its last line.
  const ended = (code: string) => (code === "" || code.endsWith("\n") ? code : `${code}\n`)
  const parts = timeout > 0 ? diffLines(ended(before), ended(after), { ...bounds, timeout }) : undefined
  if (!parts) return null
  for (const { added, removed, count } of parts) {
    if (added) lines.added += count
    if (removed) lines.removed += count
  }
  return lines
}

const entriesOf = (metadata: unknown): [string, unknown][] =>
  typeof metadata === "object" && metadata !== null ? Object.entries(metadata) : []

function changedKeys(before: unknown, after: unknown): string[] {
  const former = new Map(entriesOf(before))
  const latter = new Map(entriesOf(after))
  return [...new Set([...latter.keys(), ...former.keys()])].filter(
    (key) => former.has(key) !== latter.has(key) || !isDeepStrictEqual(former.get(key), latter.get(key)),
  )
}

/** Says what a version changed of the one before it; lines are counted for so many milliseconds at most. */
export const changeBetween = (before: Version, after: Version, timeout = bounds.timeout): ClipVersionChange => ({
  lines: countLines(before.code, after.code, timeout),
  metadataKeys: changedKeys(before.metadata, after.metadata),
  renamed: before.name !== after.name,
})

/** Compares one pair of versions after another, for so many milliseconds together; others have a turn between two. */
export function createComparison(budget: number) {
  let left = budget
  return async (before: Version, after: Version): Promise<ClipVersionChange> => {
    await nextTurn()
    const begun = performance.now()
    const change = changeBetween(before, after, Math.min(left, bounds.timeout))
    left -= performance.now() - begun
    return change
  }
}
