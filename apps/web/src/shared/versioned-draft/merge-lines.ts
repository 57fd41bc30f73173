import { applyPatch } from "diff"
import { linePatch } from "#shared/diff/line-patch.ts"
import { type Sides, wholes } from "./merge.ts"

const mergeWholes = wholes<string>(Object.is)

/**
 * Merges texts line by line: what one side changed is put on top of what the other did. They do not fit where they
 * changed the same lines, or so many that they are not compared.
 */
export function mergeLines(sides: Sides<string>): { value: string } | undefined {
  const whole = mergeWholes(sides)
  if (whole) return whole
  const { base, mine, theirs } = sides
  const patch = linePatch(base, mine)
  const isNear = linePatch(base, theirs) !== undefined
  const value = patch && isNear ? applyPatch(theirs, patch, { fuzzFactor: 0 }) : false
  return value === false ? undefined : { value }
}
