import { type Expression, type RawBuilder, sql } from "kysely"
import type { Prisma } from "../../generated/client.ts"

/** Rows of a page are read by one of a few numbers, which stand in the statement: by a parameter PostgreSQL would plan for all rows. */
const steps = [500, 200, 100, 50, 20, 10, 5, 2, 1]

/** Bytes of a page after which it ends early; one row comes whatever its size. */
const pageBytes = 4 * 1024 * 1024

const numberOf = (limit: number): number => steps.find((step) => step <= limit) ?? 1

/** Bytes of texts and JSON of a row. */
export const bytesOf = (...parts: Expression<string | Prisma.JsonValue>[]): RawBuilder<number> =>
  sql<number>`(${sql.join(
    parts.map((part) => sql`octet_length(${part}::text)`),
    sql` + `,
  )})`

interface Page<Row> {
  /** The sizes of the next rows, as many as are asked for. */
  sizes: (limit: RawBuilder<number>) => Promise<{ bytes: number }[]>
  rows: (limit: RawBuilder<number>) => Promise<Row[]>
}

export interface ReadRows<Row> {
  rows: Row[]
  /** Whether there may be more. */
  more: boolean
}

/** Reads the next rows of a table, at most so many and up to so many bytes; no long text is read that is not among them. */
export async function readFitting<Row>(limit: number, { sizes, rows }: Page<Row>): Promise<ReadRows<Row>> {
  const asked = numberOf(limit)
  const found = await sizes(sql.lit(asked))
  let bytes = 0
  const fitting = found.findIndex((row, place) => {
    bytes += row.bytes
    return place > 0 && bytes > pageBytes
  })
  if (fitting < 0) return { rows: await rows(sql.lit(asked)), more: found.length === asked }
  return { rows: await rows(sql.lit(numberOf(fitting))), more: true }
}
