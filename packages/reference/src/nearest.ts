/** Characters of a name beyond which nothing is near it. */
const longest = 64

/** How many signs have to be put in, left out, changed or swapped with their neighbour to make one of another. */
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
          swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
  }
  return at(one.length, other.length)
}

/** Those of the names that another was probably meant to be, the nearest first; none where nothing is near. */
export function nearestNames(name: string, names: Iterable<string>, limit = 3): string[] {
  if (name.length > longest) return []
  const wanted = name.toLowerCase()
  const most = Math.max(1, Math.floor(wanted.length / 3))
  const near: { other: string; score: number }[] = []
  for (const other of new Set(names)) {
    const lower = other.toLowerCase()
    if (Math.abs(lower.length - wanted.length) > most + 6) continue
    const begins = wanted.length > 2 && lower.length > 2 && (lower.startsWith(wanted) || wanted.startsWith(lower))
    const score = Math.min(
      distance(wanted, lower),
      begins ? 1.5 + Math.abs(lower.length - wanted.length) / 10 : Number.POSITIVE_INFINITY,
    )
    if (score <= most || begins) near.push({ other, score })
  }
  return near
    .sort((one, other) => one.score - other.score)
    .slice(0, limit)
    .map(({ other }) => other)
}
