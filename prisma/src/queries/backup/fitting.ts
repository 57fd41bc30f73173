import { type Expression, type RawBuilder, sql } from "kysely"
import type { Prisma } from "../../generated/client.ts"

/** Rows of a page are read by one of a few numbers, which stand in the statement: by a parameter PostgreSQL would plan for all rows. */
const steps = [500, 200, 100, 50, 20, 10, 5, 2, 1]

/** Bytes of a page after which it ends early; one row comes whatever its size. */
const pageBytes = 4 * 1024 * 1024

const numberOf = (limit: number): number => steps.find((step) => step <= limit) ?? 1

type Part = Expression<string | Prisma.JsonValue>
type BytesOf = (...parts: Part[]) => RawBuilder<number>

const sumOf =
  (size: (part: Part) => RawBuilder<unknown>): BytesOf =>
  (...parts) =>
    sql<number>`(${sql.join(parts.map(size), sql` + `)})`

/** Bytes of texts and JSON of a row as they lie on the disk, compressed: told without reading them. */
export const storedBytesOf = sumOf((part) => sql`pg_column_size(${part})`)

/** Bytes of texts and JSON of a row, each of which is read for it. */
export const textBytesOf = sumOf((part) => sql`octet_length(${part}::text)`)

interface Page<Row> {
  /** The sizes of the next rows, as many as are asked for, measured in this way. */
  sizes: (limit: RawBuilder<number>, bytesOf: BytesOf) => Promise<{ bytes: number }[]>
  rows: (limit: RawBuilder<number>) => Promise<Row[]>
}

/** How many of the rows that were asked for go into a page. */
function fittingOf(found: { bytes: number }[], asked: number): number {
  let bytes = 0
  const fitting = found.findIndex((row, place) => {
    bytes += row.bytes
    return place > 0 && bytes > pageBytes
  })
  return fitting < 0 ? asked : numberOf(fitting)
}

export interface ReadRows<Row> {
  rows: Row[]
  /** Whether there may be more. */
  more: boolean
}

/**
 * Reads the next rows of a table, at most so many and up to so many bytes. Of rows that do not fit, long texts are read at
 * most as far as they would fit compressed.
 */
export async function readFitting<Row>(limit: number, { sizes, rows }: Page<Row>): Promise<ReadRows<Row>> {
  const asked = numberOf(limit)
  const stored = await sizes(sql.lit(asked), storedBytesOf)
  if (stored.length === 0) return { rows: [], more: false }
  const near = fittingOf(stored, asked)
  const taken = fittingOf(await sizes(sql.lit(near), textBytesOf), near)
  const read = await rows(sql.lit(taken))
  // Told of what was read: rows may have come since their sizes were.
  return { rows: read, more: read.length === taken }
}
