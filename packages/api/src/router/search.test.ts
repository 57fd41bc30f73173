import { randomUUID } from "node:crypto"
import type { Search } from "@strudel-agent/contract/search"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
const session = "0198a000-0000-7000-8000-0000000000a1"
const ended = "0198a000-0000-7000-8000-0000000000a2"

beforeAll(async () => {
  test = await createTestCaller()
  const { caller } = test
  await caller.project.create({ id: "house", name: "Rooftop House" })
  await caller.project.create({ id: "techno", name: "Warehouse" })
  const clip = (projectId: string, id: string, name: string, code: string, metadata = {}) =>
    caller.clip.create({ projectId, id, name, code, metadata })
  await clip("house", "snare", "Snare", 's("sd*2")', { bpm: 124, tags: ["drums"] })
  await clip("house", "snare-roll", "Snare Roll", '// four\nstack(\n  s("sd!8").every(4, x => x.fast(2)),\n)', {
    bpm: 128,
    tags: ["drums", "fill"],
  })
  await clip("techno", "rumble", "Big Rumble", '// a snare somewhere\ns("sbd*4").lpf(200)', {
    bpm: 140,
    tags: ["acid"],
  })
  await clip("techno", "percent", "50% off", "s('100%_x')", { bpm: "fast", tags: ["Acid Line"] })
  await caller.song.create({
    projectId: "house",
    id: "sunset",
    name: "Sunset",
    body: "Slow, with a **zither** at the end.",
    metadata: { tags: ["acid"] },
  })
  await caller.playlist.create({ projectId: "house", id: "friday", name: "Friday Night", body: "For the rooftop." })
  await caller.session.create({
    id: session,
    name: "Zither lessons",
    projectId: "house",
    itemType: "clip",
    itemId: "snare-roll",
    metadata: { tags: ["strings"] },
  })
  await caller.session.create({ id: ended, agentName: "ada", projectId: "techno", itemType: "clip", itemId: "rumble" })
  const say = (sessionId: string, ...contents: string[]) =>
    caller.message.append({ sessionId, messages: contents.map((content) => ({ role: "user" as const, content })) })
  await say(
    session,
    "Make the snare punchier",
    `${"la ".repeat(400)}and a theremin${" la".repeat(400)}`,
    "The punchier kick",
  )
  await say(ended, "A theremin, a theremin, and <b>nothing</b> else", "kick-drum / off-beat")
  await caller.session.setStatus({ id: ended, status: "terminated" })
})
afterAll(() => test.close())

const search = (q: string, more: Partial<Search> = {}) => test.caller.search.query({ q, ...more })
const ids = async (q: string, more: Partial<Search> = {}) =>
  (await search(q, more)).items.map(({ kind, id }) => `${kind} ${id}`)

describe("names", () => {
  it("come by how well they fit: whole, at the beginning, alike, then words and code", async () => {
    const { items } = await search("snare", { kinds: ["clip"] })
    expect(items.map(({ id }) => id)).toEqual(["snare", "snare-roll", "rumble"])
    expect(items.map(({ rank }) => Math.floor(rank))).toEqual([6, 5, 2])
  })

  it.each([
    ["snre rol", "clip snare-roll"],
    ["sanre roll", "clip snare-roll"],
    ["snra", "clip snare"],
    ["rumbel", "clip rumble"],
    ["sunest", "song sunset"],
    ["firday", "playlist friday"],
    ["bgi", "clip rumble"],
    ["wharehouse", "project techno"],
    ["zihter lesons", `session ${session}`],
  ])("are found mistyped: %s", async (q, expected) => {
    expect(await ids(q)).toContain(expected)
  })

  it("are found by a part, an id, and two letters of their beginning", async () => {
    expect(await ids("oftop", { kinds: ["project"] })).toEqual(["project house"])
    expect((await ids("SNARE-ROLL"))[0]).toBe("clip snare-roll")
    expect((await ids("snare-roll")).slice(0, 2)).toEqual(["clip snare-roll", `session ${session}`])
    expect(await ids("su")).toEqual(["song sunset"])
    expect(await ids("50% off")).toEqual(["clip percent"])
    expect(await ids("0_% o", { kinds: ["clip"] })).toEqual([])
  })

  it("are followed by tags", async () => {
    expect(await ids("acid")).toEqual(["song sunset", "clip rumble"])
    expect(await ids("strings")).toEqual([`session ${session}`])
    expect(await ids("Drums", { kinds: ["clip"] })).toEqual(["clip snare-roll", "clip snare"])
  })
})

describe("code", () => {
  it("is found as it is written, with its line", async () => {
    const { items } = await search("x => x.fast(2)")
    expect(items).toMatchObject([{ kind: "clip", id: "snare-roll", projectId: "house", line: 3 }])
    expect(items[0]?.snippet).toEqual([
      { text: 's("sd!8").every(4, ', hit: false },
      { text: "x => x.fast(2)", hit: true },
      { text: "),", hit: false },
    ])
    expect(await ids('"sd*2"')).toEqual(["clip snare"])
    expect(await ids('sbd*4").lpf')).toEqual(["clip rumble"])
    expect(await ids("100%_x")).toEqual(["clip percent"])
    expect(await ids("0%_x")).toEqual(["clip percent"])
    expect(await ids("0_%x")).toEqual([])
    expect(await ids("***")).toEqual([])
  })
})

describe("messages", () => {
  it("are found by all of their words, of ended sessions too, the better ones first", async () => {
    const { items } = await search("theremin")
    expect(items.map(({ kind, sessionId, messageIndex }) => [kind, sessionId, messageIndex])).toEqual([
      ["message", ended, 0],
      ["message", session, 1],
    ])
    expect(items[0]).toMatchObject({
      title: "clip rumble · techno",
      note: "user · message 0",
      projectId: "techno",
      id: `${ended}/0`,
    })
    expect(await ids("theremin nothing")).toEqual([`message ${ended}/0`])
    expect(await ids("theremin snare", { kinds: ["message"] })).toEqual([])
  })

  it("are found by the beginning of the last word and by what stands between quotation marks", async () => {
    expect(await ids("punchi", { kinds: ["message"] })).toHaveLength(2)
    expect(await ids("punchi kick", { kinds: ["message"] })).toEqual([])
    expect(await ids('"snare punchier"')).toEqual([`message ${session}/0`])
    expect(await ids('"PUNCHIER kick"')).toEqual([`message ${session}/2`])
    expect(await ids('"kick punchier"')).toEqual([])
  })

  it("show the place of the hit, and other people's markup as text", async () => {
    const { items } = await search("theremin")
    const [first, second] = items.map(({ snippet }) => snippet)
    expect(first?.filter(({ hit }) => hit).map(({ text }) => text)).toEqual(["theremin", "theremin"])
    expect(first?.map(({ text }) => text).join("")).toContain("<b>nothing</b>")
    const text = second?.map((part) => part.text).join("") ?? ""
    expect(text.length).toBeLessThan(210)
    expect(text).toMatch(/^….*and a theremin la.*…$/)
  })
})

describe("filters", () => {
  it.each<[string, string[]]>([
    ["tag:drums", ["clip snare-roll", "clip snare"]],
    ["tag:drums tag:fill", ["clip snare-roll"]],
    ['tag:"Acid Line"', ["clip percent"]],
    ["bpm:120..130", ["clip snare-roll", "clip snare"]],
    ["bpm:>=130", ["clip rumble"]],
    ["snare bpm:128", ["clip snare-roll"]],
    ["snare in:techno", ["clip rumble"]],
    ["kind:song", ["song sunset"]],
    ["kind:songs tag:drums", []],
    ["status:terminated", [`session ${ended}`]],
    ["agent:ada", [`session ${ended}`]],
    ["theremin agent:ada", [`message ${ended}/0`]],
    ["theremin status:idle", []],
    ["theremin in:house", [`message ${session}/1`]],
    ["kind:message", []],
    ["", []],
    ["   ", []],
  ])("%s", async (q, expected) => {
    expect(await ids(q)).toEqual(expected)
  })

  it("come beside the text too", async () => {
    expect(await ids("snare", { projectId: "techno" })).toEqual(["clip rumble"])
    expect(await ids("theremin", { projectId: "house", kinds: ["message", "clip"] })).toEqual([`message ${session}/1`])
    expect(await ids("snare kind:song", { kinds: ["clip"] })).toEqual([])
  })
})

describe("values of a filter that is being typed", () => {
  const values = async (filter: "tag" | "in" | "agent", begins: string) =>
    (await test.caller.search.values({ filter, begins })).items.map(({ value, count }) => `${value} ${count}`)

  it("are those that begin so, the most frequent first", async () => {
    expect(await values("tag", "ac")).toEqual(["acid 2", "Acid Line 1"])
    expect(await values("tag", "ÀCÍD l")).toEqual(["Acid Line 1"])
    expect(await values("tag", "")).toEqual(["acid 2", "drums 2", "Acid Line 1", "fill 1", "strings 1"])
    expect(await values("tag", "%")).toEqual([])
    expect(await values("in", "ware")).toEqual(["techno 2"])
    expect(await values("in", "HOU")).toEqual(["house 2"])
    expect(await values("agent", "a")).toEqual(["ada 1"])
  })
})

describe("odd texts", () => {
  it.each([
    "'",
    "\\",
    "a' | 'b",
    "a & !b:*",
    ":*",
    "(",
    '"',
    "%",
    "_",
    "家",
    "é",
    "a\u0300",
    "\t\n",
    "x".repeat(200),
    "' OR 1=1 --",
    "\\m(",
    "[a",
    "a:b:c",
    "!",
    "🥁",
  ])("%j is looked for", async (q) => {
    const { items } = await search(q)
    expect(items.length).toBeLessThan(20)
  })

  it("is refused when it is too long or cannot be stored", async () => {
    expect((await failureOfCall(search("x".repeat(201)))).fields).toEqual({ q: expect.any(String) })
    expect((await failureOfCall(search("a\u0000"))).fields).toEqual({ q: expect.any(String) })
    expect((await failureOfCall(search("a", { cursor: "x" }))).fields).toEqual({ cursor: expect.any(String) })
  })
})

describe("pages", () => {
  it("neither lose nor double a hit, whatever their size, over all kinds", async () => {
    const { caller } = test
    const sessionId = "0198a000-0000-7000-8000-0000000000b1"
    await caller.session.create({ id: sessionId, name: "Marimba" })
    for (let i = 0; i < 13; i++) {
      await caller.clip.create({ projectId: "many", id: `m${i}`, name: i % 2 ? "Marimba" : `Marimba ${i}`, code: "" })
      await caller.song.create({ projectId: "many", id: `m${i}`, name: "Marimba", body: "marimba ".repeat(i % 3) })
    }
    // One moment and one rank for all: their order is that of kind and key alone.
    await test.database.db.$executeRaw`UPDATE songs SET updated_at = now() WHERE project_id = 'many'`
    await test.database.db
      .$executeRaw`UPDATE clips SET updated_at = (SELECT max(updated_at) FROM songs) WHERE project_id = 'many'`
    await caller.message.append({
      sessionId,
      messages: Array.from({ length: 30 }, (_, i) => ({ role: "user" as const, content: `marimba ${i}` })),
    })
    const all = await ids("marimba", { limit: 200 })
    expect(all).toHaveLength(57)
    for (const limit of [1, 7, 30]) {
      const seen: string[] = []
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await search("marimba", { limit, cursor })
        expect(page.items.length).toBeLessThanOrEqual(limit)
        expect(page.counts === null).toBe(cursor !== undefined)
        seen.push(...page.items.map(({ kind, id }) => `${kind} ${id}`))
        cursor = page.nextCursor
      }
      expect(seen).toEqual(all)
    }
    const { counts } = await search("marimba", { limit: 1 })
    expect(counts).toMatchObject({
      clip: { count: 13, more: false },
      song: { count: 13 },
      message: { count: 30 },
      session: { count: 1 },
      project: { count: 0 },
    })
    const few = await search("marimba", { limit: 2, perKind: true })
    expect(few.items.map(({ kind }) => kind).sort()).toEqual([
      "clip",
      "clip",
      "message",
      "message",
      "session",
      "song",
      "song",
    ])
    expect(few.nextCursor).toBeNull()
  })

  it("go on to the last of what only filters find, also where all changed at one moment", async () => {
    await test.caller.project.create({ id: "deep", name: "Deep" })
    await test.database.db.$executeRaw`
      INSERT INTO clips (project_id, id, name, code, metadata, updated_at)
      SELECT 'deep', 'c' || i, 'C', '', '{"tags": ["thousand"]}',
        CASE WHEN i < 600 THEN now() ELSE now() - make_interval(secs => i) END FROM generate_series(1, 1300) i`
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await search("tag:thousand", { limit: 200, cursor })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect([seen.length, new Set(seen).size]).toEqual([1300, 1300])
  })

  it.each([
    ["a word", "celesta", {}],
    ["a phrase", '"celesta played"', {}],
    ["a word of few sessions", "celesta", { projectId: "house" }],
    ["a word of a script without spaces", "鋼琴", {}],
  ])("go on to the oldest message with %s", async (_, q, filter) => {
    const { caller, database } = test
    const sessionId = randomUUID()
    await caller.session.create({ id: sessionId, projectId: "house" })
    // Some at one moment, some long before the others, some that only seem to have the words.
    await database.db.$executeRaw`
      INSERT INTO messages (session_id, message_index, created_at, data)
      SELECT ${sessionId}::uuid, i, CASE WHEN i < 200 THEN now() ELSE now() - make_interval(mins => i) END, jsonb_build_object(
        'role', 'user', 'timestamp', '2026-01-01T00:00:00Z',
        'content', CASE i % 4 WHEN 3 THEN 'xcelesta played, 鋼 琴' ELSE repeat('celesta played 鋼琴 ', 1 + i % 3) END)
      FROM generate_series(0, 1299) i`
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await search(q, { ...filter, limit: 90, cursor, kinds: ["message"] })
      seen.push(...page.items.flatMap((item) => (item.sessionId === sessionId ? [item.id] : [])))
      cursor = page.nextCursor
    }
    expect([seen.length, new Set(seen).size]).toEqual([975, 975])
    await caller.session.delete({ id: sessionId })
  })
})
