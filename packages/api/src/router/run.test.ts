import { randomUUID } from "node:crypto"
import { limits } from "@strudel-agent/contract/limits"
import { sweepRuns } from "@strudel-agent/library/run/run"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { runSteps, text, usage } from "../testing/run-steps.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const { claim, newSession, ask, begun, messagesOf, expire, endAll } = runSteps(() => test)
afterEach(endAll)

describe("who answers a session", () => {
  it("is waited for by a request that was sent before there was a model", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const { askedCount, takenCount } = await test.caller.session.byId({ id: sessionId })
    expect(askedCount).toBeGreaterThan(takenCount)
    await begun(sessionId)
  })

  it("is a program elsewhere unless told, and nobody where the talk was held before", async () => {
    const { caller } = test
    expect((await caller.session.create({})).answeredBy).toBe("external")
    expect((await caller.session.create({ createdAt: "2024-01-01T00:00:00Z" })).answeredBy).toBe("none")
    expect((await caller.session.create({ answeredBy: "strudel" })).answeredBy).toBe("strudel")
  })

  it("gets a run only for messages of a person, in a session of this installation's agent", async () => {
    const { caller } = test
    for (const answeredBy of ["none", "external"] as const) await ask((await caller.session.create({ answeredBy })).id)
    const sessionId = await newSession()
    for (const role of ["assistant", "system", "note"] as const) {
      await caller.message.append({ sessionId, messages: [{ role, content: "hello" }] })
    }
    expect(await claim()).toBeNull()
    expect(await ask(sessionId)).toBe(3)
    expect((await claim())?.run).toMatchObject({ sessionId, number: 1, state: "running", askedIndex: 3 })
    expect(await claim()).toBeNull()
  })

  it("is asked once by a message that is sent twice, and by the last of several", async () => {
    const sessionId = await newSession()
    const messages = [
      { role: "user" as const, content: "one", clientId: randomUUID() },
      { role: "user" as const, content: "two", clientId: randomUUID() },
      { role: "note" as const, content: "three", clientId: randomUUID() },
    ]
    await test.caller.message.append({ sessionId, messages })
    const run = await begun(sessionId)
    expect((await test.caller.run.byNumber(run.key)).askedIndex).toBe(1)
    await run.write(0, text("Done."))
    await run.finish()
    await test.caller.message.append({ sessionId, messages })
    expect(await claim()).toBeNull()
  })

  it("is asked by many appends at once, in every session", async () => {
    const sessions = await Promise.all(Array.from({ length: 12 }, () => newSession()))
    await Promise.all(sessions.flatMap((id) => [ask(id, "one"), ask(id, "two")]))
    const claimed = await Promise.all(Array.from({ length: 20 }, (_, i) => claim(`worker ${i}`)))
    const more = []
    for (let next = await claim(); next; next = await claim()) more.push(next)
    const runs = [...claimed, ...more].flatMap((each) => (each ? [each.run] : []))
    expect(runs.map(({ sessionId }) => sessionId).toSorted()).toEqual(sessions.toSorted())
    await Promise.all(sessions.map((sessionId) => test.caller.run.stop({ sessionId })))
  })
})

describe("a run", () => {
  it("becomes a message exactly once, with its cost", async () => {
    const sessionId = await newSession({ projectId: "house", itemType: "clip", itemId: "kick" })
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("I lift "), text("the kick."))
    await run.write(2, { type: "call", callId: "1", tool: "read", title: "Read a clip", input: { uri: "x" } })
    await run.write(2, { type: "call", callId: "1", tool: "read", title: "Read a clip", input: { uri: "x" } })
    await run.write(3, { type: "result", callId: "1", ok: true, text: "its code" }, text("Now it is punchier."))
    const ended = await run.finish()
    expect(ended).toMatchObject({ state: "finished", messageIndex: 1, ...usage, cost: 0.01, failure: null })
    expect(await messagesOf(sessionId)).toMatchObject([
      { role: "user" },
      {
        role: "assistant",
        content: "I lift the kick.\n\nNow it is punchier.",
        context: { run: 1, item_type: "clip", item_id: "kick", project_id: "house" },
      },
    ])
    expect((await failureOfCall(run.finish())).reason).toBe("RUN_ENDED")
    expect((await test.caller.run.byNumber(run.key)).steps).toEqual([
      { type: "text", text: "I lift the kick." },
      {
        ...{ type: "call", callId: "1", tool: "read", title: "Read a clip", input: { uri: "x" } },
        result: { ok: true, text: "its code" },
      },
      { type: "text", text: "Now it is punchier." },
    ])
    expect(await test.database.db.runEvent.count({ where: { sessionId } })).toBe(0)
    expect(await messagesOf(sessionId)).toHaveLength(2)
  })

  it("is followed by one for what came while it was at work", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await ask(sessionId, "and a hat")
    await ask(sessionId, "and a bass")
    expect(await claim("two")).toBeNull()
    await run.write(0, text("The kick."))
    await run.finish()
    expect((await claim("two"))?.run).toMatchObject({ number: 2, askedIndex: 2 })
    expect(await claim("three")).toBeNull()
  })

  it("takes nothing of a worker that is not its own, nor after a gap, nor too much", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    const { caller } = test
    const other = { ...run.working, worker: "two" }
    expect((await failureOfCall(caller.run.write({ ...other, from: 0, events: [] }))).reason).toBe("RUN_ENDED")
    expect((await failureOfCall(caller.run.finish({ ...other, usage, cost: null }))).reason).toBe("RUN_ENDED")
    expect(await failureOfCall(run.write(3, text("late")))).toMatchObject({
      reason: "BAD_INPUT",
      fields: { from: "the run has 0 events" },
    })
    const piece = text("x".repeat(limits.run.textBytes - 100))
    let from = 0
    for (; from < Math.floor(limits.run.bytes / limits.run.textBytes); from++) await run.write(from, piece)
    expect((await failureOfCall(run.write(from, piece, piece))).reason).toBe("RUN_TOO_LONG")
    const failure = { reason: "too-long" as const, words: "It wrote too much." }
    expect(await run.finish({ failure })).toMatchObject({ state: "failed", failure, messageIndex: 1 })
  })

  it("is stopped by anybody and keeps what there is, which its worker hears at its next word", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("I beg"))
    const stopped = { state: "stopped", messageIndex: 1, stoppedBy: "Anna" }
    expect(await test.caller.run.stop({ sessionId, by: " Anna " })).toMatchObject(stopped)
    expect((await failureOfCall(run.write(1, text("in")))).reason).toBe("RUN_ENDED")
    expect(await messagesOf(sessionId)).toMatchObject([{}, { content: "I beg", context: { run: 1, ended: "stopped" } }])
    expect(await test.caller.run.stop({ sessionId })).toBeNull()
    expect(await claim()).toBeNull()
  })

  it("is the only one that is stopped where its number is told", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await ask(sessionId, "and a hat")
    const stop = () => test.caller.run.stop({ sessionId, number: run.number })
    expect(await stop()).toMatchObject({ state: "stopped", number: 1 })
    // A second press, after the next question was taken up or before.
    expect(await stop()).toBeNull()
    const second = await begun(sessionId)
    expect(await stop()).toBeNull()
    expect((await test.caller.run.byNumber(second.key)).state).toBe("running")
  })

  it("is stopped with its session, whether it is open or waits", async () => {
    const [open, queued] = [await newSession(), await newSession()]
    await ask(open)
    const run = await begun(open)
    await run.write(0, text("I beg"))
    await test.caller.session.setStatus({ id: open, status: "terminated" })
    expect((await failureOfCall(run.write(1, text("in")))).reason).toBe("RUN_ENDED")
    expect(await test.caller.run.byNumber(run.key)).toMatchObject({ state: "stopped", messageIndex: null })

    await ask(queued)
    await test.caller.run.stop({ sessionId: queued })
    await test.caller.run.again({ sessionId: queued })
    await test.caller.session.setStatus({ id: queued, status: "terminated" })
    expect(await claim()).toBeNull()
    expect((await test.caller.run.list({ sessionId: queued })).runs[0]).toMatchObject({ number: 2, state: "stopped" })
  })

  it("ends without an answer where none can be made of it, and holds up no other one", async () => {
    const [broken, whole] = [await newSession(), await newSession()]
    const runs = []
    for (const sessionId of [broken, whole]) {
      await ask(sessionId)
      const run = await begun(sessionId)
      await run.write(0, text("I begin"))
      await expire(run.key)
      runs.push(run)
    }
    const { db } = test.database
    await db.runEvent.updateMany({ where: { sessionId: broken }, data: { data: { type: "of another release" } } })
    const problems: unknown[] = []
    expect(await sweepRuns(db, (error) => problems.push(error))).toBe(2)
    expect(problems).toHaveLength(1)
    const states = await Promise.all(runs.map(async ({ key }) => (await test.caller.run.byNumber(key)).state))
    expect(states).toEqual(["interrupted", "interrupted"])
    expect((await messagesOf(whole)).map(({ content }) => content)).toContain("I begin")
  })

  it("is not begun for a question that was stopped before anybody took it up", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    expect(await test.caller.run.stop({ sessionId })).toMatchObject({ state: "stopped", number: 1, messageIndex: null })
    expect(await claim()).toBeNull()
  })

  it("is tried again and gone on with", async () => {
    const sessionId = await newSession()
    expect((await failureOfCall(test.caller.run.again({ sessionId }))).reason).toBe("NOTHING_ASKED")
    await ask(sessionId)
    const run = await begun(sessionId)
    expect((await failureOfCall(test.caller.run.again({ sessionId }))).reason).toBe("RUN_OPEN")
    await run.write(0, text("Half"))
    await test.caller.run.stop({ sessionId })
    expect(await test.caller.run.again({ sessionId, continues: true })).toMatchObject({ state: "queued", number: 2 })
    const second = await begun(sessionId, "two")
    expect(await test.caller.run.byNumber(second.key)).toMatchObject({ continues: true, askedIndex: 0 })
    await second.write(0, text("the rest"))
    await second.finish()
    expect((await messagesOf(sessionId)).map(({ content }) => content)).toEqual([
      "make the kick punchier",
      "Half",
      "the rest",
    ])
    const { runs } = await test.caller.run.list({ sessionId })
    expect(runs.map(({ number, state }) => [number, state])).toEqual([
      [2, "finished"],
      [1, "stopped"],
    ])
  })

  it("waits for another worker where its own died before a word, three times, and is interrupted then", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    for (const worker of ["one", "two"]) {
      const run = await begun(sessionId, worker)
      expect(run.number).toBe(1)
      await expire(run.key)
      expect(await sweepRuns(test.database.db)).toBe(1)
      expect((await test.caller.run.byNumber(run.key)).state).toBe("queued")
    }
    const third = await begun(sessionId, "three")
    await expire(third.key)
    await sweepRuns(test.database.db)
    expect(await test.caller.run.byNumber(third.key)).toMatchObject({ state: "interrupted", messageIndex: null })
    expect(await claim()).toBeNull()
  })

  it("is interrupted with what there was where its worker died", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("I begin"))
    expect(await sweepRuns(test.database.db)).toBe(0)
    await expire(run.key)
    expect(await Promise.all([sweepRuns(test.database.db), sweepRuns(test.database.db)])).toContain(1)
    expect(await messagesOf(sessionId)).toMatchObject([
      {},
      { content: "I begin", context: { run: 1, ended: "interrupted" } },
    ])
    expect(await messagesOf(sessionId)).toHaveLength(2)
  })

  it("ends without a message in a session that takes none any more", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("Too late"))
    await test.caller.session.setStatus({ id: sessionId, status: "terminated" })
    expect(await run.finish()).toMatchObject({ state: "finished", messageIndex: null })
  })

  it("is answered in a session that was restored with an answer of a former run of its number", async () => {
    const sessionId = await newSession()
    for (const content of ["before", "after"]) {
      await ask(sessionId)
      const run = await begun(sessionId)
      expect(run.number).toBe(1)
      await run.write(0, text(content))
      await run.finish()
      // What a backup has of it: the messages without the runs.
      const { db } = test.database
      await db.run.deleteMany({ where: { sessionId } })
      await db.session.update({ where: { id: sessionId }, data: { runCount: 0, askedCount: 0, takenCount: 0 } })
    }
    expect((await messagesOf(sessionId)).map(({ content }) => content)).toEqual([
      ...["make the kick punchier", "before"],
      ...["make the kick punchier", "after"],
    ])
  })

  it("goes with its session", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("I begin"))
    await test.caller.session.delete({ id: sessionId })
    expect((await failureOfCall(run.write(1, text("on")))).reason).toBe("RUN_NOT_FOUND")
    expect((await failureOfCall(test.caller.run.list({ sessionId }))).reason).toBe("SESSION_NOT_FOUND")
  })
})

it("sums up what runs cost", async () => {
  const sessionId = await newSession({ projectId: "costly", name: "Expensive" })
  for (const cost of [0.5, 0.25, null]) {
    await ask(sessionId)
    const run = await begun(sessionId)
    await test.caller.run.write({ ...run.working, from: 0, events: [text("x")], provider: "test", model: "test:one" })
    await run.finish({ cost })
  }
  const sums = { runs: 3, inputTokens: 300, cachedTokens: 60, outputTokens: 90, cost: 0.75, unpriced: 1 }
  const costs = (by: "day" | "session" | "project" | "model") => test.caller.run.costs({ by, projectId: "costly" })
  expect((await costs("session")).rows).toEqual([{ key: sessionId, name: "Expensive", ...sums }])
  expect((await costs("project")).rows).toEqual([{ key: "costly", name: "costly", ...sums }])
  expect((await costs("model")).rows).toEqual([{ key: "test:one", name: "test:one", ...sums }])
  const day = new Date().toISOString().slice(0, 10)
  expect((await costs("day")).rows).toEqual([{ key: day, name: day, ...sums }])
  const later = new Date(Date.now() + 86_400_000).toISOString()
  expect((await test.caller.run.costs({ by: "day", from: later })).rows).toEqual([])
})

it("lets a fork be answered as its session is", async () => {
  const sessionId = await newSession({ changeMode: "staged" })
  await ask(sessionId)
  await test.caller.run.stop({ sessionId })
  const fork = await test.caller.session.fork({ id: sessionId, messageIndex: 0 })
  expect(fork).toMatchObject({ answeredBy: "strudel", changeMode: "staged" })
  expect(await claim()).toBeNull()
  await ask(fork.id, "make it softer")
  expect((await claim())?.run).toMatchObject({ sessionId: fork.id, askedIndex: 1 })
})
