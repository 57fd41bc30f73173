/** What a list shows while it must not move, and how many rows it holds back. */
export interface Stable<T> {
  rows: T[]
  /** Rows that would have come in between. */
  heldBack: number
}

/**
 * Draws rows that were read again without moving those in sight: known ones keep their places with what they say, gone
 * ones leave, and of the others only those that come behind all known ones are added.
 */
export function stableRows<T>(former: T[], read: T[], keyOf: (row: T) => string): Stable<T> {
  const next = new Map(read.map((row) => [keyOf(row), row]))
  const kept = former.flatMap((row) => next.get(keyOf(row)) ?? [])
  const known = new Set(kept.map(keyOf))
  const lastKnown = read.findLastIndex((row) => known.has(keyOf(row)))
  const added = read.slice(lastKnown + 1)
  return { rows: [...kept, ...added], heldBack: read.length - kept.length - added.length }
}
