import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import pg from "pg"
import { afterEach, beforeEach, expect, test } from "vitest"
import { ensureDatabase, migrate } from "./migrate.ts"
import { createEmptyDatabase, type TestDatabase } from "./testing/test-database.ts"

const own = fileURLToPath(new URL("../migrations", import.meta.url))

let database: TestDatabase
let directory: string

beforeEach(async () => {
  database = await createEmptyDatabase()
  directory = await mkdtemp(join(tmpdir(), "migrations of a test "))
})
afterEach(async () => {
  await database.close()
  await rm(directory, { recursive: true })
})

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(directory, name), { recursive: true })
  await writeFile(join(directory, name, "migration.sql"), sql)
}

async function query(sql: string, url = database.url): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const names = () => query("SELECT migration_name AS name FROM _prisma_migrations ORDER BY started_at")

test("applies what is pending in order, once, and records it like Prisma", async () => {
  await write("1_one", "CREATE TABLE one (id int); INSERT INTO one VALUES (1);")
  await write("3_three", "INSERT INTO one SELECT id + 2 FROM one WHERE id = 2")
  expect(await migrate({ url: database.url, directory })).toEqual(["1_one", "3_three"])
  await write("2_two", "INSERT INTO one VALUES (2)")
  expect(await migrate({ url: database.url, directory })).toEqual(["2_two"])
  expect(await migrate({ url: database.url, directory })).toEqual([])
  expect(await query("SELECT id FROM one ORDER BY id")).toEqual([{ id: 1 }, { id: 2 }])
  expect(
    await query(`
      SELECT length(id) AS id, checksum, logs, rolled_back_at, applied_steps_count AS steps,
        finished_at >= started_at AS finished
      FROM _prisma_migrations WHERE migration_name = '2_two'`),
  ).toEqual([
    {
      id: 36,
      checksum: "df5de1bcf85ed7da2f4f4a4415b7a920313cc9aa00c065b637d4119e0d2ce142",
      logs: null,
      rolled_back_at: null,
      steps: 1,
      finished: true,
    },
  ])
})

test("a failing migration leaves nothing behind and can be applied once it is repaired", async () => {
  await write("1_one", "CREATE TABLE one (id int)")
  await write("2_two", "INSERT INTO one VALUES (1); CREATE TABLE two (id nonsense);")
  await expect(migrate({ url: database.url, directory })).rejects.toThrow(/2_two failed and was undone: .*nonsense/)
  expect(await query("SELECT * FROM one")).toEqual([])
  expect(await names()).toEqual([{ name: "1_one" }])
  await write("2_two", "INSERT INTO one VALUES (2)")
  expect(await migrate({ url: database.url, directory })).toEqual(["2_two"])
})

test("a migration cut off halfway has no effect and is applied by the next start", async () => {
  await write("1_one", "CREATE TABLE one (id int); SELECT pg_sleep(60);")
  const cut = migrate({ url: database.url, directory })
  const failure = expect(cut).rejects.toThrow("1_one")
  await expect
    .poll(() =>
      query(`
        SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()`),
    )
    .toEqual([{ done: true }])
  await failure
  await write("1_one", "CREATE TABLE one (id int)")
  expect(await migrate({ url: database.url, directory })).toEqual(["1_one"])
})

test("a migration may take longer than what the server's statements may", async () => {
  await query(`DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = 100', current_database()); END $$`)
  await write("1_one", "CREATE TABLE one (id int); SELECT pg_sleep(0.3);")
  expect(await migrate({ url: database.url, directory })).toEqual(["1_one"])
})

test("of servers that start at once one migrates and the others wait for it", async () => {
  await write("1_one", "CREATE TABLE one (id int); SELECT pg_sleep(0.5);")
  await write("2_two", "CREATE TABLE two (id int)")
  const all = await Promise.all(Array.from({ length: 4 }, () => migrate({ url: database.url, directory })))
  expect(all.flat().sort()).toEqual(["1_one", "2_two"])
})

test("waits while Prisma's command line migrates", async () => {
  await write("1_one", "CREATE TABLE one (id int)")
  const prisma = new pg.Client({ connectionString: database.url })
  await prisma.connect()
  await prisma.query("SELECT pg_advisory_lock(72707369)")
  const told: string[] = []
  const migrating = migrate({ url: database.url, directory, log: { info: (line) => told.push(line), warn() {} } })
  await expect.poll(() => told).toEqual([expect.stringContaining("another process is migrating")])
  await prisma.query("SELECT pg_advisory_unlock(72707369)")
  expect(await migrating).toEqual(["1_one"])
  await prisma.end()
})

test("refuses a database in which an earlier migration failed", async () => {
  await write("1_one", "SELECT 1")
  await migrate({ url: database.url, directory })
  await query(`INSERT INTO _prisma_migrations (id, checksum, migration_name, logs) VALUES ('x', 'y', '2_two', 'broke')`)
  await write("3_three", "CREATE TABLE three (id int)")
  await expect(migrate({ url: database.url, directory })).rejects.toThrow(/2_two failed earlier.*broke/s)
  await query("UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'x'")
  expect(await migrate({ url: database.url, directory })).toEqual(["3_three"])
})

test("warns about a migration that was edited, or that it does not know", async () => {
  const warnings: string[] = []
  const log = { info() {}, warn: (message: string) => warnings.push(message) }
  await write("1_one", "SELECT 1")
  await write("2_two", "SELECT 2")
  await migrate({ url: database.url, directory, log })
  await write("1_one", "SELECT 1 -- edited")
  await rm(join(directory, "2_two"), { recursive: true })
  expect(await migrate({ url: database.url, directory, log })).toEqual([])
  expect(warnings).toEqual([
    expect.stringContaining("2_two, which this version does not know"),
    expect.stringContaining("1_one was edited"),
  ])
})

test("refuses a database that holds tables of something else", async () => {
  await query("CREATE TABLE theirs (id int)")
  await write("1_one", "CREATE TABLE one (id int)")
  await expect(migrate({ url: database.url, directory })).rejects.toThrow("theirs")
})

test("creates the database if it is missing, also when several ask at once", async () => {
  const url = new URL(database.url)
  url.pathname += " with a space"
  await Promise.all(Array.from({ length: 3 }, () => ensureDatabase(url.href)))
  expect(await query("SELECT 1 AS one", url.href)).toEqual([{ one: 1 }])
  await query(`DROP DATABASE "${decodeURIComponent(url.pathname.slice(1))}" WITH (FORCE)`)
})

test("the migrations of this package apply to an empty database", async () => {
  await cp(own, directory, { recursive: true })
  const folders = (await readdir(own, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  expect(await migrate({ url: database.url, directory })).toEqual(folders.map(({ name }) => name).sort())
})
