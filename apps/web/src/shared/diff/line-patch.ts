import { type StructuredPatch, structuredPatch } from "diff"

/**
 * How far two texts are compared: lines of both together, and lines that differ. The work grows with the product of the
 * two, and is counted, so that the same texts compare the same way on every machine.
 */
const bounds = { lines: 20_000, edits: 400 }

/** Unchanged lines around a change. */
const context = 2

function hasMoreLines(text: string, most: number): boolean {
  let lines = 0
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) if (++lines > most) return true
  return false
}

/** What makes one text of another, line by line; undefined where they are too long or differ in too many lines. */
export function linePatch(before: string, after: string): StructuredPatch | undefined {
  if (hasMoreLines(before, bounds.lines / 2) || hasMoreLines(after, bounds.lines / 2)) return undefined
  return structuredPatch("", "", before, after, undefined, undefined, { context, maxEditLength: bounds.edits })
}
