import { describe, expect, it } from "vitest"
import type { Db } from "../client.ts"
import type { TextKind } from "../item-kinds.ts"
import { createPlanReader } from "../testing/query-plans.ts"
import { findLexemes, type SearchAsked } from "./search/asked.ts"
import { searchMessages } from "./search/message.ts"
import {
  listFoundClips,
  listFoundMessages,
  listFoundProjects,
  listFoundSessions,
  listFoundTexts,
} from "./search/shown.ts"
import {
  type SearchFilter,
  type SearchQuery,
  searchClips,
  searchProjects,
  searchSessions,
  searchTexts,
} from "./search.ts"

/** Every message has "kick", and every clip "note(": the words of which PostgreSQL would rather read a whole table. */
const seed = [
  `INSERT INTO projects (id, name, updated_at) SELECT 'p' || i, 'Project ' || md5(i::text), now() - (i || ' s')::interval FROM generate_series(0, 20000) i`,
  `INSERT INTO sessions (id, status, agent_name, project_id, item_type, item_id, metadata, last_activity)
   SELECT ('00000000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, (ARRAY['active','idle','terminated'])[1 + i % 3],
     'agent' || i % 100, 'p' || i % 200, 'clip', 'c' || i, jsonb_build_object('name', 'Take ' || md5(i::text), 'tags', jsonb_build_array('tag' || i % 100)),
     now() - (i || ' s')::interval FROM generate_series(1, 5000) i`,
  `INSERT INTO messages (session_id, message_index, data, created_at)
   SELECT ('00000000-0000-7000-8000-' || lpad((1 + i % 5000)::text, 12, '0'))::uuid, i / 5000,
     jsonb_build_object('role', 'user', 'content', CASE WHEN i > 39990 THEN 'kick the make ' ELSE 'make the kick ' END || md5(i::text) || repeat(' deeper', i % 20) || CASE WHEN i % 60 = 7 THEN ' rattle' ELSE '' END, 'timestamp', '2026-01-01T00:00:00Z'),
     now() - (i || ' s')::interval FROM generate_series(0, 39999) i`,
  `INSERT INTO clips (project_id, id, name, code, metadata, updated_at)
   SELECT 'p' || i % 200, 'c' || i, 'Clip ' || md5(i::text), 'note("c2").s("' || md5((i * 7)::text) || '")',
     jsonb_build_object('bpm', 60 + i % 180, 'tags', jsonb_build_array('tag' || i % 400)), now() - (i || ' s')::interval FROM generate_series(1, 10000) i`,
  ...["songs", "playlists"].map(
    (table) => `INSERT INTO ${table} (project_id, id, name, body, metadata, updated_at)
      SELECT 'p' || i % 200, 'x' || i, 'Piece ' || md5(i::text), 'A body with ' || md5((i * 3)::text), jsonb_build_object('tags', jsonb_build_array('tag' || i % 400)),
        now() - (i || ' s')::interval FROM generate_series(1, 5000) i`,
  ),
]

const reader = createPlanReader(seed)

const none: SearchFilter = { projectIds: [], tags: [], agents: [], statuses: [], states: [] }
const asking = (text: string, filter: Partial<SearchFilter> = {}): SearchQuery => ({
  asked: text
    ? { name: text, code: text, words: text.split(" "), phrases: [], lexemes: null }
    : { words: [], phrases: [], lexemes: null },
  filter: { ...none, ...filter },
  window: { limit: 51 },
})

/** Searches a kind as the router does, and reads what it shows of the rows. */
const searching =
  <Row>(
    search: (db: Db, query: SearchQuery) => Promise<Row[]>,
    show: (db: Db, rows: Row[], asked: SearchAsked) => Promise<unknown>,
  ) =>
  async (db: Db, query: SearchQuery) => {
    const asked = { ...query.asked, lexemes: await findLexemes(db, query.asked) }
    const rows = await search(db, { ...query, asked })
    await show(db, rows, asked)
    return rows
  }

const ofTexts = (kind: TextKind) =>
  searching(
    (db, query) => searchTexts(db, kind, query),
    (db, rows, asked) => listFoundTexts(db, kind, rows, asked),
  )

const messages = searching(searchMessages, listFoundMessages)
const kinds = {
  searchClips: searching(searchClips, listFoundClips),
  searchSongs: ofTexts("song"),
  searchPlaylists: ofTexts("playlist"),
  searchProjects: searching(searchProjects, listFoundProjects),
  searchSessions: searching(searchSessions, listFoundSessions),
  searchMessages: messages,
}
const texts: [string, SearchQuery][] = [
  ["a word of few rows", asking("c4ca4238a0b923820dcc509a6f75849b")],
  ["a word of all rows", asking("kick")],
  ["two letters", asking("ki")],
  ["two characters", asking("音楽")],
  ["one character", asking("音")],
  ["a picture", asking("🥁")],
  ["the beginning of all names", asking("piece")],
  ["code of all rows", asking('note("c2")')],
  ["a word with a typo", asking("projcet")],
  [
    "a phrase",
    { ...asking("make kick"), asked: { name: "the kick", words: [], phrases: ["the kick"], lexemes: null } },
  ],
  ["a word in a project", asking("kick", { projectId: "p5" })],
  ["a word in two projects", asking("kick", { projectIds: ["p5", "p6"] })],
  ["a word with a tag", asking("kick", { tags: ["tag7"] })],
  ["a word of an agent", asking("kick", { agents: ["agent7"], statuses: ["idle"] })],
  ["a word of clips that do not play", asking("kick", { states: ["fails"] })],
  ["a page on", { ...asking("kick"), window: { limit: 51, after: { rank: 2.1, at: new Date(), key: "x" } } }],
]
const cases = texts.flatMap(([name, query]) =>
  Object.entries(kinds).map(([kind, search]) => ({ name, query, kind, search })),
)

const scans = (plan: string[]) =>
  plan.filter((node) => /Seq Scan (sessions|messages|clips|songs|playlists|projects)/.test(node))

describe("no search reads a whole table", () => {
  it.each(cases)("$kind: $name", async ({ query, search }) => {
    const plan = await reader.plansOf((db) => search(db, query))
    expect(plan.length).toBeGreaterThan(0)
    expect(scans(plan)).toEqual([])
  })

  it.each([
    ["clips with a tag", () => searchClips(reader.db, asking("", { tags: ["tag7"] }))],
    [
      "clips with a tag, a page on",
      () => {
        const after = { rank: 0.5, at: new Date(Date.now() - 5_000_000), key: "p5/c5" }
        return searchClips(reader.db, { ...asking("", { tags: ["tag7"] }), window: { limit: 51, after } })
      },
    ],
    ["clips of a tempo", () => searchClips(reader.db, asking("", { bpmMin: 120, bpmMax: 120.5 }))],
    ["songs with a tag", () => searchTexts(reader.db, "song", asking("", { tags: ["tag7"] }))],
    ["playlists with a tag", () => searchTexts(reader.db, "playlist", asking("", { tags: ["tag7"] }))],
    ["clips of a project", () => searchClips(reader.db, asking("", { projectIds: ["p5"] }))],
    ["the newest clips", () => searchClips(reader.db, asking(""))],
    ["sessions of an agent", () => searchSessions(reader.db, asking("", { agents: ["agent7"] }))],
  ])("%s", async (_, search) => {
    expect(scans(await reader.plansOf(search))).toEqual([])
  })
})

describe("messages", () => {
  const byWords = "Bitmap Index Scan messages_content_fts_idx"
  const byTime = "Bitmap Index Scan messages_created_at_idx"
  const scansOf = async (text: string) => {
    const plan = await reader.plansOf((db) => messages(db, asking(text)))
    return plan.filter((node) => node === byWords || node === byTime)
  }

  it("with a common word are found among the newest, and its list in the index is not read", async () => {
    expect(await scansOf("kick")).toEqual([])
    const rows = await messages(reader.db, asking("kick"))
    expect([rows.length, rows[0]?.found]).toEqual([51, 51])
  })

  it("with a word of some are found by the indexes of words and of time together", async () => {
    expect((await scansOf("rattle")).toSorted()).toEqual([byWords, byTime])
    const rows = await messages(reader.db, asking("rattle"))
    expect([rows.length, rows[0]?.found]).toEqual([51, 51])
  })

  it("with a rare word are looked for among all when the newest have too few", async () => {
    expect((await scansOf("c4ca4238a0b923820dcc509a6f75849b")).toSorted()).toEqual([byWords, byWords, byTime])
  })

  it("with a phrase are found though all have its words, also the oldest", async () => {
    const asked = { name: "kick the make", words: [], phrases: ["kick the make"], lexemes: null }
    const rows = await messages(reader.db, { ...asking(""), asked })
    expect([rows.length, rows[0]?.found]).toEqual([9, 9])
  })

  it("that came since PostgreSQL last looked at the table are not read one by one", async () => {
    await reader.db.$executeRaw`
      INSERT INTO messages (session_id, message_index, data, created_at)
      SELECT ('00000000-0000-7000-8000-' || lpad((1 + i % 5000)::text, 12, '0'))::uuid, 100 + i / 5000,
        jsonb_build_object('role', 'user', 'content', 'a kick ' || md5(i::text) || CASE WHEN i % 40 = 7 THEN ' clatter' ELSE '' END,
          'timestamp', '2026-01-01T00:00:00Z'), now() + (i || ' ms')::interval FROM generate_series(1, 15000) i`
    const scans = await scansOf("clatter")
    const rows = await messages(reader.db, asking("clatter"))
    await reader.db.$executeRaw`DELETE FROM messages WHERE message_index >= 100`
    expect(scans.toSorted()).toEqual([byWords, byTime])
    expect([rows.length, rows[0]?.found]).toEqual([51, 51])
  })
})
