import { AsyncLocalStorage } from "node:async_hooks"
import { afterAll, beforeAll, expect, it } from "vitest"
import { createDatabase, type Database } from "./client.ts"
import { kyselyOf } from "./kysely.ts"
import { statementKindOf } from "./statement-listener.ts"
import { createTestDatabase } from "./testing/test-database.ts"

const heard: { caller: string | undefined; words: string; failed: boolean }[] = []
const caller = new AsyncLocalStorage<string>()
let database: Database
let drop: () => Promise<void>
beforeAll(async () => {
  const { url, close } = await createTestDatabase()
  drop = close
  database = createDatabase({
    url,
    pool: { size: 1, maxOverflow: 0, recycleSeconds: 3600, commandTimeoutSeconds: 30, echo: false },
    onStatement: ({ verb, table }) => {
      const from = caller.getStore()
      return (failure) =>
        heard.push({ caller: from, words: `${verb} ${table ?? ""}`.trim(), failed: failure !== undefined })
    },
  })
})
afterAll(async () => {
  await database.close()
  await drop()
})

it("each statement is told to belong to who asked for it, though all wait for one connection", async () => {
  heard.length = 0
  await Promise.all(
    ["one", "two", "three"].map((name) =>
      caller.run(name, async () => {
        await database.db.project.findMany()
        await kyselyOf(database.db).selectFrom("clips").select("id").execute()
        await database.db.$transaction((tx) => tx.session.findMany())
      }),
    ),
  )
  for (const name of ["one", "two", "three"]) {
    const own = heard.filter((each) => each.caller === name).map(({ words }) => words)
    expect(own).toEqual(["SELECT projects", "SELECT clips", "BEGIN", "SELECT sessions", "COMMIT"])
  }
})

it("a statement that fails is told to have failed", async () => {
  heard.length = 0
  await expect(database.db.$queryRaw`SELECT 1 / 0`).rejects.toThrow()
  expect(heard).toEqual([{ caller: undefined, words: "SELECT", failed: true }])
})

it("what a statement does is told without what it says", () => {
  expect(statementKindOf(`  INSERT INTO "public"."messages" ("data") VALUES ('secret')`)).toEqual({
    verb: "INSERT",
    table: "messages",
  })
  expect(statementKindOf("WITH a AS (SELECT 1) UPDATE sessions SET name = 'secret'")).toEqual({
    verb: "UPDATE",
    table: "sessions",
  })
  const locking =
    "WITH open AS (SELECT id FROM sessions FOR NO KEY UPDATE OF s SKIP LOCKED) INSERT INTO messages SELECT 1"
  expect(statementKindOf(locking)).toEqual({ verb: "INSERT", table: "messages" })
  expect(statementKindOf("WITH a AS (SELECT 1) SELECT * FROM clips FOR UPDATE")).toEqual({
    verb: "SELECT",
    table: "clips",
  })
  expect(statementKindOf("")).toEqual({ verb: "UNKNOWN", table: undefined })
})
