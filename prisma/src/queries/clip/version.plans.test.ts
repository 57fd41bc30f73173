import { expect, it } from "vitest"
import type { PrismaClient } from "../../generated/client.ts"
import { createPlanReader } from "../../testing/query-plans.ts"
import { listClipHistory, listVersionsOfMessage } from "./version.ts"

const uuid = (number: string) => `('00000000-0000-7000-8000-' || lpad((${number})::text, 12, '0'))::uuid`
const sessionId = "00000000-0000-7000-8000-000000000005"
const seed = [
  "INSERT INTO projects (id, name) VALUES ('p', 'Project')",
  `INSERT INTO sessions (id) SELECT ${uuid("i")} FROM generate_series(1, 5000) i`,
  `INSERT INTO messages (session_id, message_index, data)
   SELECT ${uuid("1 + i % 20")}, i / 20, jsonb_build_object('role', 'user', 'content', 'message ' || i, 'timestamp', '2026-01-01T00:00:00Z')
   FROM generate_series(0, 39999) i`,
  `INSERT INTO clips (project_id, id, name, code) SELECT 'p', 'c' || i, 'Clip', '' FROM generate_series(1, 5000) i`,
  `INSERT INTO clip_versions (project_id, clip_id, version, name, code, session_id, message_index)
   SELECT 'p', 'c' || i, v, 'Clip', '', ${uuid("1 + i % 20")}, i / 20 FROM generate_series(1, 5000) i, generate_series(1, 4) v`,
]

const reader = createPlanReader(seed)

const key = { projectId: "p", id: "c5" }
const queries: [string, (db: PrismaClient) => Promise<unknown>][] = [
  ["a clip's history", (db) => listClipHistory(db, { ...key, limit: 13 })],
  ["a clip's history, a page on", (db) => listClipHistory(db, { ...key, limit: 13, before: 3 })],
  ["the versions of a message", (db) => listVersionsOfMessage(db, { sessionId, messageIndex: 7 })],
]

it.each(queries)("reads no whole table: %s", async (_, query) => {
  const plan = await reader.plansOf(query)
  expect(plan.length).toBeGreaterThan(0)
  expect(plan.filter((node) => /^Seq Scan/.test(node))).toEqual([])
})

it("reads the versions in the key's order, and each origin by its key", async () => {
  const plan = await reader.plansOf((db) => listClipHistory(db, { ...key, limit: 13 }))
  expect(plan.filter((node) => /Sort/.test(node))).toEqual([])
  // Sessions and messages are asked for at once, and come in either order.
  for (const key of ["clip_versions_pkey", "sessions_pkey", "messages_pkey"]) expect(plan.join("\n")).toContain(key)
})
