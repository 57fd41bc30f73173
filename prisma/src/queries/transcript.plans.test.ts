import { describe, expect, it } from "vitest"
import type { PrismaClient } from "../generated/client.ts"
import { createPlanReader } from "../testing/query-plans.ts"
import { findCodeHomes, findFirstCode, listItemsThere } from "./message/code.ts"
import { writeMessagePage } from "./message/page.ts"
import { hasCodeChange, listTimestamps } from "./message.ts"
import { forkSession, listClipsAt } from "./session/fork.ts"

const session = "00000000-0000-7000-8000-000000000005"
const seed = [
  `INSERT INTO sessions (id, message_count) SELECT ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 2000 FROM generate_series(1, 2000) i`,
  `INSERT INTO messages (session_id, message_index, data)
   SELECT ('00000000-0000-7000-8000-' || lpad((1 + i % 20)::text, 12, '0'))::uuid, i / 20,
     jsonb_build_object('role', 'user', 'content', 'message ' || i, 'timestamp', '2026-01-01T00:00:00Z')
       || CASE WHEN i / 20 % 50 = 0 THEN '{"code_changes": {"after": "x"}}'::jsonb ELSE '{}'::jsonb END
   FROM generate_series(0, 39999) i`,
  `INSERT INTO memory_files (session_id, file_path) SELECT id, 'a.md' FROM sessions`,
  `INSERT INTO projects (id, name) VALUES ('p', 'P')`,
  `INSERT INTO clips (project_id, id, name, code) SELECT 'p', 'c' || i, 'C', '' FROM generate_series(1, 20000) i`,
  `INSERT INTO clip_versions (project_id, clip_id, version, name, code, session_id, message_index)
   SELECT 'p', 'c' || i, 1, 'C', 's("bd*' || i || '")', ('00000000-0000-7000-8000-' || lpad((1 + i % 2000)::text, 12, '0'))::uuid, i / 2000
   FROM generate_series(1, 20000) i`,
]

const reader = createPlanReader(seed)

type Query = (db: PrismaClient) => Promise<unknown>
const page = { sessionId: session, limit: 40, maxBytes: 1e6 }

const ofCode: [string, Query][] = [
  ["the newest", (db) => writeMessagePage(db, { ...page, from: "end", changedCode: true })],
  ["older ones", (db) => writeMessagePage(db, { ...page, from: "end", before: 900, changedCode: true })],
  ["later ones", (db) => writeMessagePage(db, { ...page, from: "start", after: 900, changedCode: true })],
  ["whether there are older ones", (db) => hasCodeChange(db, { sessionId: session, before: 900 })],
  ["whether there are later ones", (db) => hasCodeChange(db, { sessionId: session, after: 900 })],
]

describe("messages that changed code are read from their own index, in its order", () => {
  it.each(ofCode)("%s", async (_, query) => {
    const plan = await reader.plansOf(query)
    expect(plan.filter((node) => node.includes("messages_code_changes_idx")).length).toBeGreaterThan(0)
    expect(plan.filter((node) => /^(Incremental )?Sort|Seq Scan/.test(node))).toEqual([])
  })
})

const others: [string, Query][] = [
  ["times of messages", (db) => listTimestamps(db, { sessionId: session, from: 900, before: 1500, limit: 4 })],
  ["clips at a moment", (db) => listClipsAt(db, { id: session, messageIndex: 9 })],
  [
    "the clips of codes",
    (db) =>
      findCodeHomes(
        db,
        { id: session, messageIndex: 9 },
        ["a", 's("bd*7")'].map((code, place) => ({ place, code, projectId: "p", clipId: "c7" })),
      ),
  ],
  ["the first code", (db) => findFirstCode(db, session)],
  ["items that are there", (db) => listItemsThere(db, [{ itemType: "clip", projectId: "p", itemId: "c1" }])],
  [
    "a fork",
    (db) =>
      forkSession(db, {
        id: session,
        messageIndex: 30,
        newId: "00000000-0000-7000-8000-0000000f0001",
        metadata: {},
      }),
  ],
]

describe("no query reads a whole table", () => {
  it.each(others)("%s", async (_, query) => {
    const plan = await reader.plansOf(query)
    expect(plan.length).toBeGreaterThan(0)
    expect(plan.filter((node) => /Seq Scan (sessions|messages|memory_files|clips|clip_versions)/.test(node))).toEqual(
      [],
    )
  })
})
