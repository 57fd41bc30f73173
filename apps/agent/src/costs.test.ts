import { saveSettings } from "@strudel-agent/model-provider/settings-file"
import { afterEach, beforeEach, expect, it } from "vitest"
import { type AgentStack, startAgentStack } from "./testing/agent-stack.ts"

let stack: AgentStack
beforeEach(async () => {
  stack = await startAgentStack()
  stack.work()
})
afterEach(() => stack.close())

const price = { provider: "openai", model: "scripted", price: { input: 10, cachedInput: null, output: 100 } } as const
const usage = { prompt: 10_000, completion: 1000 }
const call = { calls: [{ name: "list", input: { kind: "project" } }], usage }

it("counts what a run costs by the prices that are set", async () => {
  await saveSettings(stack.dataDir, { price })
  const sessionId = await stack.begin()
  stack.script(call, { text: ["Done."], usage })
  await stack.ask(sessionId, "Well?")
  expect(await stack.ended(sessionId)).toMatchObject({ state: "finished", inputTokens: 20_000, cost: 0.4 })
  expect((await stack.client.run.costs.query({ by: "model" })).rows).toMatchObject([{ key: "scripted", cost: 0.4 }])
})

it("counts answers that are of no use: empty ones, and one that is too long", async () => {
  await saveSettings(stack.dataDir, { price })
  const sessionId = await stack.begin()
  stack.script({ text: [], usage }, { text: ["The half "], ends: "length", usage })
  await stack.ask(sessionId, "Well?")
  expect(await stack.ended(sessionId)).toMatchObject({ state: "failed", failure: { reason: "provider" }, cost: 0.2 })
  await stack.ask(sessionId, "And?")
  expect(await stack.ended(sessionId, 2)).toMatchObject({
    ...{ state: "failed", failure: { reason: "too-long" } },
    ...{ inputTokens: 10_000, cost: 0.2 },
  })
})

it("stores what a provider counts that is no such number", async () => {
  const sessionId = await stack.begin()
  stack.script({ text: ["Done."], usage: { prompt: 5_000_000_000, completion: 0.5 } })
  await stack.ask(sessionId, "Well?")
  expect(await stack.ended(sessionId)).toMatchObject({ state: "finished", inputTokens: 2_147_483_647 })
})

it("ends a run once other ones make the day cost as much as it may", async () => {
  await saveSettings(stack.dataDir, { price, limits: { run: null, day: 0.5 } })
  const [first, second] = [await stack.begin(), await stack.begin()]
  stack.script({ ...call, pause: 2000 }, { text: ["Done."], usage: { prompt: 50_000, completion: 0 } })
  await stack.ask(first, "Well?")
  await expect.poll(() => stack.provider.asked.length).toBe(1)
  await stack.ask(second, "And you?")
  expect(await stack.ended(second)).toMatchObject({ state: "finished", cost: 0.5 })
  expect(await stack.ended(first)).toMatchObject({ state: "failed", failure: { reason: "too-expensive" } })
  expect(stack.provider.asked).toHaveLength(2)
})

it("ends a run that costs as much as one may", async () => {
  await saveSettings(stack.dataDir, { price, limits: { run: 0.3, day: null } })
  const sessionId = await stack.begin()
  stack.script(call, call, call)
  await stack.ask(sessionId, "Well?")
  const run = await stack.ended(sessionId)
  expect(run).toMatchObject({ state: "failed", cost: 0.4 })
  expect(run.failure).toEqual({ reason: "too-expensive", words: expect.stringContaining("$0.30") })
  expect(stack.provider.asked).toHaveLength(2)
})

it("asks nobody once a day costs as much as it may", async () => {
  await saveSettings(stack.dataDir, { price, limits: { run: null, day: 0.2 } })
  const sessionId = await stack.begin()
  stack.script({ text: ["Done."], usage })
  await stack.ask(sessionId, "Well?")
  expect(await stack.ended(sessionId)).toMatchObject({ state: "finished", cost: 0.2 })
  await stack.ask(sessionId, "And?")
  expect(await stack.ended(sessionId, 2)).toMatchObject({ state: "failed", failure: { reason: "too-expensive" } })
  expect(stack.provider.asked).toHaveLength(1)
})
