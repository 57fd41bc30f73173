import { type Expression, type RawBuilder, sql } from "kysely"
import { Prisma } from "../../generated/client.ts"
import type { Tables } from "../../generated/tables.ts"

/** Writes the columns of a table, under the name that a raw statement has for it: by names that the compiler knows. */
export const columnsOf =
  <Table extends keyof Tables>(_table: Table, as: string) =>
  (column: keyof Tables[Table] & string): Prisma.Sql =>
    Prisma.raw(`${as}.${column}`)

/** Writes the columns of a table as rows that were made of it have them, without a name before. */
export const namesOf =
  <Table extends keyof Tables>(_table: Table) =>
  (column: keyof Tables[Table] & string): Prisma.Sql =>
    Prisma.raw(column)

/** The moment at which the transaction began. */
export const now = sql<Date>`now()`

/** The number of rows. */
export const count = sql<number>`count(*)::int`.as("count")

/** One of some tables, with the columns that all of them have. */
export const oneOf = <Table extends keyof Tables>(table: Table) => sql<Tables[Table]>`${sql.table(table)}`

/** What a JSON column is given of another. */
export const jsonOf = (column: Expression<Prisma.JsonValue>) => sql<string>`${column}`

/** The tempo that metadata tell, where it is a number. */
export const tempoOf = (metadata: Expression<Prisma.JsonValue>) =>
  sql<
    number | null
  >`CASE WHEN jsonb_typeof(${metadata} -> 'bpm') = 'number' THEN (${metadata} ->> 'bpm')::double precision END`

/** What is written for Prisma's client, in a statement of the builder. */
export const rawOf = <T>({ strings, values }: Prisma.Sql): RawBuilder<T> =>
  sql<T>(Object.assign([...strings], { raw: strings }), ...values)

/** Joins conditions with AND; no condition is TRUE. */
export const allOf = (conditions: Prisma.Sql[]): Prisma.Sql =>
  conditions.length > 0 ? Prisma.join(conditions, " AND ") : Prisma.sql`TRUE`

/** A pattern for LIKE that finds the text as it is, anywhere. */
export const containing = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

const isJsonObject = (value: Prisma.JsonValue): value is Prisma.JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** A metadata column's value as what its CHECK makes it: an object. */
export const metadataOf = (value: Prisma.JsonValue): Prisma.JsonObject => (isJsonObject(value) ? value : {})
