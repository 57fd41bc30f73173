import { describe, expect, it } from "vitest"
import type { PrismaClient } from "../generated/client.ts"
import { createPlanReader } from "../testing/query-plans.ts"
import { listChanges, listMessageCounts, sweepRemovals } from "./live.ts"

const uuid = (text: string) => `('00000000-0000-7000-8000-' || lpad(${text}, 12, '0'))::uuid`
const session = "00000000-0000-7000-8000-000000000005"
const long = (start: number) => `now() - ((${start} + i) || ' s')::interval`
const seed = [
  `INSERT INTO projects (id, name, updated_at) SELECT 'p' || i, 'Project', ${long(0)} FROM generate_series(0, 20000) i`,
  `INSERT INTO sessions (id, updated_at, run_count) SELECT ${uuid("i::text")}, ${long(0)}, 1 FROM generate_series(1, 20000) i`,
  `INSERT INTO runs (session_id, run_number, asked_index) SELECT ${uuid("i::text")}, 1, 0 FROM generate_series(1, 20000) i`,
  ...["clips", "songs", "playlists"].map(
    (table) => `INSERT INTO ${table} (project_id, id, name, updated_at${table === "clips" ? ", code" : ""})
      SELECT 'p' || i % 200, 'x' || i, 'Name', ${long(0)}${table === "clips" ? ", ''" : ""} FROM generate_series(1, 20000) i`,
  ),
  `INSERT INTO removals (kind, item_id, removed_at) SELECT 'clip', 'x' || i, ${long(-20_000)} FROM generate_series(1, 20000) i`,
]

const reader = createPlanReader(seed)

const queries: [string, (db: PrismaClient) => Promise<unknown>][] = [
  ["message counts", (db) => listMessageCounts(db, [session])],
  ["changes of the last minute", (db) => listChanges(db, { secondsAgo: 60 })],
  ["changes since a date", (db) => listChanges(db, new Date(Date.now() - 60_000))],
  ["sweep of removals", (db) => sweepRemovals(db)],
]

describe("what live readers make the database do", () => {
  it.each(queries)("reads no whole table and sorts nothing: %s", async (_, query) => {
    const plan = await reader.plansOf(query)
    expect(plan.length).toBeGreaterThan(0)
    expect(plan.filter((node) => /^(Seq Scan|Sort|Incremental Sort)/.test(node))).toEqual([])
  })

  it("finds every arm of the feed by its index", async () => {
    const plan = (await reader.plansOf((db) => listChanges(db, { secondsAgo: 60 }))).join("\n")
    for (const table of ["sessions", "clips", "songs", "playlists", "projects", "removals"]) {
      expect(plan).toMatch(new RegExp(`Index (Only )?Scan ${table} ${table}_(updated_at|removed_at)`))
    }
  })
})
