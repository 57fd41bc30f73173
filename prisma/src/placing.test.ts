import { randomBytes } from "node:crypto"
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import pg from "pg"
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest"
import { placements } from "./distribution.ts"
import { migrate } from "./migrate.ts"
import { placingOf, spreadStatements, statementsOf } from "./placing.ts"
import { createEmptyDatabase } from "./testing/test-database.ts"
import { drop, joinNodes, run, urlOf } from "./testing/test-nodes.ts"
import "./testing/test-postgres.ts"

const own = fileURLToPath(new URL("../migrations", import.meta.url))
const nodes = inject("testPostgres").nodes

const migrationsUntil = async (last: string, directory: string) => {
  for (const name of await readdir(own)) {
    if (name < last) await cp(join(own, name), join(directory, name), { recursive: true })
  }
}

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "migrations of a test "))
})
afterEach(() => rm(directory, { recursive: true }))

/** Runs work with a client of a database, which it ends. */
async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const every = new Set<string>(Object.keys(placements))
const readMigrations = async () => {
  const entries = (await readdir(own, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  return Promise.all(entries.map(async ({ name }) => readFile(join(own, name, "migration.sql"), "utf8")))
}

it("each table that a migration makes is put in its place", async () => {
  const sql = await readMigrations()
  const made = sql.flatMap((text) => [...text.matchAll(/^CREATE TABLE\W+(\w+)/gim)].map(([, name = ""]) => name))
  expect(made.sort()).toEqual(Object.keys(placements).sort())
  const placed = sql.flatMap((text) => spreadStatements(text, every).filter((each) => each.includes("_table('")))
  const wanted = Object.entries(placements).flatMap(([name, placement]) => placingOf(name, placement) ?? [])
  expect(placed.sort()).toEqual(wanted.sort())
})

it("a migration is sent statement by statement, with one constraint each", async () => {
  for (const sql of await readMigrations()) {
    const bare = (text: string) => text.replaceAll(/--[^\n]*|[\s;]/g, "")
    expect(bare(statementsOf(sql).join(";"))).toBe(bare(sql))
    for (const statement of spreadStatements(sql, every)) {
      expect(statement).toMatch(/^(?:ALTER|CREATE|DROP|INSERT|UPDATE|DELETE|SELECT|WITH|DO|SET)\b/)
      if (statement.startsWith("ALTER TABLE")) expect(statement.split("ADD CONSTRAINT").length).toBeLessThanOrEqual(2)
    }
  }
})

it.each<[string, string[]]>([
  ["SELECT 1; -- a; b\nSELECT ';';;", ["SELECT 1", "SELECT ';'"]],
  ['ALTER TABLE "a;b" ADD c int', ['ALTER TABLE "a;b" ADD c int']],
  ["DO $x$ BEGIN; $$;$$ END $x$;\n/* ; */ SELECT 'it''s;'", ["DO $x$ BEGIN; $$;$$ END $x$", "/* ; */ SELECT 'it''s;'"]],
])("%s has its statements", (sql, statements) => {
  expect(statementsOf(sql)).toEqual(statements)
})

it("a table is left for later where what it lies beside is not distributed yet", () => {
  const sql = 'CREATE TABLE "runs" (\n    "session_id" UUID NOT NULL\n)'
  expect(spreadStatements(sql, new Set(["clips"]))).toEqual([sql])
  expect(spreadStatements(sql, new Set(["sessions"]))).toEqual([sql, placingOf("runs", placements.runs)])
})

/** What Citus is asked, noted with how many tables the new one refers to: it refuses those of another place. */
const noted = [
  "CREATE TABLE pg_dist_partition AS SELECT 'sessions'::regclass AS logicalrelid, 'h'::\"char\" AS partmethod",
  "CREATE TABLE asked (place serial, name text, mode text, references_before int)",
  `CREATE FUNCTION create_distributed_table(name regclass, own text, colocate_with text) RETURNS void LANGUAGE sql AS $$
     INSERT INTO asked (name, mode, references_before)
     SELECT name::text, current_setting('citus.multi_shard_modify_mode'), (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = name) $$`,
]

it("a release that adds tables puts them where they are to lie before they refer to others", async () => {
  await migrationsUntil("20261130120000_runs", directory)
  const { url, close } = await createEmptyDatabase()
  await migrate({ url, directory })
  await run(url, ...noted)
  await migrate({ url, directory: own })
  const { rows } = await withClient(url, (client) =>
    client.query("SELECT name, mode, references_before FROM asked ORDER BY place"),
  )
  const asked = { mode: "sequential", references_before: 0 }
  expect(rows.filter(({ name }) => /^run/.test(name))).toEqual([
    { name: "runs", ...asked },
    { name: "run_events", ...asked },
    { name: "run_changes", ...asked },
  ])
  await close()
})

if (nodes.length > 1) {
  describe("on several machines", () => {
    const name = `strudel_test_${randomBytes(8).toString("hex")}`
    const url = urlOf(nodes[0] ?? "", name)
    afterEach(() => drop(nodes, name))

    it("a distributed database of the release before runs moves forward with its rows", async () => {
      await migrationsUntil("20261130120000_runs", directory)
      await migrate({ url, directory })
      await joinNodes(nodes, name)
      await withClient(url, async (client) => {
        await client.query("SET citus.enable_local_reference_table_foreign_keys TO off")
        for (const [table, placement] of Object.entries(placements)) {
          if (/^run/.test(table)) continue
          const sql = placingOf(table, placement)
          if (sql) await client.query(sql)
        }
      })
      const stored = [
        "SELECT id, message_count FROM sessions ORDER BY id",
        "SELECT session_id, message_index, data FROM messages ORDER BY session_id, message_index",
        "SELECT project_id, id, code FROM clips ORDER BY id",
        "SELECT project_id, clip_id, version, code, state FROM clip_versions ORDER BY clip_id, version",
      ]
      await withClient(url, async (client) => {
        const read = async () => Promise.all(stored.map(async (sql) => (await client.query(sql)).rows))
        await client.query("INSERT INTO projects (id, name) VALUES ('p', 'Project')")
        await client.query(
          "INSERT INTO sessions (id, message_count) SELECT md5(i::text)::uuid, 20 FROM generate_series(1, 50) i",
        )
        await client.query(`
          INSERT INTO messages (session_id, message_index, data)
          SELECT md5(i::text)::uuid, n, jsonb_build_object('role', 'user', 'content', 'm' || n, 'timestamp', now()) FROM generate_series(1, 50) i, generate_series(0, 19) n`)
        await client.query(
          "INSERT INTO clips (project_id, id, name, code) SELECT 'p', 'c' || i, 'Clip', 's(\"bd\")' FROM generate_series(1, 50) i",
        )
        await client.query(`
          INSERT INTO clip_versions (project_id, clip_id, version, name, code, state)
          SELECT 'p', 'c' || i, 1, 'Clip', 's("bd")', 'plays' FROM generate_series(1, 50) i`)
        const before = await read()
        expect(before.map((rows) => rows.length)).toEqual([50, 1000, 50, 50])
        await migrate({ url, directory: own })
        expect(await read()).toEqual(before)
        const { rows } = await client.query<{ name: string; column: string }>(`
          SELECT relname AS name, column_to_column_name(logicalrelid, partkey) AS column
          FROM pg_dist_partition JOIN pg_class ON oid = logicalrelid WHERE partmethod = 'h' ORDER BY relname`)
        const wanted = Object.entries(placements).flatMap(([name, placement]) =>
          placement.kind === "distributed" ? [{ name, column: placement.column }] : [],
        )
        expect(rows).toEqual(wanted.sort((one, other) => (one.name < other.name ? -1 : 1)))
      })
    })
  })
}
