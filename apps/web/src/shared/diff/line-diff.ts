import { linePatch } from "./line-patch.ts"

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

/** What changed line by line; undefined where the two are too long or differ too much to be compared. */
export function diffLines(before: string, after: string): LineDiff | undefined {
  const patch = linePatch(before, after)
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
