import { randomUUID } from "node:crypto"
import { Stage } from "@strudel-agent/strudel/result"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

/** Rows that no door of today would store: by hand, or by another version. The caller holds each page to its schema. */
let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const said = { role: "user", content: "hello", timestamp: "2026-01-01T00:00:00Z" }

/** Stores messages as they are; answers their session. */
async function store(...all: object[]): Promise<string> {
  const { id } = await test.caller.session.create({})
  for (const [index, data] of all.entries()) {
    await test.database.db.$executeRaw`
      INSERT INTO messages (session_id, message_index, data, created_at)
      VALUES (${id}::uuid, ${index}, ${JSON.stringify(data)}::jsonb, '2026-02-03T04:05:06.789Z')`
  }
  await test.database.db.$executeRaw`UPDATE sessions SET message_count = ${all.length} WHERE id = ${id}::uuid`
  return id
}

/** What a message shows beside where it stands. */
async function shown(data: object): Promise<object> {
  const sessionId = await store(data)
  const { messages } = await test.caller.message.list({ sessionId })
  const { sessionId: _, messageIndex: __, clientId: ___, ...message } = messages[0] ?? {}
  const rest = await test.caller.restPage.messages({ sessionId })
  const [{ message_index: ____, code_changes: codeChanges, ...told }] = JSON.parse(rest.list)
  expect({ ...told, ...(codeChanges === undefined ? {} : { codeChanges }) }).toEqual(message)
  return message
}

describe("a message that was stored otherwise", () => {
  it.each<[string, object, object]>([
    ["with fields that nobody knows", { ...said, model: "x", nested: { a: [1] } }, said],
    ["with an unknown role", { ...said, role: "tool" }, { ...said, role: "note" }],
    ["with a role that is no text", { ...said, role: { a: 1 } }, { ...said, role: "note" }],
    ["with a role of null", { ...said, role: null }, { ...said, role: "note" }],
    ["with content of null", { ...said, content: null }, { ...said, content: "" }],
    ["with content that is a number", { ...said, content: 5 }, { ...said, content: "5" }],
    ["with content in parts", { ...said, content: [{ type: "text" }] }, { ...said, content: '[{"type": "text"}]' }],
    ["without a moment", { ...said, timestamp: null }, { ...said, timestamp: "2026-02-03T04:05:06.789Z" }],
    ["with a moment that is a number", { ...said, timestamp: 17 }, { ...said, timestamp: "17" }],
    ["with a context that is none", { ...said, context: "clip" }, said],
    ["with a context of null", { ...said, context: null }, said],
    [
      "with odd parts of a context",
      { ...said, context: { item_type: 7, item_id: null, code: 's("bd")', own: [null] } },
      { ...said, context: { item_id: null, code: 's("bd")', own: [null] } },
    ],
    ["with code changes of null", { ...said, code_changes: null }, said],
    ["with code changes that are a text", { ...said, code_changes: "x" }, said],
    [
      "with an odd code change",
      { ...said, code_changes: { before: 1, after: "y", own: 2 } },
      { ...said, codeChanges: { after: "y", own: 2 } },
    ],
    [
      "with odd code changes among others",
      { ...said, code_changes: [1, null, { after: "x" }, { after: { a: 1 } }, "text"] },
      { ...said, codeChanges: [{ after: "x" }, {}] },
    ],
    ["with code changes of which none is one", { ...said, code_changes: [1, "x"] }, { ...said, codeChanges: [] }],
    [
      "with signs that JSON escapes",
      { ...said, content: '"\\\n\u2028\u0001🥁</script>' },
      { ...said, content: '"\\\n\u2028\u0001🥁</script>' },
    ],
  ])("%s", async (_, stored, expected) => {
    expect(await shown(stored)).toEqual(expected)
  })

  it("breaks neither the page that it is on nor what reads code out of it", async () => {
    const odd = { role: 1, content: {}, timestamp: [], context: [], code_changes: [{ after: 3 }, 4] }
    const sessionId = await store(said, odd, { ...said, code_changes: { after: 's("bd")' } })
    const { messages } = await test.caller.message.list({ sessionId })
    expect(messages.map(({ messageIndex, role }) => [messageIndex, role])).toEqual([
      [0, "user"],
      [1, "note"],
      [2, "user"],
    ])
    expect((await test.caller.message.list({ sessionId, changedCode: true })).messages).toHaveLength(2)
    expect(await test.caller.clip.homesOfMessage({ sessionId, messageIndex: 1 })).toEqual({ homes: [], items: [] })
  })

  it("comes on a page that is cut by its bytes as well, counted to the byte", async () => {
    const large = { ...said, content: "x".repeat(900_000), role: "tool", more: 1 }
    const sessionId = await store(...Array.from({ length: 12 }, () => large))
    const first = await test.caller.message.list({ sessionId })
    expect(first.messages.map(({ messageIndex, role }) => [messageIndex, role])).toEqual(
      Array.from({ length: 10 }, (_, place) => [place + 2, "note"]),
    )
    expect(first.hasMore).toBe(true)
    const [next] = first.messages
    const rest = await test.caller.message.list({ sessionId, before: next?.messageIndex })
    expect([rest.messages.length, rest.hasMore]).toEqual([2, false])
  })
})

describe("a session that was stored otherwise", () => {
  it.each<[object, string | null]>([
    [{ name: 5 }, null],
    [{ name: "" }, null],
    [{ name: ["a"], tags: "x" }, null],
    [{ name: "Evening", unknown: { a: null } }, "Evening"],
  ])("%j has the name %s", async (metadata, name) => {
    const id = randomUUID()
    await test.database.db.$executeRaw`
      INSERT INTO sessions (id, agent_name, metadata) VALUES (${id}::uuid, 'older', ${JSON.stringify(metadata)}::jsonb)`
    const { items } = await test.caller.session.list({ agentName: "older" })
    const session = await test.caller.session.byId({ id })
    expect(items.find((item) => item.id === id)).toEqual({
      ...session,
      ...{ preview: null, isAnswering: false, waitingCount: 0 },
    })
    expect(session.name).toBe(name)
  })

  it("shows a preview whatever its last message is", async () => {
    const id = await store({ role: 7, content: [1], timestamp: 1 })
    const { items } = await test.caller.session.list({})
    expect(items.find((item) => item.id === id)?.preview).toEqual({ role: "note", content: "[1]" })
  })
})

describe("a clip that was stored otherwise", () => {
  const listed = async (id: string) => {
    const [{ items: clips }, { items: cards }] = await Promise.all([
      test.caller.clip.list({ projectId: "older" }),
      test.caller.clip.cards({ projectId: "older" }),
    ])
    return { clip: clips.find((clip) => clip.id === id), card: cards.find((card) => card.id === id) }
  }
  const make = async (metadata: object, problem: unknown, picture: unknown) => {
    const id = `clip-${randomUUID()}`
    await test.caller.clip.create({ projectId: "older", id, name: "Older", code: "" })
    await test.database.db.$executeRaw`
      UPDATE clips SET metadata = ${JSON.stringify(metadata)}::jsonb, state = 'fails', problem = ${JSON.stringify(problem)}::jsonb
      WHERE id = ${id}`
    await test.database.db.$executeRaw`
      UPDATE clip_versions SET picture = ${JSON.stringify(picture)}::jsonb WHERE clip_id = ${id}`
    return listed(id)
  }
  const path = { colour: 1, level: 2, thickness: 0.5, d: "M0 1h2" }
  const picture = { width: 100, height: 10, cycles: 4, events: 1, sounds: ["bd"], paths: [path] }

  it.each(Stage.options)("tells why it does not play: %s", async (stage) => {
    const problem = { stage, message: "m", line: 1, column: null }
    expect((await make({}, problem, picture)).clip?.problem).toEqual(problem)
  })

  it.each<[unknown]>([
    ["text"],
    [{ stage: "never", message: "m", line: 1, column: 1 }],
    [{ stage: "run", message: 1, line: 1, column: 1 }],
    [{ stage: "run", message: "m", line: 0, column: 1 }],
    [{ stage: "run", message: "m", line: 1.5, column: 1 }],
    [{ stage: "run", message: "m", line: 1 }],
  ])("without a problem where that is %j", async (problem) => {
    const { clip, card } = await make({}, problem, picture)
    expect([clip?.problem, card?.problem]).toEqual([null, null])
  })

  it.each<[unknown, boolean]>([
    [picture, true],
    [{ ...picture, paths: [] }, true],
    [[], false],
    [{ ...picture, width: "100" }, false],
    [{ ...picture, paths: [{ ...path, d: 1 }] }, false],
    [{ ...picture, paths: [path, { ...path, d: "M0<script>" }] }, false],
    [{ ...picture, paths: "M0 1" }, false],
    [{ ...picture, sounds: [1] }, false],
    [{ width: 1 }, false],
  ])("with the picture %j: %s", async (stored, isShown) => {
    expect((await make({}, null, stored)).card?.picture).toEqual(isShown ? stored : null)
  })

  it.each<[object, object]>([
    [{ bpm: "fast", scale: 1, tags: "x", color: 5, author: {} }, { tags: [] }],
    [{ bpm: -1, tags: ["a", 1], color: "red" }, { tags: [] }],
    [
      { bpm: 120.5, tags: ["a"], color: "#fff", scale: "", author: null },
      { bpm: 120.5, tags: ["a"], color: "#fff", scale: "" },
    ],
  ])("with the facts of %j", async (metadata, facts) => {
    const { clip, card } = await make(metadata, null, null)
    expect([clip?.metadata, card?.facts]).toEqual([metadata, facts])
  })
})
