import { structuredPatch } from "diff"

export interface DiffLine {
  sign: "+" | "-" | " "
  text: string
  /** Line numbers from 1, in the code before and after. */
  before?: number
  after?: number
}

export interface LineDiff {
  hunks: DiffLine[][]
  added: number
  removed: number
}

/** Milliseconds after which the comparison gives up. */
const patience = 150
/** Unchanged lines shown around a change. */
const context = 2

/** What changed line by line; undefined where the two differ so much that comparing takes too long. */
export function diffLines(before: string, after: string): LineDiff | undefined {
  const patch = structuredPatch("", "", before, after, undefined, undefined, { context, timeout: patience })
  if (!patch) return undefined
  const counts = { "+": 0, "-": 0 }
  const hunks = patch.hunks.map((hunk) => {
    let oldLine = hunk.oldStart
    let newLine = hunk.newStart
    return hunk.lines.flatMap((line): DiffLine[] => {
      const text = line.slice(1)
      if (line.startsWith("+")) {
        counts["+"]++
        return [{ sign: "+", text, after: newLine++ }]
      }
      if (line.startsWith("-")) {
        counts["-"]++
        return [{ sign: "-", text, before: oldLine++ }]
      }
      // The rest are unchanged lines and the remark that a file has no newline at its end.
      return line.startsWith(" ") ? [{ sign: " ", text, before: oldLine++, after: newLine++ }] : []
    })
  })
  return { hunks, added: counts["+"], removed: counts["-"] }
}
