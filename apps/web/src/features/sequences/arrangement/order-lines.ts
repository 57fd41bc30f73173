import { type DiffLine, diffLines } from "#shared/diff/line-diff.ts"

/** A part at its place of an order before or after. */
export interface OrderLine extends DiffLine {
  /** Whether it only stands elsewhere. */
  moved: boolean
}

const asText = (ids: string[]) => ids.map((id) => `${id}\n`).join("")

/** What changed of an order, with a little around it; undefined where comparing takes too long. */
export function diffOrders(before: string[], after: string[]): OrderLine[][] | undefined {
  const hunks = diffLines(asText(before), asText(after))?.hunks
  if (!hunks) return undefined
  const count = (sign: DiffLine["sign"]) => {
    const counts = new Map<string, number>()
    for (const line of hunks.flat()) if (line.sign === sign) counts.set(line.text, (counts.get(line.text) ?? 0) + 1)
    return counts
  }
  /** How many of a part went from one place to another. */
  const [added, removed] = [count("+"), count("-")]
  const left = { "+": new Map(removed), "-": new Map(added), " ": new Map<string, number>() }
  return hunks.map((hunk) =>
    hunk.map((line) => {
      const others = left[line.sign]
      const rest = others.get(line.text) ?? 0
      others.set(line.text, rest - 1)
      return { ...line, moved: rest > 0 }
    }),
  )
}
