import { afterAll, beforeAll } from "vitest"
import { createDatabase, type Database, type PoolOptions } from "../client.ts"
import { createTestDatabase } from "./test-database.ts"

const usual = { size: 2, maxOverflow: 2, recycleSeconds: 3600, commandTimeoutSeconds: 20, echo: false }

/** Gives a test file a migrated database of its own, which is there from the first test on and goes after the last. */
export function databaseOfFile(pool: Partial<PoolOptions> = {}) {
  let opened: { url: string; database: Database; drop: () => Promise<void> } | undefined
  beforeAll(async () => {
    const { url, close: drop } = await createTestDatabase()
    opened = { url, drop, database: createDatabase({ url, pool: { ...usual, ...pool } }) }
  })
  afterAll(async () => {
    await opened?.database.close()
    await opened?.drop()
  })
  const there = () => {
    if (!opened) throw new Error("the database is there from the first test on, not sooner")
    return opened
  }
  return {
    get url() {
      return there().url
    },
    get db() {
      return there().database.db
    },
  }
}
