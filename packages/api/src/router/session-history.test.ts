import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { createCaller } from "../root.ts"
import { failureOfCall } from "../testing/failure.ts"
import { follow, until } from "../testing/live-follower.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())
beforeEach(() => test.database.db.session.deleteMany())

const watcher = (signal: AbortSignal) => createCaller(test.context, { signal })

const october = "2025-10-03T20:00:00.000Z"
const later = "2025-10-03T20:05:00.000Z"
const said = (content: string, timestamp?: string) => ({
  role: "user" as const,
  content,
  timestamp,
  clientId: randomUUID(),
})
const begin = () => test.caller.session.create({ name: "Of October", createdAt: october })
const byId = (id: string) => test.caller.session.byId({ id })
const names = async (filter: Parameters<typeof test.caller.session.list>[0]) =>
  (await test.caller.session.list(filter)).items.map(({ name }) => name)

describe("a talk that was held before", () => {
  it("begins and was last active when it says, idle and with nothing unseen", async () => {
    const { id, status, createdAt, lastActivity } = await begin()
    expect({ status, createdAt, lastActivity }).toEqual({ status: "idle", createdAt: october, lastActivity: october })
    const messages = [said("a", october), said("b"), said("c", later)]
    await test.caller.message.append({ sessionId: id, messages, history: { firstIndex: 0 } })
    expect(await byId(id)).toMatchObject({
      status: "idle",
      createdAt: october,
      lastActivity: later,
      messageCount: 3,
      seenCount: 3,
    })
    const { messages: stored } = await test.caller.message.list({ sessionId: id })
    expect(stored.map(({ timestamp }) => timestamp)).toEqual([october, october, later])
  })

  it("stands behind what is new in lists and search", async () => {
    const live = await test.caller.session.create({ name: "Live" })
    await test.caller.message.append({ sessionId: live.id, messages: [said("a wobbling bass")] })
    const { id } = await begin()
    await test.caller.message.append({ sessionId: id, messages: [said("a wobbling bass", october)], history: {} })
    for (const sort of ["activity", "created"] as const) expect(await names({ sort })).toEqual(["Live", "Of October"])
    expect(await names({ activeTo: "2025-10-31" })).toEqual(["Of October"])
    expect(await names({ activeFrom: "2025-11-01" })).toEqual(["Live"])
    expect(await names({ status: "active" })).toEqual(["Live"])
    expect(await names({ unseen: true })).toEqual(["Live"])
    const found = await test.caller.search.query({ q: "wobbling", kinds: ["message"] })
    expect(found.items.map(({ sessionId }) => sessionId)).toEqual([live.id, id])
  })

  it("moves a live session neither back nor to now, and leaves what nobody saw unseen", async () => {
    const { id } = await test.caller.session.create({})
    await test.caller.message.append({ sessionId: id, messages: [said("now")] })
    const before = await byId(id)
    await test.caller.message.append({ sessionId: id, messages: [said("old", october)], history: {} })
    expect(await byId(id)).toEqual({ ...before, messageCount: 2 })
  })

  it("is heard of by open pages", async () => {
    const reader = follow((signal) => watcher(signal).live.watch({ sessions: [], library: true }))
    await until(() => reader.events.length > 0)
    const { id } = await begin()
    await until(() => reader.changes().some((change) => change.id === id))
    const follower = follow((signal) =>
      watcher(signal).live.watch({ sessions: [{ sessionId: id, after: -1 }], library: false }),
    )
    await test.caller.message.append({ sessionId: id, messages: [said("a", october)], history: {} })
    await until(() => follower.indexes().length === 1)
    await reader.leave()
    await follower.leave()
  })

  it("takes moments that lie at the ends of time as the ends of what can be", async () => {
    const { id } = await begin()
    const begun = Date.now()
    const messages = [said("before", "0000-01-01T00:00:00Z"), said("to come", "9999-12-31T23:59:59Z")]
    await test.caller.message.append({ sessionId: id, messages, history: {} })
    const { lastActivity } = await byId(id)
    expect(Date.parse(lastActivity)).toBeGreaterThanOrEqual(begun)
    expect(Date.parse(lastActivity)).toBeLessThanOrEqual(Date.now())
    const rows = await test.database.db.message.findMany({ where: { sessionId: id }, orderBy: { messageIndex: "asc" } })
    expect(rows[0]?.createdAt).toEqual(new Date(0))
    const { messages: stored } = await test.caller.message.list({ sessionId: id })
    expect(stored.map(({ timestamp }) => timestamp)).toEqual(messages.map(({ timestamp }) => timestamp))
  })

  it.each(["2999-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "yesterday", "2025-10-03"])(
    "does not begin at %s",
    async (createdAt) => {
      const failure = await failureOfCall(test.caller.session.create({ createdAt }))
      expect(failure).toMatchObject({ reason: "BAD_INPUT", fields: { createdAt: expect.any(String) } })
    },
  )
})

describe("messages that have their place", () => {
  const append = (sessionId: string, firstIndex: number, messages: ReturnType<typeof said>[]) =>
    test.caller.message.append({ sessionId, messages, history: { saidAt: october, firstIndex } })

  it("are stored there alone, and once", async () => {
    const { id } = await begin()
    const messages = [said("a"), said("b"), said("c")]
    expect(await append(id, 0, messages.slice(0, 2))).toMatchObject({ indexes: [0, 1], messageCount: 2 })
    expect(await append(id, 0, messages)).toMatchObject({ indexes: [0, 1, 2], messageCount: 3 })
    expect(await append(id, 0, messages)).toMatchObject({ indexes: [0, 1, 2], messageCount: 3 })
    expect((await byId(id)).messageCount).toBe(3)
  })

  it("are refused where somebody else wrote meanwhile, and nothing is stored", async () => {
    const { id } = await begin()
    const messages = [said("a"), said("b")]
    await append(id, 0, messages.slice(0, 1))
    await test.caller.message.append({ sessionId: id, messages: [said("from the page")] })
    for (const call of [() => append(id, 1, messages.slice(1)), () => append(id, 0, messages)]) {
      expect(await failureOfCall(call())).toMatchObject({ reason: "SESSION_CHANGED" })
    }
    expect((await byId(id)).messageCount).toBe(2)
  })

  it("end up once and in order however many send them at once", async () => {
    const { id } = await begin()
    const messages = Array.from({ length: 60 }, (_, i) => said(`m${i}`))
    const send = async (size: number) => {
      for (let i = 0; i < messages.length; i += size) await append(id, i, messages.slice(i, i + size))
    }
    await Promise.all([send(7), send(10), send(60)])
    const { messages: stored } = await test.caller.message.list({ sessionId: id, limit: 200 })
    expect(stored.map(({ content }) => content)).toEqual(messages.map(({ content }) => content))
  })
})

describe("findImported", () => {
  const imported = (name: string, words: object) => test.caller.session.create({ name, metadata: { imported: words } })
  const found = async (input: Parameters<typeof test.caller.session.findImported>[0]) =>
    (await test.caller.session.findImported(input)).items.map(({ name }) => name)

  it("finds sessions by what an import says of them and by their ids, each once", async () => {
    const one = await imported("one", { format: "codex", identity: "x", head: "h" })
    await imported("two", { format: "codex", identity: "y", head: "h" })
    await imported("three", { format: "codex", identity: "z", head: "i" })
    expect(await found({ imported: [{ head: "h" }, { format: "codex", identity: "x" }] })).toEqual(["one", "two"])
    expect(await found({ ids: [one.id, randomUUID()] })).toEqual(["one"])
    expect(await found({ imported: [{ format: "gemini-cli", identity: "x" }] })).toEqual([])
    expect(await found({})).toEqual([])
  })

  it("does not find what was forked of it", async () => {
    const { id } = await imported("one", { head: "h" })
    await test.caller.message.append({ sessionId: id, messages: [said("a")] })
    await test.caller.session.fork({ id, messageIndex: 0 })
    expect(await found({ imported: [{ head: "h" }] })).toEqual(["one"])
  })
})
