import { type Expression, sql } from "kysely"
import type { Prisma } from "../../generated/client.ts"

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
