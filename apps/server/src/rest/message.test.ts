import { randomUUID } from "node:crypto"
import { limits } from "@strudel-agent/contract/limits"
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { z } from "zod"
import { openRest, type Rest } from "./testing/open-rest.ts"

let rest: Rest
let session: string
let path: string
beforeAll(async () => {
  rest = await openRest()
})
beforeEach(async () => {
  session = randomUUID()
  path = `/messages/${session}`
  await rest.post("/sessions", { session_id: session })
})
afterAll(() => rest.close())

const Page = z.object({
  messages: z.array(z.object({ message_index: z.number(), content: z.string() })),
  has_more: z.boolean(),
})

const texts = (count: number) => Array.from({ length: count }, (_, i) => ({ role: "user", content: `message ${i}` }))
const append = (messages: unknown) => rest.post(path, { messages })

async function indexes(query: string): Promise<{ indexes: number[]; more: boolean }> {
  const { messages, has_more } = (await rest.get(`${path}?${query}`)).read(Page)
  return { indexes: messages.map(({ message_index }) => message_index), more: has_more }
}

describe("POST /messages/{session_id}", () => {
  test("gives indexes without gaps", async () => {
    expect(await append(texts(3))).toMatchObject({
      status: 201,
      body: { first_index: 0, last_index: 2, message_count: 3 },
    })
    expect((await append(texts(1))).body).toEqual({ first_index: 3, last_index: 3, message_count: 4 })
    expect((await rest.get(`${path}/count`)).body).toEqual({ message_count: 4 })
    expect((await rest.get(`/sessions/${session}`)).body).toMatchObject({ message_count: 4 })
  })

  test("takes messages of a talk that was held before at their times, and at their place", async () => {
    const timestamp = "2025-10-03T20:00:00.000Z"
    const held = await rest.post("/sessions", { created_at: timestamp, session_id: randomUUID() })
    const { session_id } = held.read(z.object({ session_id: z.string() }))
    const send = (first_index: number) =>
      rest.post(`/messages/${session_id}`, {
        messages: [{ role: "user", content: "hi", timestamp }, ...texts(1)],
        history: { first_index, said_at: null },
      })
    expect((await send(0)).status).toBe(201)
    expect((await rest.get(`/sessions/${session_id}`)).body).toMatchObject({ last_activity: timestamp, status: "idle" })
    expect((await rest.get(`/messages/${session_id}`)).body).toMatchObject({ messages: [{ timestamp }, { timestamp }] })
    expect(await send(0)).toMatchObject({ status: 409, body: { error: { reason: "SESSION_CHANGED" } } })
  })

  test("keeps what was sent, tells its moment in UTC, and answers with no more fields than were", async () => {
    const client_id = randomUUID()
    const full = {
      role: "assistant",
      content: "Line one\n🥁 “two”\u2028",
      timestamp: "2026-01-02T03:04:05.678+02:00",
      context: { item_type: "clip", item_id: "kick", project_id: "house", code: 's("bd*4")', mood: { dark: true } },
      code_changes: { item_id: "kick", before: 's("bd")', after: 's("bd*4")' },
    }
    const several = { role: "note", content: "", code_changes: [{ after: "a" }, { after: "b" }] }
    const bare = { role: "user", content: "hi", timestamp: null, context: null, code_changes: null, client_id: null }
    await append([{ ...full, client_id: client_id.toUpperCase() }, several, bare])
    expect((await rest.get(path)).body).toEqual({
      messages: [
        { ...full, timestamp: "2026-01-02T01:04:05.678Z", message_index: 0, client_id },
        { ...several, message_index: 1, timestamp: expect.stringMatching(/Z$/) },
        { role: "user", content: "hi", message_index: 2, timestamp: expect.stringMatching(/Z$/) },
      ],
      has_more: false,
    })
  })

  test("stores a message with a client id once", async () => {
    const message = { role: "user", content: "once", client_id: randomUUID() }
    const first = await append([message])
    const again = await append([message, { role: "user", content: "twice" }])
    expect(first.body).toEqual({ first_index: 0, last_index: 0, message_count: 1 })
    expect(again).toMatchObject({ status: 201, body: { first_index: 0, last_index: 1, message_count: 2 } })
  })

  test("refuses other content under a stored client id, by the name of the field", async () => {
    const client_id = randomUUID()
    await append([{ role: "user", content: "first", client_id }])
    const other = await append([
      { role: "user", content: "fine" },
      { role: "user", content: "other", client_id },
    ])
    expect(other.status).toBe(409)
    expect(other.body).toEqual({
      error: {
        reason: "MESSAGE_MISMATCH",
        message: "Other content is stored under this client id.",
        fields: { "messages.1.client_id": "is stored with other content" },
      },
    })
    expect((await rest.get(`${path}/count`)).body).toEqual({ message_count: 1 })
  })

  test("refuses one client id on two messages", async () => {
    const client_id = randomUUID()
    const { status, body } = await append([
      { role: "user", content: "a", client_id },
      { role: "user", content: "b", client_id: client_id.toUpperCase() },
    ])
    const problem = "is that of message 0 too"
    expect(status).toBe(400)
    expect(body).toEqual({
      error: {
        reason: "BAD_INPUT",
        message: `messages.1.client_id: ${problem}`,
        fields: { "messages.1.client_id": problem },
      },
    })
  })

  test("refuses more of a context and of code changes than is kept, by the name that the caller gave it", async () => {
    const large = "x".repeat(limits.messageExtraBytes)
    for (const field of ["context", "code_changes"]) {
      const { status, body } = await append([
        { role: "user", content: "a" },
        { role: "user", content: "b", [field]: { large } },
      ])
      expect(status).toBe(400)
      expect(body).toMatchObject({
        error: {
          reason: "BAD_INPUT",
          fields: { [`messages.1.${field}`]: expect.stringMatching(/^at most [\d,]+ bytes of JSON, not [\d,]+$/) },
        },
      })
    }
  })

  test("is refused by a terminated session until it is active again", async () => {
    await rest.patch(`/sessions/${session}`, { status: "terminated" })
    expect(await append(texts(1))).toMatchObject({ status: 409, body: { error: { reason: "SESSION_TERMINATED" } } })
    await rest.patch(`/sessions/${session}`, { status: "active" })
    expect(await append(texts(1))).toMatchObject({ status: 201 })
  })

  test("takes content of exactly the limit, and no more", async () => {
    const content = "ü".repeat(limits.contentBytes / 2)
    expect((await append([{ role: "user", content }])).status).toBe(201)
    expect((await rest.get(path)).read(Page).messages[0]?.content).toBe(content)
    const { status, body } = await append([
      { role: "user", content: "x" },
      { role: "user", content: `${content}x` },
    ])
    const problem = "at most 1,048,576 bytes, not 1,048,577 bytes"
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { reason: "BAD_INPUT", fields: { "messages.1.content": problem } } })
  })

  test.each([
    [{}, "messages", /missing/],
    [{ messages: {} }, "messages", /array/],
    [{ messages: [] }, "messages", /at least 1 message/],
    [{ messages: texts(501) }, "messages", /at most 500 messages/],
    [{ messages: [{ content: "x" }] }, "messages.0.role", /./],
    [{ messages: [{ role: "robot", content: "x" }] }, "messages.0.role", /./],
    [{ messages: [{ role: "user" }] }, "messages.0.content", /missing/],
    [{ messages: [{ role: "user", content: 1 }] }, "messages.0.content", /string/],
    [{ messages: [{ role: "user", content: "a\u0000" }] }, "messages.0.content", /NUL/],
    [{ messages: [{ role: "user", content: "\ud800" }] }, "messages.0.content", /surrogate/],
    [{ messages: [...texts(1), { role: "user", content: "x", timestamp: "noon" }] }, "messages.1.timestamp", /ISO/],
    [{ messages: [{ role: "user", content: "x", context: [] }] }, "messages.0.context", /./],
    [{ messages: [{ role: "user", content: "x", context: { mood: "\u0000" } }] }, "messages.0.context", /NUL/],
    [{ messages: [{ role: "user", content: "x", code_changes: { a: "\u0000" } }] }, "messages.0.code_changes", /NUL/],
    [{ messages: [{ role: "user", content: "x", client_id: "1" }] }, "messages.0.client_id", /UUID/],
  ])("refuses body %# by the name of the field", async (body, field, words) => {
    const answer = await rest.post(path, body)
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({
      error: {
        reason: "BAD_INPUT",
        message: expect.stringContaining(`${field}: `),
        fields: { [field]: expect.stringMatching(words) },
      },
    })
    expect((await rest.get(`${path}/count`)).body).toEqual({ message_count: 0 })
  })
})

describe("GET /messages/{session_id}", () => {
  test("reads the newest fifty unless told", async () => {
    await append(texts(60))
    const page = await indexes("")
    expect(page).toEqual({ indexes: Array.from({ length: 50 }, (_, i) => i + 10), more: true })
  })

  test("reads on in both directions", async () => {
    await append(texts(10))
    expect(await indexes("page_size=3")).toEqual({ indexes: [7, 8, 9], more: true })
    expect(await indexes("page_size=3&before_index=7")).toEqual({ indexes: [4, 5, 6], more: true })
    expect(await indexes("page_size=3&before_index=2")).toEqual({ indexes: [0, 1], more: false })
    expect(await indexes("before_index=0")).toEqual({ indexes: [], more: false })
    expect(await indexes("page_size=3&after_index=2")).toEqual({ indexes: [3, 4, 5], more: true })
    expect(await indexes("page_size=3&after_index=6")).toEqual({ indexes: [7, 8, 9], more: false })
    expect(await indexes("after_index=2&before_index=5")).toEqual({ indexes: [3, 4], more: false })
    expect(await indexes("before_index=2147483647&page_size=1")).toEqual({ indexes: [9], more: true })
    expect(await indexes("page_size=200&colour=red")).toMatchObject({ more: false })
  })

  test("hands out every message once, from either end", async () => {
    await append(texts(17))
    const backwards: number[][] = []
    for (let query = "page_size=5", more = true; more; query = `page_size=5&before_index=${backwards[0]?.[0]}`) {
      const page = await indexes(query)
      backwards.unshift(page.indexes)
      more = page.more
    }
    const forwards: number[] = []
    for (let last = 0, more = true; more; last = forwards.at(-1) ?? 0) {
      const page = await indexes(`page_size=5${forwards.length > 0 ? `&after_index=${last}` : "&before_index=5"}`)
      forwards.push(...page.indexes)
      more = page.more || forwards.length === 5
    }
    const all = Array.from({ length: 17 }, (_, i) => i)
    expect(backwards.flat()).toEqual(all)
    expect(forwards).toEqual(all)
  })

  test.each([
    ["page_size=abc", "page_size", /from 1 to 200/],
    ["page_size=", "page_size", /from 1 to 200/],
    ["page_size=1e3", "page_size", /from 1 to 200/],
    ["page_size=-1", "page_size", /at least 1/],
    ["page_size=0", "page_size", /at least 1/],
    ["page_size=100000000", "page_size", /at most 200/],
    ["page_size=5&page_size=6", "page_size", /from 1 to 200/],
    ["before_index=x", "before_index", /from 0 to 2147483647/],
    ["before_index=-1", "before_index", /at least 0/],
    ["before_index=2147483648", "before_index", /at most 2,147,483,647/],
    ["after_index=1.5", "after_index", /from 0 to 2147483647/],
    ["after_index=1&after_index=2", "after_index", /from 0 to 2147483647/],
  ])("refuses %s by the name of the field", async (query, field, words) => {
    const { status, body } = await rest.get(`${path}?${query}`)
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { reason: "BAD_INPUT", fields: { [field]: expect.stringMatching(words) } } })
  })
})

test("a session that is not there has no messages", async () => {
  const nowhere = `/messages/${randomUUID()}`
  const answers = [
    await rest.get(nowhere),
    await rest.get(`${nowhere}/count`),
    await rest.post(nowhere, { messages: texts(1) }),
  ]
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 404, body: { error: { reason: "SESSION_NOT_FOUND" } } })
  }
  for (const broken of ["/messages/1", "/messages/1/count"]) {
    expect(await rest.get(broken)).toMatchObject({
      status: 400,
      body: { error: { fields: { session_id: "must be a UUID" } } },
    })
  }
})
