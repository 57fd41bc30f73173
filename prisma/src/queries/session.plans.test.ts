import { describe, expect, it } from "vitest"
import type { PrismaClient } from "../generated/client.ts"
import { createPlanReader } from "../testing/query-plans.ts"
import { insertSavedView, listSavedViews, removeSavedView, updateSavedView } from "./saved-view.ts"
import {
  listSessionMetadata,
  removeSessions,
  updateSessionNames,
  updateSessionStatuses,
  updateSessionTags,
} from "./session/bulk.ts"
import { listSessionFacets } from "./session/facets.ts"
import { listImported } from "./session/import.ts"
import { writeSessionPage } from "./session/page.ts"
import { markSessionSeen } from "./session.ts"

const uuid = (text: string) => `('00000000-0000-7000-8000-' || lpad(${text}, 12, '0'))::uuid`
const session = "00000000-0000-7000-8000-000000000005"
const other = "00000000-0000-7000-8000-000000000006"
const view = "00000000-0000-7000-8000-000000000007"
const seed = [
  `INSERT INTO sessions (id, status, agent_name, project_id, item_type, item_id, message_count, seen_count, metadata, last_activity, created_at)
   SELECT ${uuid("i::text")}, (ARRAY['active','idle','terminated'])[1 + i % 3], 'agent' || i % 4,
     'p' || i % 500, 'clip', 'c' || i % 50, 2 + i % 900, 2 + i % 900 - CASE WHEN i % 1000 = 5 THEN 1 ELSE 0 END,
     jsonb_build_object('name', 'Take ' || md5(i::text), 'tags', jsonb_build_array('tag' || i % 400),
       'imported', jsonb_build_object('format', 'codex', 'identity', 'talk' || i, 'first', 'digest' || i % 300)),
     now() - (i || ' s')::interval, now() - (i || ' s')::interval FROM generate_series(1, 20000) i`,
  `INSERT INTO messages (session_id, message_index, data)
   SELECT ${uuid("(1 + i % 200)::text")}, i / 200, jsonb_build_object('role', 'user', 'content', 'message ' || i, 'timestamp', '2026-01-01T00:00:00Z')
   FROM generate_series(0, 39999) i`,
  `INSERT INTO saved_views (id, page, name, search)
   SELECT ${uuid("i::text")}, (ARRAY['sessions','clips'])[1 + i % 2], 'View ' || i, 'status=idle' FROM generate_series(1, 10000) i`,
]

const reader = createPlanReader(seed)

type Query = (db: PrismaClient) => Promise<unknown>

const page = { limit: 51, preview: true }
const hour = 3600_000
const week = new Date(Date.now() - 168 * hour)

/** Lists that come in an index's order: without a sort, too. */
const ordered: [string, Query][] = [
  ["by activity", (db) => writeSessionPage(db, page)],
  ["the oldest activity first", (db) => writeSessionPage(db, { ...page, order: { by: "activity", ascending: true } })],
  ["by creation", (db) => writeSessionPage(db, { ...page, order: { by: "created" } })],
  [
    "by creation, a page on",
    (db) => writeSessionPage(db, { ...page, order: { by: "created", after: { createdAt: new Date(), id: session } } }),
  ],
  ["by messages", (db) => writeSessionPage(db, { ...page, order: { by: "messages" } })],
  [
    "the fewest messages first, a page on",
    (db) =>
      writeSessionPage(db, {
        ...page,
        order: { by: "messages", ascending: true, after: { messageCount: 400, id: session } },
      }),
  ],
  [
    "by activity, between two places",
    (db) => {
      const [after, until] = [new Date(Date.now() - hour), new Date(Date.now() - 2 * hour)].map((lastActivity) => ({
        lastActivity,
        id: session,
      }))
      return writeSessionPage(db, { ...page, order: { by: "activity", after, until } })
    },
  ],
  ["of an agent", (db) => writeSessionPage(db, { ...page, agentName: "agent2" })],
  ["of some days", (db) => writeSessionPage(db, { ...page, activeFrom: week, activeTo: new Date() })],
  ["unseen", (db) => writeSessionPage(db, { ...page, unseen: true })],
]

const finds: [string, Query][] = [
  [
    "unseen of a status by messages",
    (db) => writeSessionPage(db, { ...page, unseen: true, status: "idle", order: { by: "messages" } }),
  ],
  ["a tag by creation", (db) => writeSessionPage(db, { ...page, tag: "tag7", order: { by: "created" } })],
  [
    "of imports",
    (db) =>
      listImported(db, {
        ids: [session],
        imported: [{ format: "codex", identity: "talk7" }, { first: "digest7" }, { first: "of none" }],
        limit: 20,
      }),
  ],
  ["facets", (db) => listSessionFacets(db)],
  ["mark seen", (db) => markSessionSeen(db, session, 3)],
  ["metadata of many", (db) => listSessionMetadata(db, [session, other])],
  ["tags of many", (db) => updateSessionTags(db, [{ id: session, stamp: "x", tags: ["a"] }])],
  ["names of many", (db) => updateSessionNames(db, [{ id: session, name: "A" }])],
  ["status of many", (db) => updateSessionStatuses(db, [session, other], "active")],
  ["delete many", (db) => removeSessions(db, [other])],
  ["a page's views", (db) => listSavedViews(db, "clips", 100)],
  ["insert a view", (db) => insertSavedView(db, { page: "clips", name: "x", search: "" })],
  ["update a view", (db) => updateSavedView(db, view, { name: "y" })],
  ["delete a view", (db) => removeSavedView(db, view)],
]

describe("the list of sessions and its views", () => {
  it.each([...ordered, ...finds])("reads no whole table: %s", async (_, query) => {
    const plan = await reader.plansOf(query)
    expect(plan.length).toBeGreaterThan(0)
    expect(plan.filter((node) => /Seq Scan (sessions|messages|memory_files|saved_views)/.test(node))).toEqual([])
  })

  it.each(ordered)("comes in an index's order: %s", async (_, query) => {
    expect((await reader.plansOf(query)).filter((node) => /^(Incremental )?Sort/.test(node))).toEqual([])
  })

  it("finds what is unseen by its own index", async () => {
    const plan = await reader.plansOf((db) => writeSessionPage(db, { ...page, unseen: true }))
    expect(plan.join("\n")).toContain("sessions_unseen_idx")
  })

  it("finds what imports say by the index of metadata", async () => {
    const keys = { ids: [], imported: [{ first: "digest7" }], limit: 20 }
    expect(await listImported(reader.db, keys)).toHaveLength(20)
    expect((await reader.plansOf((db) => listImported(db, keys))).join("\n")).toContain(
      "Bitmap Index Scan sessions_metadata_idx",
    )
  })

  it("finds previews by key", async () => {
    const plan = await reader.plansOf((db) => writeSessionPage(db, page))
    expect(plan.filter((node) => node.includes("messages"))).toEqual(["Index Scan messages messages_pkey"])
  })
})
