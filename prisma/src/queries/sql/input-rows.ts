import { type AliasedRawBuilder, sql } from "kysely"
import type { Prisma } from "../../generated/client.ts"

/** What is sent as a value of a type of PostgreSQL. */
interface Sent {
  text: string | null
  uuid: string | null
  int: number | null
  jsonb: unknown
}

type Types = Record<string, keyof Sent>
type RowOf<Columns extends Types> = { [Column in keyof Columns]: Sent[Columns[Column]] }
type TableOf<Columns extends Types, Row extends RowOf<Columns>> = {
  [Column in keyof Columns]: Columns[Column] extends "jsonb" ? Prisma.JsonValue : Row[Column]
}

/** Rows that a statement is given, as a table of these columns: one array for each column, in the rows' order. */
export function inputRows<As extends string, Columns extends Types, Row extends RowOf<Columns>>(
  as: As,
  columns: Columns,
  rows: readonly Row[],
): AliasedRawBuilder<TableOf<Columns, Row>, As> {
  const lists = Object.entries(columns).map(([column, type]) => {
    const values = rows.map((row) => (type === "jsonb" ? JSON.stringify(row[column]) : row[column]))
    return sql`${values}::${sql.raw(type)}[]`
  })
  const names = Object.keys(columns).map((column) => sql.ref(column))
  return sql<TableOf<Columns, Row>>`unnest(${sql.join(lists)})`.as<As>(sql`${sql.ref(as)}(${sql.join(names)})`)
}

/** Any of some values, to be compared with `=`: one parameter, however many there are. */
export const anyOf = (type: "text" | "uuid", values: readonly string[]) =>
  sql<string>`any(${values}::${sql.raw(type)}[])`
