import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const newSession = async () => (await test.caller.session.create({})).id

describe("messages that changed code", () => {
  const changes = [
    undefined,
    { item_id: "a", after: "x" },
    [],
    {},
    [{ item_id: "b", before: "x", after: "y" }],
    undefined,
    { after: "z" },
    undefined,
  ]
  async function tell() {
    const sessionId = await newSession()
    const messages = changes.map((codeChanges, i) => ({ role: "assistant" as const, content: `m${i}`, codeChanges }))
    await test.caller.message.append({ sessionId, messages })
    return sessionId
  }
  const pageOf = async (sessionId: string, input: { before?: number; after?: number; limit?: number }) => {
    const page = await test.caller.message.list({ sessionId, changedCode: true, ...input })
    return [page.messages.map(({ messageIndex }) => messageIndex), page.hasMore]
  }

  it("are listed in both directions, and say whether there are more of them", async () => {
    const sessionId = await tell()
    expect(await pageOf(sessionId, {})).toEqual([[1, 4, 6], false])
    expect(await pageOf(sessionId, { limit: 2 })).toEqual([[4, 6], true])
    expect(await pageOf(sessionId, { limit: 2, before: 4 })).toEqual([[1], false])
    expect(await pageOf(sessionId, { limit: 1, after: 1 })).toEqual([[4], true])
    expect(await pageOf(sessionId, { limit: 1, after: 4 })).toEqual([[6], false])
    expect(await pageOf(sessionId, { limit: 1, after: 1, before: 6 })).toEqual([[4], false])
    expect(await pageOf(sessionId, { before: 1 })).toEqual([[], false])
  })

  it("are paged as an infinite query does it", async () => {
    const sessionId = await tell()
    const input = { sessionId, changedCode: true, limit: 1 } as const
    const older = await test.caller.message.list({ ...input, cursor: 6, direction: "forward" })
    expect(older.messages[0]?.messageIndex).toBe(4)
    const newer = await test.caller.message.list({ ...input, cursor: 1, direction: "backward" })
    expect(newer.messages[0]?.messageIndex).toBe(4)
  })
})

describe("findByDate", () => {
  const minute = (i: number) => new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString()
  const find = async (sessionId: string, at: string) =>
    (await test.caller.message.findByDate({ sessionId, at })).messageIndex

  it("finds the first message of a moment or later", async () => {
    const sessionId = await newSession()
    // Three messages a minute, in every second minute.
    const messages = Array.from({ length: 300 }, (_, i) => ({
      role: "user" as const,
      content: "x",
      timestamp: minute(Math.floor(i / 3) * 2),
    }))
    await test.caller.message.append({ sessionId, messages })
    expect(await find(sessionId, minute(-5))).toBe(0)
    expect(await find(sessionId, minute(0))).toBe(0)
    for (const i of [1, 2, 3, 50, 101, 197, 198]) expect(await find(sessionId, minute(i))).toBe(Math.ceil(i / 2) * 3)
    expect(await find(sessionId, minute(199))).toBeNull()
    expect(await find(sessionId, "2026-01-01T02:00:00+01:00")).toBe(90)
  })

  it("passes over times that cannot be read, wherever they stand", async () => {
    const readable = (i: number) => i % 7 === 3
    const sessionId = await newSession()
    const messages = Array.from({ length: 70 }, (_, i) => ({
      role: "user" as const,
      content: "x",
      timestamp: minute(i),
    }))
    await test.caller.message.append({ sessionId, messages })
    await test.database.db.$executeRaw`
      UPDATE messages SET data = jsonb_set(data, '{timestamp}', '"some time ago"')
      WHERE session_id = ${sessionId}::uuid AND message_index % 7 IN (0, 1, 6)`
    for (let i = 0; i < 66; i++) {
      const found = await find(sessionId, minute(i))
      expect(found).toBeGreaterThanOrEqual(i)
      expect(found).toBeLessThanOrEqual(i + 3)
      if (readable(i)) expect(found).toBe(i)
    }
  })

  it("finds nothing in a session without messages, and refuses what is no session and no date", async () => {
    expect(await find(await newSession(), minute(0))).toBeNull()
    const call = (sessionId: string, at: string) => failureOfCall(test.caller.message.findByDate({ sessionId, at }))
    expect((await call(randomUUID(), minute(0))).reason).toBe("SESSION_NOT_FOUND")
    expect((await call(await newSession(), "yesterday")).fields).toHaveProperty("at")
  })
})
