import {
  type ScriptedAnswer,
  type ScriptedProvider,
  startScriptedProvider,
} from "@strudel-agent/model-provider/testing/scripted-provider"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type AgentStack, secretKey, startAgentStack } from "./testing/agent-stack.ts"

let stack: AgentStack
beforeAll(async () => {
  stack = await startAgentStack()
  stack.work({ limits: { silence: 3000, answer: 8000, wait: 5000, tries: 2 } })
})
afterAll(() => stack.close())

/** Each provider, and the variables that have its key and its address. */
const cases = [
  ["openai", { name: "OpenAI", key: "OPENAI_API_KEY", address: "OPENAI_BASE_URL" }],
  ["openrouter", { name: "OpenRouter", key: "OPENROUTER_API_KEY", address: "OPENROUTER_BASE_URL" }],
  ["ollama", { name: "Ollama", key: undefined, address: "OLLAMA_HOST" }],
  ["anthropic", { name: "Anthropic", key: "ANTHROPIC_API_KEY", address: "ANTHROPIC_BASE_URL" }],
  ["google", { name: "Google", key: "GOOGLE_GENERATIVE_AI_API_KEY", address: "GOOGLE_GENERATIVE_AI_BASE_URL" }],
] as const

const usage = { prompt: 1200, cached: 200, completion: 34 }

describe.each(cases)("%s", (id, { name, key, address }) => {
  const projectId = `house-${id}`
  const save = { name: "save_clip", input: { project: projectId, id: "kick", code: 's("sbd*4")' } }
  let provider: ScriptedProvider
  beforeAll(async () => {
    const dialect = id === "openrouter" || id === "ollama" ? id : "openai"
    provider = await startScriptedProvider([], { dialect, ...(key ? { key: secretKey } : {}) })
    const url = id === "ollama" ? provider.url.replace(/^http:\/\/|\/v1$/g, "") : new URL(provider.url).origin
    Object.assign(stack.environment, {
      STRUDEL_AGENT_MODEL: `${id}:scripted`,
      [address]: url,
      ...(key ? { [key]: secretKey } : {}),
    })
  })
  afterAll(() => provider.close())

  const asked = async (...script: ScriptedAnswer[]) => {
    const sessionId = await stack.begin({ projectId })
    provider.script(...script)
    await stack.ask(sessionId, "Well?")
    return stack.ended(sessionId)
  }

  it("thinks, calls a tool, is told what it brought, and is counted", async () => {
    const run = await asked(
      { reasoning: ["A ", "kick?"], text: ["I save ", "it. "], calls: [save], usage },
      { reasoning: ["Done?"], text: ["Four to ", "the floor."], usage },
    )
    expect(run.failure).toBeNull()
    expect(run).toMatchObject({ state: "finished", provider: id, model: "scripted" })
    expect(run).toMatchObject({ inputTokens: 2400, cachedTokens: 400, outputTokens: 68 })
    expect(run.steps.map((step) => (step.type === "call" ? step.result?.ok : step))).toEqual([
      { type: "reasoning", text: "A kick?" },
      { type: "text", text: "I save it. " },
      true,
      { type: "reasoning", text: "Done?" },
      { type: "text", text: "Four to the floor." },
    ])
    expect(provider.asked.at(-1)?.tools).toContain("save_clip")
    expect(provider.asked.at(-1)?.said).toContain(`strudel://clip/${projectId}/kick`)
    expect(await stack.client.clip.byId.query({ projectId, id: "kick" })).toMatchObject({ code: 's("sbd*4")' })
  })

  it("calls several tools at once", async () => {
    const call = (kind: string) => ({ name: "list", input: { kind } })
    const run = await asked({ calls: [call("project"), call("clip")] }, { text: ["Both."] })
    expect(run.failure).toBeNull()
    expect(run.steps.map((step) => (step.type === "call" ? step.result?.ok : step.type))).toEqual([true, true, "text"])
  })

  it("is told a whole conversation that an agent began", async () => {
    const sessionId = await stack.begin()
    const said = ["assistant", "assistant", "note", "system", "assistant"] as const
    const messages = said.map((role, index) => ({ role, content: `Number ${index} \n` }))
    await stack.client.message.append.mutate({ sessionId, messages })
    provider.script({ text: ["All."] })
    await stack.ask(sessionId, "Well?")
    expect(await stack.ended(sessionId)).toMatchObject({ state: "finished", failure: null })
    expect(provider.asked.at(-1)?.said).toContain("Number 0")
  })

  it("asks for a pause and is waited for", async () => {
    const run = await asked({ status: 429, headers: { "retry-after": "1" } }, { text: ["There."] })
    expect(run).toMatchObject({ state: "finished" })
    expect(run.steps[0]).toEqual({ type: "wait", words: expect.stringContaining(`${name} takes no more requests`) })
  })

  it("is overloaded before it says anything, and is asked again", async () => {
    const run = await asked({ ends: "overloaded" }, { text: ["There."] })
    expect(run).toMatchObject({ state: "finished" })
    expect(run.steps[0]).toEqual({ type: "wait", words: expect.stringMatching(/overloaded|trouble/i) })
  })

  it("is overloaded while it answers, which ends the run in words", async () => {
    const run = await asked({ text: ["The half "], ends: "overloaded" })
    expect(run).toMatchObject({ state: "failed", failure: { words: expect.stringMatching(/overloaded|trouble/i) } })
    expect(run.steps).toEqual([{ type: "text", text: "The half " }])
  })

  it("cuts its answer", async () => {
    const run = await asked({ text: ["The half "], ends: "cut" })
    expect(run).toMatchObject({ state: "failed", failure: { words: `The connection to ${name} was lost.` } })
    expect(run.steps).toEqual([{ type: "text", text: "The half " }])
  })

  it("sends what cannot be read", async () => {
    const run = await asked({ text: ["Well, "], ends: "malformed" })
    expect(run).toMatchObject({ state: "failed", failure: { words: expect.stringContaining("could not be read") } })
  })

  it("is slow, and waited for as long as something comes", async () => {
    const run = await asked({ text: Array.from({ length: 5 }, (_, index) => `${index} `), pause: 700 })
    expect(run).toMatchObject({ state: "finished", steps: [{ type: "text", text: "0 1 2 3 4 " }] })
  })

  it("falls silent and is given up", async () => {
    const run = await asked({ text: ["Wait "], ends: "silent" })
    expect(run).toMatchObject({ state: "failed", failure: { words: `${name} sent nothing for 3 s.` } })
  })

  it("reaches the length that it may write", async () => {
    const run = await asked({ text: ["The half "], ends: "length", usage })
    expect(run).toMatchObject({ state: "failed", inputTokens: 1200, failure: { reason: "too-long" } })
  })

  it("lists its models and is tested", async () => {
    const listed = await stack.client.agent.models.query({ provider: id })
    expect(listed).toMatchObject({
      ok: true,
      models: [{ id: "scripted" }, ...(id === "google" ? [] : [{ id: "other" }])],
    })
    provider.script({ text: ["rea", "dy"] })
    expect(await stack.client.agent.test.mutate()).toMatchObject({ ok: true, provider: id, answer: "ready" })
    provider.script({ status: 529 })
    expect(await stack.client.agent.test.mutate()).toMatchObject({ ok: false })
  })

  if (key) {
    it("refuses a key, of which nothing is told", async () => {
      Object.assign(stack.environment, { [key]: "sk-wrong-0123456789" })
      const words = expect.stringContaining(`${name} refuses the key`)
      expect(await stack.client.agent.models.query({ provider: id })).toMatchObject({ ok: false, failure: { words } })
      expect(await stack.client.agent.test.mutate()).toMatchObject({ ok: false, failure: { words } })
      expect(await asked()).toMatchObject({ state: "failed", failure: { words } })
    })
  }
})

it("counts what OpenRouter says that an answer costs", async () => {
  const provider = await startScriptedProvider([{ text: ["Done."], usage: { ...usage, cost: 0.0125 } }], {
    dialect: "openrouter",
  })
  Object.assign(stack.environment, {
    STRUDEL_AGENT_MODEL: "openrouter:scripted",
    OPENROUTER_BASE_URL: provider.url,
    OPENROUTER_API_KEY: secretKey,
  })
  const sessionId = await stack.begin()
  await stack.ask(sessionId, "Well?")
  expect(await stack.ended(sessionId)).toMatchObject({ state: "finished", cost: 0.0125 })
  await provider.close()
})
