import { randomBytes } from "node:crypto"
import pg from "pg"
import { inject } from "vitest"
import "./test-postgres.ts"

export interface TestDatabase {
  url: string
  /** Drops the database, ending the connections that are left. */
  close(): Promise<void>
}

/** Makes a database of its own for a test file: migrated and without rows. */
export function createTestDatabase(): Promise<TestDatabase> {
  return create(inject("testPostgres").template)
}

/** Makes a database without any table. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create("template0")
}

async function create(template: string): Promise<TestDatabase> {
  const { adminUrl } = inject("testPostgres")
  const name = `strudel_test_${randomBytes(8).toString("hex")}`
  await run(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const url = new URL(adminUrl)
  url.pathname = `/${name}`
  return { url: url.href, close: () => run(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  client.on("error", () => undefined)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
