import { type RawBuilder, sql } from "kysely"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createDatabase, type Database, type Db, type PoolOptions } from "./client.ts"
import { kyselyOf } from "./kysely.ts"
import { createTestDatabase } from "./testing/test-database.ts"
import { inTransaction } from "./transaction.ts"

const pool: PoolOptions = { size: 2, maxOverflow: 0, recycleSeconds: 3600, commandTimeoutSeconds: 20, echo: false }

let database: Database
let url: string
let drop: () => Promise<void>
beforeAll(async () => {
  const made = await createTestDatabase()
  url = made.url
  drop = made.close
  database = createDatabase({ url, pool })
})
afterAll(async () => {
  await database.close()
  await drop()
})

/** What a query answers on the pool and in a transaction. */
const bothWays = async <T>(query: (db: Db) => Promise<T>): Promise<[T, T]> => [
  await query(database.db),
  await inTransaction(database.db, query),
]

/** A value of each type: how SQL writes it and how it is read. */
const values: [type: string, text: string, read: unknown][] = [
  ["bool", "true", true],
  ["bytea", "\\x00ff", new Uint8Array([0, 255])],
  ["float8", "0.1", 0.1],
  ["_float8", "{-0.5,NULL,1e300}", [-0.5, null, 1e300]],
  ["int2", "-7", -7],
  ["int4", "2147483647", 2_147_483_647],
  [
    "jsonb",
    `{"n": [1.5, null, "\\u00e9"], "project_id": {"t_x": true}}`,
    { n: [1.5, null, "é"], project_id: { t_x: true } },
  ],
  ["text", "ä\n'\"", "ä\n'\""],
  ["_text", `{bd,"h,\\"h",NULL,""}`, ["bd", 'h,"h', null, ""]],
  ["timestamptz", "2024-05-01 14:00:00.1239+02", new Date("2024-05-01T12:00:00.123Z")],
  ["uuid", "6F1C1D9E-3d1c-4a53-9c58-0c4f4dd0a4a1", "6f1c1d9e-3d1c-4a53-9c58-0c4f4dd0a4a1"],
  ["varchar", "", ""],
]

/** What expressions give beyond the columns' own types. */
const computed: [type: string, text: string, read: unknown][] = [
  ["int8", "9007199254740991", Number.MAX_SAFE_INTEGER],
  ["_int8", "{1,NULL,-2}", [1, null, -2]],
  ["numeric", "12345678901234567890.50", "12345678901234567890.5"],
  ["_numeric", "{1e3,NULL}", ["1000", null]],
  ["json", "[1, {}]", [1, {}]],
  ["jsonb", "[[1, 2], []]", [[1, 2], []]],
  ["jsonb", '{"toStringTag": "[object Decimal]"}', { toStringTag: "[object Decimal]" }],
  ["_jsonb", '{"{\\"a\\": 1}",NULL}', [{ a: 1 }, null]],
  ["_bytea", '{"\\\\xff"}', [new Uint8Array([255])]],
  ["_int4", "{1,2}", [1, 2]],
  ["_uuid", "{6f1c1d9e-3d1c-4a53-9c58-0c4f4dd0a4a1}", ["6f1c1d9e-3d1c-4a53-9c58-0c4f4dd0a4a1"]],
  ["_timestamptz", '{"1969-12-31 23:59:59.999+00"}', [new Date(-1)]],
  ["date", "2024-05-01", new Date("2024-05-01T00:00:00Z")],
  ["timestamp", "2024-05-01 12:00:00", new Date("2024-05-01T12:00:00Z")],
  ["float4", "0.5", 0.5],
  ["oid", "4000000000", 4_000_000_000],
  ["name", "clips", "clips"],
]

const selectOne = async (db: Db, expression: RawBuilder<unknown>) => {
  const { value } = await kyselyOf(db).selectNoFrom(expression.as("value")).executeTakeFirstOrThrow()
  return value
}

describe("a value is read alike on the pool and in a transaction", () => {
  it.each([...values, ...computed])("%s %s", async (type, text, read) => {
    const query = (db: Db) => selectOne(db, sql`${sql.val(text)}::text::${sql.raw(type)}`)
    expect(await bothWays(query)).toEqual([read, read])
    expect(await bothWays((db) => selectOne(db, sql`NULL::${sql.raw(type)}`))).toEqual([null, null])
  })

  it("covers the type of every column", async () => {
    const rows = await sql<{ type: string }>`
      SELECT DISTINCT udt_name::text AS type FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name NOT LIKE '\\_prisma%'`.execute(kyselyOf(database.db))
    const covered = new Set(values.map(([type]) => type))
    expect(rows.rows.map(({ type }) => type).filter((type) => !covered.has(type))).toEqual([])
  })

  it("a 64-bit integer that no number holds is told, not rounded", async () => {
    const query = (db: Db) => selectOne(db, sql`9007199254740993::int8`)
    await expect(query(database.db)).rejects.toThrow(RangeError)
    await expect(inTransaction(database.db, query)).rejects.toThrow(RangeError)
  })

  it("JSON as its text is not parsed", async () => {
    const page = `{"a": 1.0, "b": [12345678901234567890]}`
    const query = (db: Db) => selectOne(db, sql`${sql.val(page)}::jsonb::text`)
    expect(await bothWays(query)).toEqual([page, page])
  })
})

describe("a value is sent alike on the pool and in a transaction", () => {
  it.each<[string, unknown]>([
    ["timestamptz", new Date("2024-05-01T12:00:00.120Z")],
    ["bytea", new Uint8Array([0, 255])],
    ["int8", 5],
    ["float8", 0.1],
    ["bool", false],
    ["text", "ä\n\\"],
    ["_text", ["bd", 'h,"h', null, "", "\\"]],
    ["_int4", [1, 2]],
    ["_text", []],
  ])("%s", async (type, sent) => {
    expect(await bothWays((db) => selectOne(db, sql`${sql.val(sent)}::${sql.raw(type)}`))).toEqual([sent, sent])
  })

  it("JSON, as its text", async () => {
    const metadata = { tags: ["acid", [1.5, null], "é"], t_x: {} }
    const id = await bothWays(async (db) => {
      const row = await kyselyOf(db)
        .insertInto("projects")
        .values({ id: `json-${Math.random()}`, name: "JSON", metadata: JSON.stringify(metadata) })
        .returning(["id", "metadata"])
        .executeTakeFirstOrThrow()
      expect(row.metadata).toEqual(metadata)
      return row.id
    })
    const { metadata: read } = await database.db.project.findUniqueOrThrow({ where: { id: id[0] } })
    expect(read).toEqual(metadata)
  })
})

describe("the builder", () => {
  const insert = (db: Db, id: string) => kyselyOf(db).insertInto("projects").values({ id, name: id })
  const listIds = async (db: Db) =>
    (
      await kyselyOf(db).selectFrom("projects").select("id").where("id", "like", "builder-%").orderBy("id").execute()
    ).map(({ id }) => id)

  it("writes and reads in the transaction of Prisma's client, and only there until its end", async () => {
    const failed = inTransaction(database.db, async (tx) => {
      await insert(tx, "builder-a").execute()
      await tx.project.create({ data: { id: "builder-b", name: "B" } })
      expect(await listIds(tx)).toEqual(["builder-a", "builder-b"])
      expect(await tx.project.count({ where: { id: { startsWith: "builder-" } } })).toBe(2)
      expect(await listIds(database.db)).toEqual([])
      throw new Error("no")
    })
    await expect(failed).rejects.toThrow("no")
    expect(await listIds(database.db)).toEqual([])
  })

  it("counts the rows that a statement changed", async () => {
    let made = 0
    const counts = await bothWays(async (db) => {
      const first = `builder-${++made}`
      const inserted = await insert(db, first).executeTakeFirstOrThrow()
      const updated = await kyselyOf(db)
        .updateTable("projects")
        .set({ name: "x" })
        .where("id", "=", first)
        .executeTakeFirst()
      const returned = await kyselyOf(db)
        .updateTable("projects")
        .set({ name: "y" })
        .where("id", "=", first)
        .returning("name")
        .execute()
      const deleted = await kyselyOf(db).deleteFrom("projects").where("id", "like", "builder-%").executeTakeFirst()
      const missed = await kyselyOf(db).deleteFrom("projects").where("id", "=", "builder-none").executeTakeFirst()
      return [
        inserted.numInsertedOrUpdatedRows,
        updated.numUpdatedRows,
        returned,
        deleted.numDeletedRows,
        missed.numDeletedRows,
      ]
    })
    expect(counts[0]).toEqual([1n, 1n, [{ name: "y" }], 1n, 0n])
    expect(counts[1]).toEqual(counts[0])
  })

  it("leaves transactions to inTransaction, and streams to pages", async () => {
    const builder = kyselyOf(database.db)
    await expect(builder.transaction().execute(() => listIds(database.db))).rejects.toThrow("inTransaction")
    const streamed = builder.selectFrom("projects").select("id").stream()
    await expect(streamed.next()).rejects.toThrow("pages")
  })

  it("keeps a statement prepared from its second use on, the same for Prisma's client", async () => {
    const own = createDatabase({ url, pool: { ...pool, size: 1 } })
    const names = () =>
      sql<{ text: string }>`SELECT statement AS text FROM pg_prepared_statements`.execute(kyselyOf(own.db))
    expect((await names()).rows).toEqual([])
    expect((await names()).rows).toHaveLength(1)
    expect((await names()).rows).toHaveLength(1)
    expect(
      await inTransaction(
        own.db,
        async (tx) => (await sql`SELECT statement AS text FROM pg_prepared_statements`.execute(kyselyOf(tx))).rows,
      ),
    ).toHaveLength(1)
    await own.close()
  })

  it("logs statements where they are echoed, once each", async () => {
    const lines: string[] = []
    const log = { info: (message: string) => lines.push(message), warn() {} }
    const own = createDatabase({ url, pool: { ...pool, echo: true }, log })
    await selectOne(own.db, sql`${sql.val("pool")}::text`)
    await inTransaction(own.db, (tx) => selectOne(tx, sql`${sql.val("held")}::text`))
    expect(lines.filter((line) => line.includes('["pool"]'))).toHaveLength(1)
    expect(lines.filter((line) => line.includes('["held"]'))).toHaveLength(1)
    await own.close()
  })

  it("finishes what runs and waits when the database closes", async () => {
    const own = createDatabase({ url, pool: { ...pool, size: 1 } })
    const slow = Promise.all([1, 2, 3].map((n) => selectOne(own.db, sql`(SELECT ${sql.lit(n)} FROM pg_sleep(0.2))`)))
    await new Promise((resolve) => setTimeout(resolve, 50))
    await own.close()
    expect(await slow).toEqual([1, 2, 3])
    await expect(selectOne(own.db, sql`1`)).rejects.toThrow("end")
  })
})
