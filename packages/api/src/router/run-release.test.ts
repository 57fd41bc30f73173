import { afterAll, beforeAll, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const usage = { inputTokens: 100, cachedTokens: 20, outputTokens: 30 }

async function begun(worker: string) {
  const { id: sessionId } = await test.caller.session.create({ answeredBy: "strudel" })
  await test.caller.message.append({ sessionId, messages: [{ role: "user", content: "Well?" }] })
  const claimed = await test.caller.run.claim({ worker })
  expect(claimed?.run.sessionId).toBe(sessionId)
  return { sessionId, number: 1, worker }
}

it("a worker that lets go leaves its run to another, at once", async () => {
  const key = await begun("one")
  expect(await test.caller.run.release(key)).toEqual({ state: "queued" })
  expect(await failureOfCall(test.caller.run.release(key))).toMatchObject({ reason: "RUN_ENDED" })
  expect((await test.caller.run.claim({ worker: "two" }))?.run).toMatchObject({ sessionId: key.sessionId, number: 1 })
  expect(await test.caller.run.release({ ...key, worker: "two" })).toEqual({ state: "queued" })
  await test.caller.run.stop({ sessionId: key.sessionId })
})

it("what a run wrote before its worker let go of it is kept", async () => {
  const key = await begun("one")
  await test.caller.run.write({ ...key, from: 0, events: [{ type: "text", text: "A beginning" }] })
  expect(await test.caller.run.release(key)).toEqual({ state: "interrupted" })
  const { messages } = await test.caller.message.list({ sessionId: key.sessionId })
  expect(messages.at(-1)).toMatchObject({ content: "A beginning", context: { ended: "interrupted" } })
})

it("of a run that was stopped its worker tells what it cost, and nothing else", async () => {
  const key = await begun("one")
  await test.caller.run.stop({ sessionId: key.sessionId })
  expect(await failureOfCall(test.caller.run.finish({ ...key, worker: "two", usage, cost: 1 }))).toMatchObject({
    reason: "RUN_ENDED",
  })
  const failure = { reason: "internal", words: "Late." } as const
  expect(await test.caller.run.finish({ ...key, usage, cost: 0.01, failure })).toMatchObject({
    ...{ state: "stopped", failure: null, cost: 0.01, inputTokens: 100 },
  })
})
