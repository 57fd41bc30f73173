import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type AgentStack, startAgentStack } from "./testing/agent-stack.ts"

let stack: AgentStack
beforeAll(async () => {
  stack = await startAgentStack()
  stack.work({ limits: { silence: 6000, answer: 8000, wait: 5000, tries: 3, steps: 3 } })
})
afterAll(() => stack.close())

const asked = async (...script: Parameters<AgentStack["script"]>) => {
  const sessionId = await stack.begin()
  stack.script(...script)
  await stack.ask(sessionId, "Well?")
  return { sessionId, run: await stack.ended(sessionId) }
}

describe("a provider that", () => {
  it("asks for a pause is waited for, and that is told", async () => {
    const { run } = await asked({ status: 429, headers: { "retry-after": "1" } }, { text: ["There."] })
    expect(run).toMatchObject({ state: "finished", failure: null })
    expect(run.steps).toEqual([
      { type: "wait", words: expect.stringMatching(/no more requests.*Trying again in 1 s/) },
      { type: "text", text: "There." },
    ])
  })

  it("asks for a longer pause than is waited for ends the run", async () => {
    const { run, sessionId } = await asked({ status: 429, headers: { "retry-after": "3600" } })
    expect(run).toMatchObject({ state: "failed", failure: { reason: "rate-limit" } })
    expect(await stack.messages(sessionId)).toHaveLength(1)
  })

  it("has trouble of its own is asked again, a few times", async () => {
    const { run } = await asked({ status: 503 }, { status: 500 }, { status: 502 })
    expect(run).toMatchObject({
      state: "failed",
      failure: { reason: "provider", words: expect.stringContaining("502") },
    })
    expect(run.steps.map(({ type }) => type)).toEqual(["wait", "wait"])
  })

  it("cuts its answer leaves what it said, and the failure says so", async () => {
    const { run, sessionId } = await asked({ text: ["The half "], ends: "cut" })
    expect(run).toMatchObject({
      state: "failed",
      failure: { reason: "provider", words: expect.stringContaining("lost") },
    })
    const [, answer] = await stack.messages(sessionId)
    expect(answer).toMatchObject({ content: "The half", context: { ended: "failed", run: 1 } })
  })

  it("cuts before it said anything is asked again", async () => {
    const { run } = await asked({ ends: "cut" }, { text: ["Whole."] })
    expect(run.steps.at(-1)).toEqual({ type: "text", text: "Whole." })
  })

  it("sends what cannot be read ends the run in words", async () => {
    const { run } = await asked({ text: ["Well, "], ends: "malformed" })
    expect(run).toMatchObject({ state: "failed", failure: { words: expect.stringContaining("could not be read") } })
  })

  it("falls silent is given up", async () => {
    const { run } = await asked({ text: ["Wait "], ends: "silent" })
    expect(run).toMatchObject({ state: "failed", failure: { words: expect.stringContaining("sent nothing") } })
  })

  it("never ends is ended, with what fits", async () => {
    const { run, sessionId } = await asked({ ends: "endless" })
    expect(run).toMatchObject({ state: "failed", failure: { reason: "too-long" } })
    await expect.poll(() => stack.provider.open()).toBe(0)
    const [, answer] = await stack.messages(sessionId)
    expect(answer?.content).toContain("and on and on")
  })

  it("calls a tool without an end is given up", async () => {
    const { run } = await asked({ text: ["I call "], ends: "endless-call" })
    expect(run).toMatchObject({
      state: "failed",
      failure: { reason: "too-long", words: expect.stringContaining("not there after") },
    })
    await expect.poll(() => stack.provider.open()).toBe(0)
  })

  it("says what cannot be stored ends the run in words", async () => {
    const body = JSON.stringify({ error: { message: "No \u0000 and \ud83c." } })
    const { run } = await asked({ status: 400, body })
    expect(run).toMatchObject({
      state: "failed",
      failure: { reason: "provider", words: expect.stringContaining("No") },
    })
  })

  it("does not tire of tools is ended after so many steps", async () => {
    const call = { calls: [{ name: "list", input: { kind: "project" } }] }
    const { run } = await asked(call, call, call)
    expect(run).toMatchObject({
      state: "failed",
      failure: { reason: "too-long", words: expect.stringContaining("3 steps") },
    })
  })

  it("refuses the key is not asked again", async () => {
    const { run } = await asked({ status: 401, body: '{"error": {"message": "Incorrect API key provided"}}' })
    expect(run).toMatchObject({
      state: "failed",
      failure: { reason: "provider", words: expect.stringContaining("key") },
    })
    expect(run.steps).toEqual([])
  })
})

describe("a person", () => {
  it("stops an answer: the provider is left, and what there is is kept", async () => {
    const sessionId = await stack.begin()
    stack.script({ text: Array.from({ length: 200 }, (_, index) => `${index} `), pause: 50 })
    await stack.ask(sessionId, "Count.")
    await expect
      .poll(
        async () =>
          (await stack.client.run.byNumber.query({ sessionId, number: 1 }).catch(() => undefined))?.steps.length,
      )
      .toBe(1)
    const run = await stack.client.run.stop.mutate({ sessionId })
    expect(run).toMatchObject({ state: "stopped", messageIndex: 1 })
    await expect.poll(() => stack.provider.open()).toBe(0)
    expect((await stack.messages(sessionId))[1]?.content).toMatch(/^0/)
  })

  it("lets it go on with what was interrupted", async () => {
    const { sessionId } = await asked({ text: ["One, "], ends: "cut" })
    stack.script({ text: ["two."] })
    await stack.client.run.again.mutate({ sessionId, continues: true })
    expect(await stack.ended(sessionId, 2)).toMatchObject({ state: "finished", continues: true })
    expect(stack.provider.asked.at(-1)?.messages.map(({ role }) => role)).toEqual([
      "system",
      "user",
      "assistant",
      "user",
    ])
    expect(stack.provider.asked.at(-1)?.said).toContain("Go on with it")
  })

  it("has a question answered anew, without the former answer", async () => {
    const { sessionId } = await asked({ text: ["A former answer."] })
    stack.script({ text: ["Another."] })
    await stack.client.run.again.mutate({ sessionId })
    expect(await stack.ended(sessionId, 2)).toMatchObject({ state: "finished", continues: false })
    expect(stack.provider.asked.at(-1)?.said).not.toContain("A former answer.")
  })
})
