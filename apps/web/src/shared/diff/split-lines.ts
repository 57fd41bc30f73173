import type { DiffLine } from "./line-diff.ts"

/** A line of the code before beside one of the code after. */
export interface SplitLine {
  left: DiffLine | undefined
  right: DiffLine | undefined
}

/** Lines of a hunk in pairs: what was removed stands beside what took its place. */
export function splitLines(hunk: DiffLine[]): SplitLine[] {
  const pairs: SplitLine[] = []
  let removed: DiffLine[] = []
  let added: DiffLine[] = []
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) pairs.push({ left: removed[i], right: added[i] })
    removed = []
    added = []
  }
  for (const line of hunk) {
    if (line.sign === "-") {
      if (added.length > 0) flush()
      removed.push(line)
    } else if (line.sign === "+") added.push(line)
    else {
      flush()
      pairs.push({ left: line, right: line })
    }
  }
  flush()
  return pairs
}
