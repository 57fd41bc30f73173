import pg from "pg"
import { expect, it } from "vitest"
import { createTestDatabase } from "../testing/test-database.ts"

/** Bytes, in KiB, of what an index may gather before it sorts it in: with more, PostgreSQL reads the whole table instead. */
const mostPending = 1024

it("no GIN index gathers changes until a search reads whole tables", async () => {
  const { url, close } = await createTestDatabase()
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    const { rows } = await client.query<{ name: string; options: string[] | null }>(`
      SELECT relname AS name, reloptions AS options FROM pg_class
      JOIN pg_am ON pg_am.oid = relam AND amname = 'gin' WHERE relnamespace = 'public'::regnamespace`)
    expect(rows.length).toBeGreaterThan(10)
    const gathering = rows.filter(({ options }) => {
      const { fastupdate, gin_pending_list_limit: limit } = Object.fromEntries(
        (options ?? []).map((option) => option.split("=")),
      )
      return fastupdate !== "off" && !(Number(limit) <= mostPending)
    })
    expect(gathering).toEqual([])
  } finally {
    await client.end()
    await close()
  }
})
