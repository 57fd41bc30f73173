import { setImmediate as nextTurn } from "node:timers/promises"
import { isDeepStrictEqual } from "node:util"
import type { OrderChange, VersionChange } from "@strudel-agent/contract/version"
import { diffArrays, diffLines } from "diff"

interface Version {
  name: string
  /** Code or Markdown. */
  text: string
  metadata: unknown
}

/** Bounds of one comparison: lines that differ, and milliseconds, since the server does nothing else meanwhile. */
const bounds = { maxEditLength: 2000, timeout: 15 }
/** What is this small, in characters or in parts of an order, is compared whatever the clock says: its edits bound the work. */
const small = { characters: 10_000, parts: 200, maxEditLength: 200 }

interface Bounds {
  maxEditLength: number
  timeout?: number
}

/** Compares what is small within its own bounds first, then what may take so many milliseconds; undefined if neither does. */
function compareWithin<Run>(
  compare: (within: Bounds) => Run[] | undefined,
  { isSmall, timeout }: { isSmall: boolean; timeout: number },
): Run[] | undefined {
  const runs = isSmall ? compare({ maxEditLength: small.maxEditLength }) : undefined
  return runs ?? (timeout > 0 ? compare({ ...bounds, timeout }) : undefined)
}

function countLines(before: string, after: string, timeout: number): VersionChange["lines"] {
  const lines = { added: 0, removed: 0 }
  if (before === after) return lines
  // A newline at the end of the text is no change of its last line.
  const ended = (text: string) => (text === "" || text.endsWith("\n") ? text : `${text}\n`)
  const isSmall = before.length + after.length <= small.characters
  const compare = (within: Bounds) => diffLines(ended(before), ended(after), within)
  const parts = compareWithin(compare, { isSmall, timeout })
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
export const changeBetween = (before: Version, after: Version, timeout = bounds.timeout): VersionChange => ({
  lines: countLines(before.text, after.text, timeout),
  metadataKeys: changedKeys(before.metadata, after.metadata),
  renamed: before.name !== after.name,
})

/** Says how many parts of an order came, went and changed their places; null where that takes too many milliseconds. */
export function orderBetween(before: string[], after: string[], timeout = bounds.timeout): OrderChange | null {
  if (isDeepStrictEqual(before, after)) return { added: 0, removed: 0, moved: 0 }
  const isSmall = before.length + after.length <= small.parts
  const compare = (within: Bounds) => diffArrays(before, after, within)
  const runs = compareWithin(compare, { isSmall, timeout })
  if (!runs) return null
  const added = runs.flatMap((run) => (run.added ? run.value : []))
  const removed = runs.flatMap((run) => (run.removed ? run.value : []))
  const left = new Map<string, number>()
  for (const id of removed) left.set(id, (left.get(id) ?? 0) + 1)
  let moved = 0
  for (const id of added) {
    const count = left.get(id) ?? 0
    if (count === 0) continue
    left.set(id, count - 1)
    moved++
  }
  return { added: added.length - moved, removed: removed.length - moved, moved }
}

/**
 * Makes one comparison after another, for so many milliseconds together: each is told how many it may take. Others have
 * a turn between two.
 */
export function createComparison(budget: number) {
  let left = budget
  return async <Change>(compare: (timeout: number) => Change): Promise<Change> => {
    await nextTurn()
    const begun = performance.now()
    const change = compare(Math.min(left, bounds.timeout))
    left -= performance.now() - begun
    return change
  }
}
