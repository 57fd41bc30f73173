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
const say = (content: string, clientId?: string) => ({ role: "user" as const, content, clientId })
const stored = async (sessionId: string) => {
  const { messages } = await test.caller.message.list({ sessionId, limit: 200 })
  return messages.map(({ messageIndex, content }) => [messageIndex, content])
}

describe("append", () => {
  it("counts from 0 without holes and answers where the messages are", async () => {
    const sessionId = await newSession()
    expect(await test.caller.message.append({ sessionId, messages: [say("a"), say("b")] })).toEqual({
      indexes: [0, 1],
      firstIndex: 0,
      lastIndex: 1,
      messageCount: 2,
    })
    expect((await test.caller.message.append({ sessionId, messages: [say("c")] })).firstIndex).toBe(2)
    expect(await stored(sessionId)).toEqual([
      [0, "a"],
      [1, "b"],
      [2, "c"],
    ])
    expect(await test.caller.message.count({ sessionId })).toEqual({ messageCount: 3 })
  })

  it("keeps context and code changes as they were sent", async () => {
    const sessionId = await newSession()
    const context = { item_type: "clip", item_id: "kick", project_id: "house", code: 's("bd")', mood: { dark: true } }
    const one = { before: 's("bd")', after: 's("bd*4")' }
    await test.caller.message.append({
      sessionId,
      messages: [
        { role: "assistant", content: "x", context, codeChanges: one },
        { role: "note", content: "y", codeChanges: [one, { ...one, item_id: "snare" }] },
      ],
    })
    const { messages } = await test.caller.message.list({ sessionId })
    expect(messages[0]).toMatchObject({ context, codeChanges: one, role: "assistant", clientId: null })
    expect(messages[1]?.codeChanges).toEqual([one, { ...one, item_id: "snare" }])
  })

  it("answers the stored index where a client id comes again with the same content", async () => {
    const sessionId = await newSession()
    const [first, second] = [randomUUID(), randomUUID()]
    const messages = [say("a", first), say("b", second)]
    await test.caller.message.append({ sessionId, messages })
    await test.caller.message.append({ sessionId, messages: [say("c")] })
    expect(await test.caller.message.append({ sessionId, messages })).toEqual({
      indexes: [0, 1],
      firstIndex: 0,
      lastIndex: 1,
      messageCount: 3,
    })
    const mixed = await test.caller.message.append({
      sessionId,
      messages: [say("d"), say("b", second.toUpperCase()), say("e", randomUUID())],
    })
    expect(mixed.indexes).toEqual([3, 1, 4])
    expect(mixed.messageCount).toBe(5)
  })

  it("refuses other content under a stored client id and stores nothing of the append", async () => {
    const sessionId = await newSession()
    const clientId = randomUUID()
    await test.caller.message.append({ sessionId, messages: [say("a", clientId)] })
    const failure = await failureOfCall(
      test.caller.message.append({ sessionId, messages: [say("fresh"), say("other", clientId)] }),
    )
    expect(failure.reason).toBe("MESSAGE_MISMATCH")
    expect(Object.keys(failure.fields ?? {})).toEqual(["messages.1.clientId"])
    expect(await stored(sessionId)).toEqual([[0, "a"]])
  })

  it("compares a timestamp only where the sender gave one", async () => {
    const sessionId = await newSession()
    const clientId = randomUUID()
    const message = { ...say("a", clientId), timestamp: "2026-01-02T03:04:05Z" }
    await test.caller.message.append({ sessionId, messages: [message] })
    expect((await test.caller.message.append({ sessionId, messages: [message] })).indexes).toEqual([0])
    const later = { ...message, timestamp: "2026-01-02T03:04:06Z" }
    expect((await failureOfCall(test.caller.message.append({ sessionId, messages: [later] }))).reason).toBe(
      "MESSAGE_MISMATCH",
    )
  })

  it("lets one client id live in two sessions", async () => {
    const clientId = randomUUID()
    const [one, two] = [await newSession(), await newSession()]
    await test.caller.message.append({ sessionId: one, messages: [say("a", clientId)] })
    expect((await test.caller.message.append({ sessionId: two, messages: [say("b", clientId)] })).indexes).toEqual([0])
  })

  it("is refused by a terminated session until that is active, but still answers what was stored", async () => {
    const sessionId = await newSession()
    const clientId = randomUUID()
    await test.caller.message.append({ sessionId, messages: [say("a", clientId)] })
    await test.caller.session.setStatus({ id: sessionId, status: "terminated" })
    const refused = await failureOfCall(test.caller.message.append({ sessionId, messages: [say("b")] }))
    expect(refused.reason).toBe("SESSION_TERMINATED")
    expect((await test.caller.message.append({ sessionId, messages: [say("a", clientId)] })).indexes).toEqual([0])
    await test.caller.session.setStatus({ id: sessionId, status: "active" })
    expect((await test.caller.message.append({ sessionId, messages: [say("b")] })).indexes).toEqual([1])
  })

  it("wakes an idle session and moves it to the top of the list", async () => {
    const sessionId = await newSession()
    await newSession()
    await test.caller.session.setStatus({ id: sessionId, status: "idle" })
    await test.caller.message.append({ sessionId, messages: [say("a")] })
    const [top] = (await test.caller.session.list({ limit: 1 })).items
    expect(top).toMatchObject({ id: sessionId, status: "active", messageCount: 1 })
  })

  it("stays gapless and exact while many append at once and send again", async () => {
    const sessionId = await newSession()
    const writers = Array.from({ length: 8 }, (_, writer) =>
      (async () => {
        for (let i = 0; i < 25; i++) {
          const message = say(`${writer}:${i}`, randomUUID())
          const [one, two] = await Promise.all([
            test.caller.message.append({ sessionId, messages: [message] }),
            test.caller.message.append({ sessionId, messages: [message] }),
          ])
          expect(one.indexes).toEqual(two.indexes)
        }
      })(),
    )
    await Promise.all(writers)
    const all = await stored(sessionId)
    expect(all.map(([index]) => index)).toEqual(Array.from({ length: 200 }, (_, i) => i))
    expect(new Set(all.map(([, content]) => content)).size).toBe(200)
  })

  it.each([
    ["no message", [], "messages"],
    ["501 messages", Array.from({ length: 501 }, () => say("x")), "messages"],
    ["content over 1 MiB", [say("x".repeat(1_048_577))], "messages.0.content"],
    ["content over 1 MiB in UTF-8", [say("a"), say("€".repeat(349_526))], "messages.1.content"],
    ["a NUL byte", [say("a\u0000b")], "messages.0.content"],
    ["a broken client id", [say("a", "nope")], "messages.0.clientId"],
    ["a timestamp without offset", [{ ...say("a"), timestamp: "2026-01-02T03:04:05" }], "messages.0.timestamp"],
    ["a context over 1 MiB", [{ ...say("a"), context: { code: "x".repeat(1_048_577) } }], "messages.0.context"],
  ])("refuses %s", async (_, messages, field) => {
    const sessionId = await newSession()
    const failure = await failureOfCall(test.caller.message.append({ sessionId, messages }))
    expect(failure.reason).toBe("BAD_INPUT")
    expect(Object.keys(failure.fields ?? {})).toContain(field)
    expect(await stored(sessionId)).toEqual([])
  })

  it("is as exact where it is too large for one statement", async () => {
    const sessionId = await newSession()
    const ids = Array.from({ length: 5 }, () => randomUUID())
    const messages = ids.map((id, place) => say(String(place).repeat(700_000), id))
    await test.caller.message.append({ sessionId, messages: messages.slice(3, 4) })
    const [first, again] = await Promise.all([1, 2].map(() => test.caller.message.append({ sessionId, messages })))
    expect(first).toEqual({ indexes: [1, 2, 3, 0, 4], firstIndex: 0, lastIndex: 4, messageCount: 5 })
    expect(again).toEqual(first)
    const other = [say("z".repeat(700_000)), say("z".repeat(700_000)), say("other", ids[4])]
    const failure = await failureOfCall(test.caller.message.append({ sessionId, messages: other }))
    expect(failure).toMatchObject({ reason: "MESSAGE_MISMATCH" })
    expect((await stored(sessionId)).map(([index, content]) => [index, String(content)[0]])).toEqual([
      ...[0, 1, 2, 3, 4].map((index) => [index, String([3, 0, 1, 2, 4][index])]),
    ])
    expect(await test.caller.message.count({ sessionId })).toEqual({ messageCount: 5 })
  })

  it("takes content of exactly 1 MiB", async () => {
    const sessionId = await newSession()
    const content = `${"€".repeat(349_525)}x`
    await test.caller.message.append({ sessionId, messages: [say(content)] })
    const { messages } = await test.caller.message.list({ sessionId })
    expect(messages[0]?.content === content).toBe(true)
  })

  it("refuses one client id twice in an append", async () => {
    const clientId = randomUUID()
    const sessionId = await newSession()
    const failure = await failureOfCall(
      test.caller.message.append({ sessionId, messages: [say("a", clientId), say("b", clientId)] }),
    )
    expect(failure.fields).toEqual({ "messages.1.clientId": "is that of message 0 too" })
  })

  it("says that a session is not there", async () => {
    const sessionId = randomUUID()
    for (const call of [
      () => test.caller.message.append({ sessionId, messages: [say("a")] }),
      () => test.caller.message.list({ sessionId }),
      () => test.caller.message.count({ sessionId }),
    ]) {
      expect((await failureOfCall(call())).reason).toBe("SESSION_NOT_FOUND")
    }
  })
})

describe("list", () => {
  it("reads the newest page, and on in both directions", async () => {
    const sessionId = await newSession()
    await test.caller.message.append({ sessionId, messages: Array.from({ length: 25 }, (_, i) => say(`${i}`)) })
    const page = async (range: object) => {
      const { messages, hasMore } = await test.caller.message.list({ sessionId, limit: 10, ...range })
      return [messages[0]?.messageIndex, messages.at(-1)?.messageIndex, hasMore]
    }
    expect(await page({})).toEqual([15, 24, true])
    expect(await page({ before: 15 })).toEqual([5, 14, true])
    expect(await page({ before: 5 })).toEqual([0, 4, false])
    expect(await page({ before: 10 })).toEqual([0, 9, false])
    expect(await page({ before: 0 })).toEqual([undefined, undefined, false])
    expect(await page({ after: 3 })).toEqual([4, 13, true])
    expect(await page({ after: 14 })).toEqual([15, 24, false])
    expect(await page({ after: 24 })).toEqual([undefined, undefined, false])
    expect(await page({ after: 3, before: 8 })).toEqual([4, 7, false])
    expect(await page({ cursor: 15 })).toEqual([5, 14, true])
    expect(await page({ cursor: 3, direction: "backward" })).toEqual([4, 13, true])
  })
})

describe("a page of large messages", () => {
  it("ends early and loses none", async () => {
    const sessionId = await newSession()
    const large = "x".repeat(1_000_000)
    for (let i = 0; i < 20; i++) await test.caller.message.append({ sessionId, messages: [say(`${i}${large}`)] })
    const read: number[] = []
    for (let before: number | undefined, more = true; more; before = read[0]) {
      const page = await test.caller.message.list({ sessionId, before, limit: 200 })
      expect(page.messages.length).toBeLessThan(11)
      read.unshift(...page.messages.map(({ messageIndex }) => messageIndex))
      more = page.hasMore
    }
    expect(read).toEqual(Array.from({ length: 20 }, (_, i) => i))
    const forward = await test.caller.message.list({ sessionId, after: 3, limit: 200 })
    expect([forward.messages[0]?.messageIndex, forward.hasMore]).toEqual([4, true])
  })

  it("counts numbers as long as they are stored", async () => {
    const sessionId = await newSession()
    const context = { numbers: Array.from({ length: 10_000 }, () => 1e308) }
    const failure = await failureOfCall(test.caller.message.append({ sessionId, messages: [{ ...say("a"), context }] }))
    expect(failure.fields).toEqual({ "messages.0.context": expect.stringContaining("1,048,576") })
  })
})

describe("a session of 100,000 messages", () => {
  it("reads a page at any depth by an index range scan without a sort", async () => {
    const sessionId = await newSession()
    await test.database.db.$executeRaw`
      INSERT INTO messages (session_id, message_index, data)
      SELECT ${sessionId}::uuid, i, jsonb_build_object('role', 'user', 'content', 'message ' || i, 'timestamp', '2026-01-01T00:00:00Z')
      FROM generate_series(0, 99999) i`
    await test.database.db.$executeRaw`UPDATE sessions SET message_count = 100000 WHERE id = ${sessionId}::uuid`
    await test.database.db.$executeRawUnsafe("ANALYZE messages")
    const { messages } = await test.caller.message.list({ sessionId, before: 50_000 })
    expect([messages[0]?.messageIndex, messages.at(-1)?.messageIndex]).toEqual([49_950, 49_999])
    for (const before of [100_000, 50_000, 60]) {
      const plan = await explainPage(sessionId, before)
      expect(plan).toContain("messages_pkey")
      expect(plan).not.toMatch(/Seq Scan on messages|"Sort Key"/)
    }
  })
})

/** The plan of the page's inner query, as the statement of the page has it. */
async function explainPage(sessionId: string, before: number): Promise<string> {
  const rows = await test.database.db.$queryRaw<unknown[]>`
    EXPLAIN (FORMAT JSON, ANALYZE)
    SELECT message_index, client_id, data FROM messages m
    WHERE m.session_id = ${sessionId}::uuid AND m.message_index < ${before} AND m.message_index > ${-1}
    ORDER BY m.message_index DESC LIMIT ${50}`
  return JSON.stringify(rows)
}
