/** A part of a list; under a heading of its own where it has a title. */
export interface Section<Row> {
  id: string
  title?: string
  /** How many rows it will have while they are on their way. */
  count?: number
  /** Undefined while they are on their way. */
  rows: Row[] | undefined
}

/** How high things are, in pixels. */
export interface Measure {
  /** A line of rows with the gap below it. */
  line: number
  gap: number
  /** The heading of a section, with what is around it. */
  head: number
  /** Rows that stand side by side. */
  columns: number
}

/** A heading, or rows that stand side by side. */
interface Line {
  section: number
  /** Places of its first row and of the one behind its last; the same for a heading. */
  from: number
  to: number
}

export interface Layout<Row> {
  sections: Section<Row>[]
  lines: Line[]
  /** Where each line begins, and behind them where the last one ends. */
  starts: number[]
  /** The first line of each section, and behind them the number of all lines. */
  firsts: number[]
  gap: number
  /** The line that each row stands in; of one that is in several sections, the last. */
  lineOf: ReadonlyMap<string, number>
}

/** Where the rows of a list are, whether they are drawn or not. */
export function layoutOf<Row>(
  sections: Section<Row>[],
  { line, gap, head, columns }: Measure,
  keyOf: (row: Row) => string,
): Layout<Row> {
  const lines: Line[] = []
  const starts = [0]
  const firsts: number[] = []
  const lineOf = new Map<string, number>()
  const add = (one: Line, height: number) => {
    lines.push(one)
    starts.push((starts.at(-1) ?? 0) + height)
  }
  sections.forEach(({ title, rows, count = 0 }, section) => {
    firsts.push(lines.length)
    if (title !== undefined) add({ section, from: 0, to: 0 }, head)
    const length = rows?.length ?? count
    for (let from = 0; from < length; from += columns) {
      for (const row of rows?.slice(from, from + columns) ?? []) lineOf.set(keyOf(row), lines.length)
      add({ section, from, to: Math.min(from + columns, length) }, line)
    }
  })
  firsts.push(lines.length)
  return { sections, lines, starts, firsts, gap, lineOf }
}

/** Rows from one place to another, or the room of rows that are not drawn, in pixels. */
export type Piece = { from: number; to: number } | { room: number }

/** What is drawn of a section; there is room above it for sections of which nothing is. */
export interface Drawn<Row> {
  section: Section<Row>
  above: number
  pieces: Piece[]
}

/** What is drawn of a list where these of its lines are, given in order; a heading is, wherever anything of its section is. */
export function drawnOf<Row>({ sections, lines, starts, firsts, gap }: Layout<Row>, indexes: number[]): Drawn<Row>[] {
  const drawn: Drawn<Row>[] = []
  /** The next line that is not accounted for. */
  let next = 0
  const at = (line: number) => starts[line] ?? 0
  const leave = (line: number) => {
    if (line > next) drawn.at(-1)?.pieces.push({ room: at(line) - at(next) - gap })
    next = line
  }
  let current = -1
  for (const index of indexes) {
    const line = lines[index]
    const section = line && sections[line.section]
    if (!section) continue
    if (line.section !== current) {
      if (current >= 0) leave(firsts[current + 1] ?? next)
      current = line.section
      const first = firsts[current] ?? index
      drawn.push({ section, above: at(first) - at(next), pieces: [] })
      next = section.title === undefined ? first : first + 1
    }
    if (index < next) continue
    leave(index)
    next = index + 1
    const last = drawn.at(-1)?.pieces
    const piece = last?.at(-1)
    if (piece && "to" in piece) piece.to = line.to
    else last?.push({ from: line.from, to: line.to })
  }
  if (current >= 0) leave(firsts[current + 1] ?? next)
  return drawn
}

/** The places of the lines between two heights, both included. */
function linesBetween({ starts, lines }: Layout<unknown>, from: number, to: number): [number, number] {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle + 1] ?? 0) <= from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < lines.length && (starts[end] ?? 0) < to) end++
  return [low, end]
}

/** A row where it stands; a section is named where a list has several, since a row may be in more than one. */
export interface Place {
  key: string
  section?: string | undefined
}

/** The line that a row stands in, in its section. */
export function lineAt<Row>(layout: Layout<Row>, { key, section }: Place, keyOf: (row: Row) => string) {
  const { sections, lines, lineOf } = layout
  const found = lineOf.get(key)
  if (found === undefined || section === undefined) return found
  const at = sections.findIndex(({ id }) => id === section)
  if (lines[found]?.section === at) return found
  const row = sections[at]?.rows?.findIndex((one) => keyOf(one) === key) ?? -1
  const line = lines.findIndex((one) => one.section === at && one.from <= row && row < one.to)
  return line < 0 ? undefined : line
}

/** Whether the beginning of a list is in sight of whoever has scrolled so far into it, in pixels. */
export const beginsInSight = (from: number): boolean => from <= 0

/** Keys of the rows between two heights of a list. */
export function rowsBetween<Row>(layout: Layout<Row>, from: number, to: number, keyOf: (row: Row) => string): string[] {
  return layout.lines.slice(...linesBetween(layout, from, to)).flatMap((line) => {
    const rows = layout.sections[line.section]?.rows ?? []
    return rows.slice(line.from, line.to).map(keyOf)
  })
}

/** By how much most of some rows moved; one that went elsewhere does not count for more than itself. */
export function movedBy(keys: string[], former: Layout<unknown>, next: Layout<unknown>): number {
  const moves = keys.flatMap((key) => {
    const [before, after] = [former.lineOf.get(key), next.lineOf.get(key)]
    return before === undefined || after === undefined ? [] : (next.starts[after] ?? 0) - (former.starts[before] ?? 0)
  })
  return moves.sort((one, other) => one - other)[moves.length >> 1] ?? 0
}
