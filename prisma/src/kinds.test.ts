import pg from "pg"
import { afterAll, beforeAll, expect, it } from "vitest"
import { versionedKinds } from "./item-kinds.ts"
import {
  answerers,
  changeModes,
  clipStates,
  kindOf,
  projectFileItemTypes,
  removalKinds,
  runChangeStates,
  runStates,
  savedViewPages,
  sessionItemTypes,
  sessionStatuses,
} from "./kinds.ts"
import { createTestDatabase, type TestDatabase } from "./testing/test-database.ts"

/** The columns that hold one word of a few. */
const columns = {
  "sessions.status": sessionStatuses,
  "sessions.item_type": sessionItemTypes,
  "sessions.answered_by": answerers,
  "sessions.change_mode": changeModes,
  "runs.state": runStates,
  "run_changes.state": runChangeStates,
  "run_changes.item_type": versionedKinds,
  "clips.state": clipStates,
  "clip_versions.state": clipStates,
  "project_files.item_type": projectFileItemTypes,
  "saved_views.page": savedViewPages,
  "removals.kind": removalKinds,
}

let database: TestDatabase
let client: pg.Client
beforeAll(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database.close()
})

it("is what the CHECK of each such column allows, and no other column has one", async () => {
  const { rows } = await client.query<{ column: string; kinds: string[] }>(`
    SELECT conrelid::regclass || '.' || attname AS column,
      ARRAY(SELECT word[1] FROM regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''::character varying', 'g') word) AS kinds
    FROM pg_constraint c JOIN pg_attribute ON attrelid = conrelid AND ARRAY[attnum] = conkey
    WHERE contype = 'c' AND connamespace = 'public'::regnamespace
      AND pg_get_constraintdef(c.oid) LIKE '%= ANY ((ARRAY[%]%)%'`)
  expect(Object.fromEntries(rows.map(({ column, kinds }) => [column, kinds]))).toEqual(columns)
})

it("is kept by the database, whoever writes", async () => {
  for (const column of Object.keys(columns)) {
    const [table = "", name = ""] = column.split(".")
    const { rows } = await client.query<{ definition: string }>(
      "SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = $1",
      [`${table}_${name}_check`],
    )
    const check = rows[0]?.definition.replace(/^CHECK /, "")
    const allowed = async (value: string) => {
      const { rows } = await client.query(`SELECT ${check} AS allowed FROM (SELECT $1::varchar AS ${name}) AS one`, [
        value,
      ])
      return rows[0]?.allowed
    }
    expect([await allowed("a word of its own"), await allowed("")]).toEqual([false, false])
  }
})

it("tells what a client that takes it for any text has read", () => {
  expect(kindOf(savedViewPages, "clips")).toBe("clips")
  expect(() => kindOf(savedViewPages, "Clips")).toThrow('"Clips"')
})
