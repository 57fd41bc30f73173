import { CompiledQuery } from "kysely"
import type { Db } from "../../client.ts"
import { Prisma } from "../../generated/client.ts"
import { kyselyOf } from "../../kysely.ts"

/** Who reads a page that PostgreSQL writes as JSON: callers of the router, or of REST, whose fields have other names. */
export type Form = "router" | "rest"

/** Rows as JSON objects with commas between them, as they are passed on; how many there are, and how many were found. */
export interface WrittenRows {
  text: string
  count: number
  found: number
  /** What a cursor says of the last of these rows, as JSON; null where there are none. */
  place: string | null
}

/** The statement's rows. */
export async function readRows<Row>(db: Db, { text, values }: Prisma.Sql): Promise<Row[]> {
  const { rows } = await kyselyOf(db).executeQuery<Row>(CompiledQuery.raw(text, values))
  return rows
}

/** The statement's one row. */
export async function readOne<Row>(db: Db, statement: Prisma.Sql): Promise<Row | undefined> {
  const [row] = await readRows<Row>(db, statement)
  return row
}

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A field of a row: its name, its value, and its name in REST where that is another than the same in snake case; null keeps it from REST. */
export interface WrittenField {
  name: string
  value: Prisma.Sql
  restName?: string | null
}

/** A row as the text of a JSON object of these fields. */
export function objectOf(fields: WrittenField[], form: Form): Prisma.Sql {
  const columns = fields.flatMap(({ name, value, restName = snakeCase(name) }) => {
    const column = form === "router" ? name : restName
    return column === null ? [] : [Prisma.sql`${value} AS ${Prisma.raw(`"${column}"`)}`]
  })
  return Prisma.sql`(SELECT row_to_json(o) FROM (SELECT ${Prisma.join(columns, ", ")}) o)::text`
}

/** A moment as ISO 8601 in UTC with milliseconds, as JavaScript writes it. */
export const moment = (value: Prisma.Sql): Prisma.Sql => Prisma.sql`to_char(${value}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

const limits = [20, 40, 50, 100, 200]

/**
 * How many rows are read for a page of so many: one more, which tells whether there is a next page, or some. They stand
 * in the statement as one of a few numbers: of a parameter PostgreSQL would think that it may be all rows, and would
 * plan the statement anew each time.
 */
export const rowsFor = (limit: number): Prisma.Sql =>
  Prisma.raw(`${(limits.find((most) => most >= limit) ?? limit) + 1}`)

interface List {
  /** The list's rows in its order, as many as `rowsFor` says. */
  rows: Prisma.Sql
  /** The name by which the other parts know a row. */
  as: "c" | "s"
  /** A row as JSON text. */
  row: Prisma.Sql
  /** What a cursor says of the last row, where `last` reads a value of that row. */
  place: (last: (value: Prisma.Sql) => Prisma.Sql) => Prisma.Sql[]
  limit: number
  /** What makes a row large, in bytes, and the bytes after which the page ends; one row comes whatever its size. */
  bytes?: { of: Prisma.Sql; most: number }
}

/** Writes a page of a list in one statement. No long text of a row is read that is not on the page. */
export async function writeRows(db: Db, { rows, as, row, place, limit, bytes }: List): Promise<WrittenRows> {
  const each = Prisma.raw(as)
  const fits = bytes
    ? Prisma.sql`AND coalesce(sum(${bytes.of}) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) < ${bytes.most}::bigint`
    : Prisma.empty
  const kept = Prisma.sql`FILTER (WHERE ${each}.fits)`
  const last = (value: Prisma.Sql) => Prisma.sql`(array_agg(${value}) ${kept})[count(*) ${kept}]`
  // Rows are taken in the order in which they come, so that they need no second sort.
  const page = await readOne<{ text: string | null; count: number; found: number; place: string | null }>(
    db,
    Prisma.sql`
    SELECT string_agg(${row}, ',') ${kept} AS text, (count(*) ${kept})::int AS count, count(*)::int AS found,
      json_build_array(${Prisma.join(place(last), ", ")})::text AS place
    FROM (
      SELECT ${each}.*, row_number() OVER (ROWS UNBOUNDED PRECEDING) <= ${limit}::bigint ${fits} AS fits FROM (${rows}) ${each}
    ) ${each}`,
  )
  const { text = null, count = 0, found = 0, place: at = null } = page ?? {}
  return { text: text ?? "", count, found, place: count > 0 ? at : null }
}
