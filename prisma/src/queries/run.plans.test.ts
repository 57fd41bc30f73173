import { describe, expect, it } from "vitest"
import type { PrismaClient } from "../generated/client.ts"
import { createPlanReader } from "../testing/query-plans.ts"
import {
  countRunChangeCharacters,
  decideRunChange,
  findRunChange,
  listRunChanges,
  listWaitingChanges,
  lockRunChange,
  replaceRunChanges,
} from "./run/change.ts"
import { listRunCosts } from "./run/cost.ts"
import {
  endRun,
  findRun,
  insertRun,
  listLeftRuns,
  listQueuedRuns,
  listRunEvents,
  listRuns,
  listWaitingSessions,
  lockRun,
  lockSessionRuns,
  takeRun,
  writeRun,
} from "./run.ts"
import { writeSessionPage } from "./session/page.ts"

const uuid = (text: string) => `('00000000-0000-7000-8000-' || lpad(${text}, 12, '0'))::uuid`
const sessionId = "00000000-0000-7000-8000-000000000005"
const seed = [
  `INSERT INTO sessions (id, answered_by, asked_count, taken_count, run_count, message_count, last_activity)
   SELECT ${uuid("i::text")}, 'strudel', 1, CASE WHEN i % 1000 = 5 THEN 0 ELSE 1 END, 10, 20, now() - (i || ' s')::interval
   FROM generate_series(1, 5000) i`,
  `INSERT INTO runs (session_id, run_number, state, asked_index, lease_until, cost, model, created_at)
   SELECT ${uuid("(1 + i / 10)::text")}, 1 + i % 10,
     CASE WHEN i % 1000 = 509 THEN 'queued' WHEN i % 1000 = 609 THEN 'running' ELSE 'finished' END, 0,
     CASE WHEN i % 1000 = 609 THEN now() END, 0.01, 'model' || i % 5, now() - (i || ' m')::interval
   FROM generate_series(0, 49999) i`,
  `INSERT INTO run_events (session_id, run_number, event_index, data)
   SELECT ${uuid("(1 + i % 100)::text")}, 1, i / 100, '{"type":"text","text":"word"}' FROM generate_series(0, 19999) i`,
  `INSERT INTO run_changes (session_id, run_number, call_id, state, operation, project_id, item_type, item_id, item_name)
   SELECT ${uuid("(1 + i % 2000)::text")}, 1 + i % 10, 'call' || i, CASE WHEN i % 1000 = 7 THEN 'staged' ELSE 'applied' END, '{}', 'p', 'clip', 'c' || i, 'Kick'
   FROM generate_series(0, 19999) i`,
]

const reader = createPlanReader(seed)
const key = { sessionId, number: 1 }
const change = { sessionId, number: 5, callId: "call4" }
const usage = { inputTokens: 1, cachedTokens: 0, outputTokens: 1 }
const day = new Date(Date.now() - 86_400_000)

const queries: [string, (db: PrismaClient) => Promise<unknown>][] = [
  ["a run", (db) => findRun(db, key)],
  ["a run that is locked", (db) => lockRun(db, key)],
  ["a session's place among its runs", (db) => lockSessionRuns(db, sessionId)],
  ["runs of a session", (db) => listRuns(db, { sessionId, limit: 51 })],
  ["runs that wait", (db) => listQueuedRuns(db, 8)],
  ["runs that were left", (db) => listLeftRuns(db, 100)],
  ["the beginning of a run", (db) => insertRun(db, sessionId, { number: 11, askedIndex: 0, continues: false })],
  ["a run that is taken", (db) => takeRun(db, key, "worker", 10)],
  [
    "what a run writes",
    (db) => writeRun(db, { ...key, worker: "w", from: 0, events: [{}], leaseSeconds: 10, mostBytes: 1000 }),
  ],
  [
    "the end of a run",
    (db) => endRun(db, { ...key, state: "finished", messageIndex: 1, steps: [], failure: null, usage, cost: null }),
  ],
  ["a change", (db) => findRunChange(db, change)],
  ["a change that is locked", (db) => lockRunChange(db, change)],
  ["a change that is decided", (db) => decideRunChange(db, change, { state: "applied", version: 2 })],
  ["the length of a run's changes", (db) => countRunChangeCharacters(db, key)],
  [
    "proposals that give way",
    (db) => replaceRunChanges(db, { sessionId, projectId: "p", itemType: "clip", itemId: "c" }),
  ],
]

describe("what runs make the database do", () => {
  it.each(queries)("reads no whole table and sorts nothing: %s", async (_, query) => {
    const plan = await reader.plansOf(query)
    expect(plan.length).toBeGreaterThan(0)
    expect(plan.filter((node) => /^(Seq Scan|Sort|Incremental Sort)/.test(node))).toEqual([])
  })

  it.each<(typeof queries)[number]>([
    ["changes of a session", (db) => listRunChanges(db, { sessionId })],
    ["changes of a session that wait", (db) => listWaitingChanges(db, sessionId)],
    ["a list of sessions with what their runs are at", (db) => writeSessionPage(db, { limit: 51 })],
    ["events of a run", (db) => listRunEvents(db, { ...key, from: 5, mostCharacters: 1000 })],
  ])("reads no whole table, and sorts a page at most: %s", async (_, query) => {
    const plan = await reader.plansOf(query)
    expect(plan.filter((node) => node.startsWith("Seq Scan"))).toEqual([])
  })

  it("finds the sessions that wait by their own index", async () => {
    const plan = await reader.plansOf((db) => listWaitingSessions(db, 8))
    expect(plan.join("\n")).toContain("Index Scan sessions sessions_asked_idx")
    expect(plan.filter((node) => /^Seq Scan|Sort/.test(node))).toEqual([])
  })

  it("finds sessions with changes that wait by an index of these alone", async () => {
    const plan = await reader.plansOf((db) => writeSessionPage(db, { limit: 51, waiting: true }))
    expect(plan.join("\n")).toContain("run_changes_waiting_idx")
    expect(plan.filter((node) => node.startsWith("Seq Scan"))).toEqual([])
  })

  it("reads of what runs cost only those of the time that is asked for", async () => {
    const plan = await reader.plansOf((db) => listRunCosts(db, { by: "day", from: day }))
    expect(plan.join("\n")).toContain("runs_created_at_idx")
  })
})
