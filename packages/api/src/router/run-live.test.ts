import { randomUUID } from "node:crypto"
import type { RunEvent } from "@strudel-agent/contract/run"
import { createDatabase } from "@strudel-agent/database/client"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { createLiveHub } from "../live/hub.ts"
import { createCaller } from "../root.ts"
import { type Follower, follow, until } from "../testing/live-follower.ts"
import { runSteps, text } from "../testing/run-steps.ts"
import { createTestCaller, type TestCaller, testPool } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const { newSession, ask, begun, endAll } = runSteps(() => test)

const open: Follower[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((follower) => follower.leave()))
  await endAll()
})

describe("what a run writes", () => {
  const watching = async (sessionId: string, context = test.context) => {
    const follower = follow((signal) =>
      createCaller(context, { signal }).live.watch({ sessions: [{ sessionId, after: -1 }], runs: true }),
    )
    open.push(follower)
    return follower
  }
  const runs = (follower: Follower) => follower.events.flatMap(({ event }) => (event.type === "run" ? [event] : []))
  /** What a reader has who passes over what it knows. */
  const read = (follower: Follower) => {
    const events: RunEvent[] = []
    for (const { from, events: more } of runs(follower)) events.splice(from, more.length, ...more)
    return events
  }

  it("is told to every reader at every server in order, from its beginning to those who come later", async () => {
    const database = createDatabase({ url: test.url, pool: testPool })
    const elsewhere = { ...test.context, database, live: createLiveHub({ database }) }
    const sessionId = await newSession()
    const first = await watching(sessionId)
    const second = await watching(sessionId, elsewhere)
    await ask(sessionId)
    const run = await begun(sessionId)
    const pieces = Array.from({ length: 30 }, (_, i) => text(`${i} `))
    for (const [i, piece] of pieces.entries()) await run.write(i, piece)
    const late = await watching(sessionId)
    for (const follower of [first, second, late]) await until(() => read(follower).length === 30)
    for (const follower of [first, second, late]) expect(read(follower)).toEqual(pieces)
    await run.finish()
    for (const follower of [first, second, late]) {
      await until(() => runs(follower).at(-1)?.run.state === "finished")
      const kinds = follower.events.map(({ event }) => event.type)
      // The answer is there when its run has ended.
      expect(kinds.lastIndexOf("messages")).toBeLessThan(kinds.lastIndexOf("run"))
    }
    await Promise.all(open.splice(0).map((follower) => follower.leave()))
    elsewhere.live.stop()
    await database.close()
  })

  it("comes in parts where it is much", async () => {
    const sessionId = await newSession()
    await ask(sessionId)
    const run = await begun(sessionId)
    const piece = text("y".repeat(60_000))
    for (let i = 0; i < 10; i++) await run.write(i, piece)
    const follower = await watching(sessionId)
    await until(() => read(follower).length === 10)
    expect(read(follower)).toEqual(Array.from({ length: 10 }, () => piece))
    expect(Math.max(...runs(follower).map(({ events }) => events.length))).toBeLessThan(4)
  })

  it("tells when its proposals are decided, and that an ended run is there to who comes later", async () => {
    const sessionId = await newSession({ changeMode: "staged" })
    await ask(sessionId)
    const run = await begun(sessionId)
    const id = `hat-${randomUUID().slice(0, 8)}`
    await run.change("a", "clip.create", { projectId: "house", id, name: "Hat", code: 's("hh*8")' })
    await run.finish()
    const follower = await watching(sessionId)
    await until(() => runs(follower).at(-1)?.run.state === "finished")
    const before = runs(follower).at(-1)?.run.changesRevision ?? 0
    await test.caller.run.decide({ ...run.key, callId: "a", approved: true })
    await until(() => (runs(follower).at(-1)?.run.changesRevision ?? 0) > before)
  })

  it("is not told to who does not ask for it", async () => {
    const sessionId = await newSession()
    const plain = follow((signal) =>
      createCaller(test.context, { signal }).live.watch({ sessions: [{ sessionId, after: -1 }] }),
    )
    open.push(plain)
    await ask(sessionId)
    const run = await begun(sessionId)
    await run.write(0, text("Hello"))
    await run.finish()
    await until(() => plain.messages().length === 2)
    expect(runs(plain)).toEqual([])
  })
})
