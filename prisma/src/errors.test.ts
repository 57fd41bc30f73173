import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createDatabase, type Database } from "./client.ts"
import { isAway, isBrokenReference, isDuplicate, isMissing, isTimeout } from "./errors.ts"
import { createTestDatabase } from "./testing/test-database.ts"

const pool = { size: 2, maxOverflow: 0, recycleSeconds: 3600, commandTimeoutSeconds: 20, echo: false }
const kinds = { isAway, isBrokenReference, isDuplicate, isMissing, isTimeout }

let database: Database
let dropDatabase: () => Promise<void>
beforeAll(async () => {
  const { url, close } = await createTestDatabase()
  database = createDatabase({ url, pool })
  dropDatabase = close
  await database.db.project.create({ data: { id: "house", name: "House" } })
})
afterAll(async () => {
  await database.close()
  await dropDatabase()
})

/** The names of the kinds that an error is of. */
async function kindsOf(query: Promise<unknown>): Promise<string[]> {
  const error: unknown = await query.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(error).toBeInstanceOf(Error)
  return Object.entries(kinds).flatMap(([name, is]) => (is(error) ? [name] : []))
}

describe("an error of the database is of exactly one kind", () => {
  it("a key that is there already", async () => {
    expect(await kindsOf(database.db.project.create({ data: { id: "house", name: "x" } }))).toEqual(["isDuplicate"])
    expect(await kindsOf(database.db.$executeRaw`INSERT INTO projects (id, name) VALUES ('house', 'x')`)).toEqual([
      "isDuplicate",
    ])
  })

  it("a reference to nothing", async () => {
    const clip = { projectId: "nowhere", id: "kick", name: "Kick", code: "" }
    expect(await kindsOf(database.db.clip.create({ data: clip }))).toEqual(["isBrokenReference"])
    expect(
      await kindsOf(
        database.db.$executeRaw`INSERT INTO songs (project_id, id, name) VALUES ('nowhere', 'sunset', 'Sunset')`,
      ),
    ).toEqual(["isBrokenReference"])
  })

  it("a row that is not there", async () => {
    expect(await kindsOf(database.db.project.update({ where: { id: "nowhere" }, data: { name: "x" } }))).toEqual([
      "isMissing",
    ])
  })

  it("a statement and a transaction that take too long", async () => {
    const slowStatement = database.db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 50`
      await tx.$queryRaw`SELECT 1 AS one FROM pg_sleep(5)`
    })
    expect(await kindsOf(slowStatement)).toEqual(["isTimeout"])
    const slowTransaction = database.db.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT 1 AS one FROM pg_sleep(0.3)`
        await tx.$queryRaw`SELECT 1 AS one`
      },
      { timeout: 100 },
    )
    expect(await kindsOf(slowTransaction)).toEqual(["isTimeout"])
  })

  it("a connection that is ended, and a server that is not there", async () => {
    expect(await kindsOf(database.db.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())::text AS gone`)).toEqual([
      "isAway",
    ])
    const away = createDatabase({ url: "postgresql://nobody@127.0.0.1:1/nothing", pool })
    expect(await kindsOf(away.db.project.findMany())).toEqual(["isAway"])
    expect(await kindsOf(away.db.$queryRaw`SELECT 1 AS one`)).toEqual(["isAway"])
    expect(await kindsOf(away.db.$transaction((tx) => tx.project.findMany()))).toEqual(["isAway"])
    await away.close()
  })

  it("an error of our own is of none", async () => {
    expect(await kindsOf(Promise.reject(new Error("mistake")))).toEqual([])
    expect(await kindsOf(database.db.$queryRaw`SELECT nonsense`)).toEqual([])
  })
})
