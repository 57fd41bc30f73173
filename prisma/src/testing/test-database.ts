import { randomBytes } from "node:crypto"
import { inject } from "vitest"
import { copy, drop, urlOf } from "./test-nodes.ts"
import "./test-postgres.ts"

export interface TestDatabase {
  url: string
  /** Drops the database, ending the connections that are left. */
  close(): Promise<void>
}

/** Makes a database of its own for a test file: migrated and without rows. */
export function createTestDatabase(): Promise<TestDatabase> {
  const { nodes, template } = inject("testPostgres")
  return create(nodes, template)
}

/** Makes a database without any table. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return create(inject("testPostgres").nodes.slice(0, 1), "template0")
}

async function create(nodes: string[], template: string): Promise<TestDatabase> {
  const name = `strudel_test_${randomBytes(8).toString("hex")}`
  await copy(nodes, template, name)
  const url = new URL(urlOf(nodes[0] ?? "", name))
  const { pooler } = inject("testPostgres")
  if (pooler) {
    url.host = pooler
    url.searchParams.set("pgbouncer", "true")
  }
  return { url: url.href, close: () => drop(nodes, name) }
}
