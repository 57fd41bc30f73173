import { APICallError } from "@ai-sdk/provider"
import { afterEach, expect, test } from "vitest"
import { addedUsage, costOf, storableCost, storableUsage } from "./cost.ts"
import { pauseOf, problemOf } from "./failure.ts"
import { listModels } from "./list-models.ts"
import { withoutSecrets } from "./secrets.ts"
import { testModel } from "./test-model.ts"
import { type ScriptedProvider, startScriptedProvider } from "./testing/scripted-provider.ts"

const key = "sk-test-0123456789abcdef"
let scripted: ScriptedProvider
const start = async (...given: Parameters<typeof startScriptedProvider>) => {
  scripted = await startScriptedProvider(...given)
  return { provider: "openrouter", name: "OpenRouter", address: scripted.url, key } as const
}
afterEach(() => scripted.close())

test("models come in the provider's order, with prices for a million tokens where it tells them", async () => {
  const models = {
    data: [
      {
        id: "b",
        name: "B",
        context_length: 8000,
        pricing: { prompt: "0.0000025", completion: "0.00001", input_cache_read: "0.00000125" },
      },
      { id: "a", pricing: { prompt: "-1", completion: "-1" } },
      { id: "c" },
    ],
  }
  const provider = await start([], { key, models })
  expect(await listModels(provider, { secrets: [key] })).toEqual({
    ok: true,
    models: [
      { id: "b", name: "B", contextTokens: 8000, price: { input: 2.5, cachedInput: 1.25, output: 10 } },
      { id: "a", name: null, contextTokens: null, price: null },
      { id: "c", name: null, contextTokens: null, price: null },
    ],
  })
})

test("a list that is none is told in words", async () => {
  const provider = await start([], { models: { detail: "no" } })
  expect(await listModels(provider, { secrets: [] })).toMatchObject({
    failure: { reason: "provider", words: "OpenRouter sent an answer that could not be read." },
  })
})

test("a key that is refused is told without it", async () => {
  const provider = await start([], { key: "another" })
  for (const told of [
    await listModels(provider, { secrets: [key] }),
    await testModel({ ...provider, model: "scripted" }, { secrets: [key] }),
  ]) {
    expect(told).toMatchObject({ ok: false, failure: { words: expect.stringContaining("refuses the key") } })
    expect(JSON.stringify(told)).not.toContain(key)
  }
})

test("a provider that is not there is told", async () => {
  const provider = await start()
  await scripted.close()
  expect(await testModel({ ...provider, model: "x" }, { secrets: [] })).toMatchObject({
    failure: { words: expect.stringContaining("cannot be reached") },
  })
  scripted = await startScriptedProvider()
})

test("a model answers a test with a word", async () => {
  const provider = await start([{ text: ["ready"] }], { key })
  expect(await testModel({ ...provider, model: "scripted" }, { secrets: [key] })).toMatchObject({
    ok: true,
    answer: "ready",
  })
})

test.each([
  [402, {}, "no credit left"],
  [404, {}, 'no model "scripted"'],
  [429, { "retry-after": "7" }, "no more requests"],
  [400, {}, "Status 400"],
  [503, {}, "trouble of its own"],
])("status %i is told in words", async (status, headers, words) => {
  const provider = await start([{ status, headers }])
  const told = await testModel({ ...provider, model: "scripted" }, { secrets: [] })
  expect(told).toMatchObject({ ok: false, failure: { words: expect.stringContaining(words) } })
})

test("no part of a key is left in a text", () => {
  expect(withoutSecrets(`Incorrect key: Bearer ${key}.`, [key])).toBe("Incorrect key: Bearer …")
  expect(withoutSecrets("Incorrect key: sk-test-0123**** in the request", [key])).toBe(
    "Incorrect key: … in the request",
  )
  expect(withoutSecrets("All is well", [key])).toBe("All is well")
})

test("an answer without an end is not read to it", async () => {
  const provider = await start([{ text: ["la ".repeat(6_000_000)] }, { status: 400, body: "x".repeat(17_000_000) }])
  const words = "OpenRouter sent more than is read of one answer."
  const told = await testModel({ ...provider, model: "scripted" }, { secrets: [] })
  expect(told).toMatchObject({ ok: false, failure: { words } })
  expect(await testModel({ ...provider, model: "scripted" }, { secrets: [] })).toMatchObject({ ok: false })
})

test("what a provider says can be stored", () => {
  const message = `No \u0000${"x".repeat(292)}\u{1f3b5}`
  const error = new APICallError({ message, url: "", requestBodyValues: {}, statusCode: 400 })
  const { words } = problemOf(error, { name: "OpenRouter", secrets: [] }).failure
  expect(words).toContain("No xxx")
  expect(words.isWellFormed()).toBe(true)
  expect(words).not.toContain("\u0000")
})

test("what a provider counts can be stored", () => {
  const counted = { inputTokens: 1e12, cachedTokens: -1, outputTokens: Number.NaN }
  const stored = { inputTokens: 2_147_483_647, cachedTokens: 0, outputTokens: 0 }
  expect(storableUsage(counted)).toEqual(stored)
  expect(addedUsage(stored, { inputTokens: 1.5, cachedTokens: 1.5, outputTokens: 0 })).toEqual({
    ...stored,
    cachedTokens: 2,
  })
  expect(storableCost(Number.POSITIVE_INFINITY)).toBe(1_000_000)
})

test("a pause is told in seconds, in milliseconds or as a date", () => {
  expect(pauseOf({ "retry-after": "2" })).toBe(2000)
  expect(pauseOf({ "retry-after-ms": "150", "retry-after": "2" })).toBe(150)
  expect(pauseOf({ "retry-after": "Mon, 01 Jan 2024 00:00:10 GMT" }, Date.parse("2024-01-01T00:00:00Z"))).toBe(10_000)
  expect(pauseOf({})).toBeUndefined()
})

test("cached input has its own price, where one is known", () => {
  const usage = { inputTokens: 1_000_000, cachedTokens: 400_000, outputTokens: 100_000 }
  expect(costOf(usage, { input: 2, cachedInput: 0.5, output: 10 })).toBeCloseTo(0.6 * 2 + 0.4 * 0.5 + 1)
  expect(costOf(usage, { input: 2, cachedInput: null, output: 10 })).toBeCloseTo(3)
})
