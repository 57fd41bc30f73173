import type { ColumnType } from "kysely"
import pg from "pg"
import { Prisma } from "./generated/client.ts"

/** A JSON column: read as a value, written as its text, so that an array is not taken for one of PostgreSQL's. */
export type Json = ColumnType<Prisma.JsonValue, string, string>

export type Bytes = Uint8Array<ArrayBuffer>

function exact(value: bigint): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} is beyond the integers that a number holds exactly`)
  return number
}

const parseBytea: (text: string) => Buffer = pg.types.getTypeParser(pg.types.builtins.BYTEA, "text")
const textArray: number = 1009
const parseArray: (text: string) => (string | null)[] = pg.types.getTypeParser(textArray, "text")

/** Each type of PostgreSQL that pg and Prisma's client read in two ways, its array, and the one way in which it is read. */
const readings: [oid: number, arrayOid: number, read: (text: string) => unknown][] = [
  [pg.types.builtins.INT8, 1016, (text) => exact(BigInt(text))],
  [pg.types.builtins.NUMERIC, 1231, (text) => new Prisma.Decimal(text).toFixed()],
  [pg.types.builtins.BYTEA, 1001, (text) => new Uint8Array(parseBytea(text))],
  [pg.types.builtins.TIMESTAMP, 1115, (text) => new Date(`${text.replace(" ", "T")}Z`)],
  [pg.types.builtins.DATE, 1182, (text) => new Date(text)],
]

/**
 * How pg reads columns: moments as Date, 64 bits as a number or else a RangeError, numeric as its digits, bytea as
 * bytes, JSON as what it says.
 */
export const columnTypes = new pg.TypeOverrides()
for (const [oid, arrayOid, read] of readings) {
  columnTypes.setTypeParser(oid, read)
  columnTypes.setTypeParser(arrayOid, (text) => parseArray(text).map((each) => (each === null ? null : read(each))))
}

/** A column's value that Prisma's client read, as pg reads it by `columnTypes`. */
export function asColumnTypesRead(value: unknown): unknown {
  if (typeof value === "bigint") return exact(value)
  if (Array.isArray(value)) return value.map(asColumnTypesRead)
  return value instanceof Prisma.Decimal ? value.toFixed() : value
}
