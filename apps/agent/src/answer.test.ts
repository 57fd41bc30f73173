import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type AgentStack, startAgentStack } from "./testing/agent-stack.ts"

let stack: AgentStack
beforeAll(async () => {
  stack = await startAgentStack()
  stack.work()
})
afterAll(() => stack.close())

describe("an answer", () => {
  it("is streamed, counted and stored as a message", async () => {
    const sessionId = await stack.begin()
    stack.script({
      reasoning: ["Hm, ", "a greeting."],
      text: ["Good ", "evening."],
      usage: { prompt: 1200, cached: 200, completion: 34 },
    })
    await stack.ask(sessionId, "Hello?")
    const run = await stack.ended(sessionId)
    expect(run).toMatchObject({
      ...{ state: "finished", askedIndex: 0, messageIndex: 1, provider: "openai", model: "scripted", failure: null },
      ...{ inputTokens: 1200, cachedTokens: 200, outputTokens: 34, cost: null },
      steps: [
        { type: "reasoning", text: "Hm, a greeting." },
        { type: "text", text: "Good evening." },
      ],
    })
    expect(run.promptHash).toMatch(/^[0-9a-f]{64}$/)
    expect(run.toolsHash).toMatch(/^[0-9a-f]{64}$/)
    expect((await stack.messages(sessionId)).map(({ role, content }) => [role, content])).toEqual([
      ["user", "Hello?"],
      ["assistant", "Good evening."],
    ])
  })

  it("saves a clip, and mends an invented function of which it is told", async () => {
    const sessionId = await stack.begin({ projectId: "house" })
    const save = (code: string) => ({ name: "save_clip", input: { project: "house", id: "kick", code } })
    stack.script(
      { text: ["A kick. "], calls: [save('s("sbd*4").lpff(800)')] },
      { calls: [save('s("sbd*4").lpf(800)')] },
      { text: ["Four to the floor."] },
    )
    await stack.ask(sessionId, "A kick, please.")
    const run = await stack.ended(sessionId)
    expect(run.failure).toBeNull()
    const calls = run.steps.flatMap((step) => (step.type === "call" ? [step] : []))
    expect(calls.map(({ tool, result }) => [tool, result?.ok])).toEqual([
      ["save_clip", false],
      ["save_clip", true],
    ])
    expect(calls[0]?.result?.text).toContain("lpf")
    expect(await stack.client.clip.byId.query({ projectId: "house", id: "kick" })).toMatchObject({
      ...{ version: 1, code: 's("sbd*4").lpf(800)' },
    })
    const [, answer] = await stack.messages(sessionId)
    expect(answer).toMatchObject({ content: "A kick.\n\nFour to the floor." })
    expect(JSON.stringify(answer?.codeChanges)).toContain("lpf(800)")
    // What the model was told of the first call.
    expect(stack.provider.asked.at(-2)?.said).toContain("lpff")
  })

  it("tells the model of a tool that there is not, and of a call that is no JSON", async () => {
    const sessionId = await stack.begin()
    stack.script(
      { calls: [{ name: "save_klip", input: { id: "kick" } }] },
      { calls: [{ name: "search", input: '{"query": ' }] },
      { text: ["I see."] },
    )
    await stack.ask(sessionId, "Do something.")
    const run = await stack.ended(sessionId)
    const results = run.steps.flatMap((step) => (step.type === "call" ? [step.result] : []))
    expect(results[0]).toMatchObject({ ok: false, text: expect.stringContaining("save_clip") })
    expect(results[1]).toMatchObject({ ok: false, text: expect.stringContaining("no JSON") })
    expect(run.state).toBe("finished")
  })
})
