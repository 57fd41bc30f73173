/** Characters of a name beyond which nothing is near it. */
const longest = 64

/** Two neighbours that are swapped: the slip that is made most, and less than any other. */
const swap = 0.75

/** How many signs have to be put in, left out, changed to make one of another; two that are swapped count a little less than one. */
export function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)]
  const at = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY
  for (let row = 1; row <= one.length; row++) {
    const line = [row]
    rows.push(line)
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      line.push(
        Math.min(
          at(row - 1, column) + 1,
          (line[column - 1] ?? 0) + 1,
          at(row - 1, column - 1) + same,
          swapped ? at(row - 2, column - 2) + swap : Number.POSITIVE_INFINITY,
        ),
      )
    }
  }
  return at(one.length, other.length)
}

/** How far a name is from one that was probably meant; undefined where it is too far. */
export function nearness(name: string, other: string): number | undefined {
  const wanted = name.toLowerCase()
  const lower = other.toLowerCase()
  const most = Math.max(1, Math.floor(wanted.length / 3))
  if (wanted.length > longest || Math.abs(lower.length - wanted.length) > most + 6) return undefined
  const begins = wanted.length > 2 && lower.length > 2 && (lower.startsWith(wanted) || wanted.startsWith(lower))
  const longer = begins ? 1.5 + Math.abs(lower.length - wanted.length) / 10 : Number.POSITIVE_INFINITY
  const score = Math.min(distance(wanted, lower), longer)
  return score <= most || begins ? score : undefined
}

/** Those of the names that another was probably meant to be, the nearest first; none where nothing is near. */
export function nearestNames(name: string, names: Iterable<string>, limit = 3): string[] {
  const near = [...new Set(names)].flatMap((other) => {
    const score = nearness(name, other)
    return score === undefined ? [] : [{ other, score }]
  })
  return near
    .sort((one, other) => one.score - other.score)
    .slice(0, limit)
    .map(({ other }) => other)
}
