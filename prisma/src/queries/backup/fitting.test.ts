import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from "kysely"
import { expect, it } from "vitest"
import { readFitting, storedBytesOf } from "./fitting.ts"

const compiling = new Kysely<object>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})
const numberOf = (limit: RawBuilder<number>): number => Number(limit.compile(compiling).sql)
const rowsOf = (length: number, bytes: number) => Array.from({ length }, () => ({ bytes }))

it("says that there may be more of the rows that it gives, not of those that were there when it measured them", async () => {
  const grown = await readFitting(500, { sizes: async () => rowsOf(499, 10), rows: async () => rowsOf(500, 10) })
  expect([grown.rows.length, grown.more]).toEqual([500, true])
  const last = await readFitting(500, { sizes: async () => rowsOf(499, 10), rows: async () => rowsOf(499, 10) })
  expect([last.rows.length, last.more]).toEqual([499, false])
  const shrunk = await readFitting(500, {
    sizes: async () => rowsOf(500, 1024 * 1024),
    rows: async () => rowsOf(1, 10),
  })
  expect([shrunk.rows.length, shrunk.more]).toEqual([1, false])
})

it("reads no text of rows that do not fit even compressed", async () => {
  const measured: number[] = []
  const page = await readFitting(500, {
    sizes: async (limit, bytesOf) => {
      if (bytesOf === storedBytesOf) return rowsOf(numberOf(limit), 400 * 1024)
      measured.push(numberOf(limit))
      return rowsOf(numberOf(limit), 1024 * 1024)
    },
    rows: async (limit) => rowsOf(numberOf(limit), 1024 * 1024),
  })
  expect(measured).toEqual([10])
  expect([page.rows.length, page.more]).toEqual([2, true])
})
