import { type Expression, sql } from "kysely"
import type { Db } from "../client.ts"
import { Prisma } from "../generated/client.ts"

/** Bytes of a page unless told. */
export const usualBytes = 8 * 1024 * 1024

/** The first rows of a list up to so many bytes, at least one where there are any, and how many rows the list had. */
export interface BoundedRows<Row> {
  rows: Row[]
  found: number
}

/** The bytes of a row's long text and its metadata; a long text is not read for that. */
export const sizeOf = (text: Expression<string>, metadata: Expression<Prisma.JsonValue>) =>
  sql<number>`(octet_length(${text}) + octet_length(${metadata}::text))`

/**
 * Columns of a list's rows, which are of so many bytes each: how many there are, and the bytes of those before. Rows are
 * summed up in the order in which they come, so that they need no second sort.
 */
export const boundsOf = (bytes: Expression<number>) =>
  [
    sql<number>`count(*) OVER ()::int`.as("found"),
    sql<number>`sum(${bytes}) OVER (ROWS UNBOUNDED PRECEDING) - ${bytes}`.as("bytes_before"),
  ] as const

export const boundedRows = <Row extends { found: number }>(rows: Row[]): BoundedRows<Row> => ({
  rows,
  found: rows[0]?.found ?? 0,
})

interface List {
  /** The list's rows in its order. */
  rows: Prisma.Sql
  /** The name by which the other parts know a row. */
  as: "c" | "s" | "p" | "v"
  columns: Prisma.Sql
  /** What makes a row large, in bytes. */
  bytes: Prisma.Sql
  maxBytes?: number | undefined
}

/** Reads a list until its rows have so many bytes: of the rest no long text is read. */
export async function listBounded<Row>(
  db: Db,
  { rows, as, columns, bytes, maxBytes = usualBytes }: List,
): Promise<BoundedRows<Row>> {
  const row = Prisma.raw(as)
  // Rows are summed up in the order in which they come, so that they need no second sort.
  const listed = await db.$queryRaw<(Row & { found: number })[]>`
    SELECT ${columns}, ${row}.found FROM (
      SELECT ${row}.*, count(*) OVER ()::int AS found, sum(${bytes}) OVER (ROWS UNBOUNDED PRECEDING) - ${bytes} AS bytes_before
      FROM (${rows}) ${row}
    ) ${row} WHERE ${row}.bytes_before < ${maxBytes}`
  return { rows: listed, found: listed[0]?.found ?? 0 }
}

/** The bytes of a row's long text and its metadata; a long text is not read for that. */
export const bytesOf = (as: List["as"], text: "code" | "body"): Prisma.Sql =>
  Prisma.raw(`(octet_length(${as}.${text}) + octet_length(${as}.metadata::text))`)
