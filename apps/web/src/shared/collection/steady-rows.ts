/** What a list shows while it must not move. */
export interface Steady<Row> {
  rows: Row[]
  /** The places of rows by their keys, also of those that are gone for a while. */
  order: string[]
  /** Keys of the rows that would have come in between. */
  heldBack: string[]
}

/**
 * Draws rows that were read again without moving those in sight: known ones keep their places with what they say, gone
 * ones leave, and of the others only those that come behind all known ones are added. One that comes back has its place:
 * where a list is read in pieces, a row that moves from one to another meanwhile is in none of them for a moment.
 */
export function steadyRows<Row>(former: string[], read: Row[], keyOf: (row: Row) => string): Steady<Row> {
  const known = new Set(former)
  const next = new Map(read.map((row) => [keyOf(row), row]))
  const end = read.findLastIndex((row) => known.has(keyOf(row))) + 1
  const added = read.slice(end)
  return {
    rows: [...former.flatMap((key) => next.get(key) ?? []), ...added],
    order: [...former, ...added.map(keyOf)],
    heldBack: read
      .slice(0, end)
      .map(keyOf)
      .filter((key) => !known.has(key)),
  }
}
