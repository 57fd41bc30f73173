import { sql } from "kysely"
import { afterAll, beforeAll, expect, test } from "vitest"
import { createDatabase, type PoolOptions } from "./client.ts"
import { kyselyOf } from "./kysely.ts"
import { createEmptyDatabase, type TestDatabase } from "./testing/test-database.ts"
import { inTransaction } from "./transaction.ts"

let server: TestDatabase

const pool: PoolOptions = { size: 1, maxOverflow: 2, recycleSeconds: 3600, commandTimeoutSeconds: 2, echo: false }

beforeAll(async () => {
  server = await createEmptyDatabase()
})
afterAll(() => server.close())

const connections = async (url: string) => {
  const probe = createDatabase({ url, pool })
  try {
    const rows = await probe.db.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`
    return rows[0]?.count
  } finally {
    await probe.close()
  }
}

test("nothing connects before the first query", async () => {
  const database = createDatabase({ url: server.url, pool })
  expect(await connections(server.url)).toBe(0)
  await database.ping()
  expect(await connections(server.url)).toBe(1)
  await database.close()
})

test("close lets running and waiting queries finish", async () => {
  const database = createDatabase({ url: server.url, pool })
  // A Prisma query starts when somebody waits for it.
  const sleeping = Promise.all(
    Array.from({ length: 5 }, () => database.db.$queryRaw`SELECT 1 AS one FROM pg_sleep(0.3)`),
  )
  const transaction = database.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM pg_sleep(0.2)`
    return tx.$queryRaw`SELECT 2 AS two`
  })
  await new Promise((resolve) => setTimeout(resolve, 50))
  await Promise.all([database.close(), database.close()])
  expect(await connections(server.url)).toBe(0)
  expect(await sleeping).toEqual(Array.from({ length: 5 }, () => [{ one: 1 }]))
  expect(await transaction).toEqual([{ two: 2 }])
  await expect(database.ping()).rejects.toThrow("end")
})

test("a statement is cancelled after the command timeout", async () => {
  const database = createDatabase({ url: server.url, pool: { ...pool, commandTimeoutSeconds: 1 } })
  const start = Date.now()
  await expect(database.db.$queryRaw`SELECT 1 FROM pg_sleep(10)`).rejects.toThrow("statement timeout")
  expect(Date.now() - start).toBeLessThan(5000)
  await database.close()
})

test("whoever works on when the time to close is over, or holds a transaction open, loses the connection", async () => {
  const database = createDatabase({ url: server.url, pool: { ...pool, commandTimeoutSeconds: 60 } })
  const query = database.db.$queryRaw`SELECT 1 FROM pg_sleep(600)`.catch((error: unknown) => error)
  let held = () => {}
  const holding = new Promise<void>((resolve) => {
    held = resolve
  })
  const transaction = database.db
    .$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1`
      held()
      await new Promise((resolve) => setTimeout(resolve, 3000))
      await tx.$queryRaw`SELECT 1`
    })
    .catch((error: unknown) => error)
  await holding
  await expect.poll(() => connections(server.url)).toBe(2)
  const begin = Date.now()
  await database.close(100)
  expect(Date.now() - begin).toBeLessThan(5_000)
  expect(await query).toBeInstanceOf(Error)
  expect(await transaction).toBeInstanceOf(Error)
})

test("a connection that breaks while idle is logged and replaced", async () => {
  const warnings: string[] = []
  const log = { info() {}, warn: (message: string) => warnings.push(message) }
  const database = createDatabase({ url: server.url, pool, log })
  const other = createDatabase({ url: server.url, pool })
  await database.ping()
  await other.db.$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`
  await expect.poll(() => warnings.join()).toContain("terminating connection")
  await database.ping()
  await Promise.all([database.close(), other.close()])
})

test("connections beyond the pool's size are shed", { timeout: 40_000 }, async () => {
  const database = createDatabase({ url: server.url, pool })
  await Promise.all(Array.from({ length: 3 }, () => database.db.$queryRaw`SELECT 1 FROM pg_sleep(0.2)`))
  expect(await connections(server.url)).toBe(3)
  await expect.poll(() => connections(server.url), { timeout: 20_000, interval: 500 }).toBe(1)
  await database.close()
})

test("a timestamp with time zone comes back as the moment it is, whatever zone the database is set to", async () => {
  const database = createDatabase({ url: server.url, pool })
  await database.db.$executeRawUnsafe(
    `ALTER DATABASE ${new URL(server.url).pathname.slice(1)} SET timezone = 'Asia/Tokyo'`,
  )
  const fresh = createDatabase({ url: server.url, pool })
  const rows = await fresh.db.$queryRaw<{ at: Date }[]>`SELECT '2024-05-01T12:00:00Z'::timestamptz AS at`
  expect(rows[0]?.at.toISOString()).toBe("2024-05-01T12:00:00.000Z")
  await Promise.all([database.close(), fresh.close()])
})

test("a statement gets a name from its second use on", async () => {
  const database = createDatabase({ url: server.url, pool: { ...pool, maxOverflow: 0 } })
  const named = () => database.db.$queryRaw<{ statement: string }[]>`SELECT statement FROM pg_prepared_statements`
  expect(await named()).toEqual([])
  expect(await named()).toHaveLength(1)
  expect(await named()).toHaveLength(1)
  await database.close()
})

test("behind a pooler no statement gets a name, and a connection is opened without settings but speaks UTC", async () => {
  const direct = createDatabase({ url: server.url, pool })
  const { db } = direct
  const [{ name = "" } = {}] = await db.$queryRaw<{ name: string }[]>`SELECT current_database()::text AS name`
  await db.$executeRawUnsafe(`ALTER DATABASE ${name} SET TimeZone = 'Asia/Tokyo'`)
  await db.$executeRawUnsafe(`ALTER DATABASE ${name} SET statement_timeout = '7s'`)
  const url = new URL(server.url)
  url.searchParams.set("pgbouncer", "true")
  const pooled = createDatabase({ url: url.href, pool: { ...pool, maxOverflow: 0 } })
  const named = () => pooled.db.$queryRaw`SELECT statement FROM pg_prepared_statements`
  const typed = () => sql`SELECT statement FROM pg_prepared_statements`.execute(kyselyOf(pooled.db))
  for (let time = 0; time < 3; time++) {
    expect(await named()).toEqual([])
    expect((await typed()).rows).toEqual([])
    expect(await inTransaction(pooled.db, (tx) => tx.$queryRaw`SELECT statement FROM pg_prepared_statements`)).toEqual(
      [],
    )
  }
  const settings = await pooled.db.$queryRaw`
    SELECT current_setting('TimeZone') AS zone, current_setting('statement_timeout') AS timeout`
  expect(settings).toEqual([{ zone: "UTC", timeout: "7s" }])
  await pooled.close()
  await db.$executeRawUnsafe(`ALTER DATABASE ${name} RESET ALL`)
  await direct.close()
})

test("echo logs statements", async () => {
  const lines: string[] = []
  const log = { info: (message: string) => lines.push(message), warn() {} }
  const database = createDatabase({ url: server.url, pool: { ...pool, echo: true }, log })
  await database.db.$queryRaw`SELECT 42 AS answer`
  expect(lines.join()).toContain("SELECT 42 AS answer")
  await database.close()
})

test("a connection's work is timed, for each statement and for each transaction as a whole", async () => {
  const seconds: number[] = []
  const { db, connections, close } = createDatabase({
    url: server.url,
    pool: { ...pool, maxOverflow: 0 },
    onWork: (each) => void seconds.push(each),
  })
  await db.$queryRaw`SELECT 1`
  expect(seconds).toHaveLength(1)
  await db.$transaction(async (tx) => {
    expect(connections()).toEqual({ open: 1, idle: 0, waiting: 0 })
    await tx.$queryRaw`SELECT 1`
    await tx.$queryRaw`SELECT 1 AS one FROM pg_sleep(0.05)`
  })
  expect(seconds).toHaveLength(2)
  expect(seconds[1]).toBeGreaterThan(0.045)
  expect(connections()).toEqual({ open: 1, idle: 1, waiting: 0 })
  await close()
})
