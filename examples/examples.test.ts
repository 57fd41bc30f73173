import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { openTestDoor, type TestDoor } from "@strudel-agent/server/src/testing/test-door.ts"
import { MockLanguageModelV3 } from "ai/test"
import { afterAll, beforeAll, expect, it } from "vitest"
import { runAgent } from "./agent.ts"
import { ask } from "./ai-sdk.ts"

let test: TestDoor
beforeAll(async () => {
  test = await openTestDoor()
})
afterAll(() => test.close())

/** Says something in an agent's session and gives what the agent says next. */
async function talk(sessionId: string, content: string): Promise<string> {
  const { client } = test
  const { lastIndex } = await client.message.append.mutate({ sessionId, messages: [{ role: "user", content }] })
  for await (const message of client.follow(sessionId, { after: lastIndex ?? -1 })) return message.content
  throw new Error("The session ended.")
}

const sessionOf = (line: string): string => /\/sessions\/(\S+)$/.exec(line)?.[1] ?? ""

it("agent.ts answers what is said in its session until it is sent away", async () => {
  let agent: Promise<void> | undefined
  const line = await new Promise<string>((resolve) => {
    agent = runAgent(test.url, resolve)
  })
  const sessionId = sessionOf(line)
  expect(await talk(sessionId, "hello")).toContain("Tell me a tempo")
  expect(await talk(sessionId, "a beat at 121")).toBe("I saved Beat at 121.")
  expect(await talk(sessionId, "a beat at 121")).toBe("Beat at 121 is there already.")
  expect(await test.client.clip.byId.query({ projectId: "agent-ts", id: "beat-121" })).toMatchObject({ version: 1 })
  expect(await talk(sessionId, "Good night!")).toBe("Good night.")
  await agent
})

// Python is no part of what this repository needs: where there is none, nobody runs it.
it.skipIf(spawnSync("python3", ["--version"]).status !== 0)(
  "agent.py does so on Python's standard library",
  async () => {
    const script = fileURLToPath(new URL("agent.py", import.meta.url))
    const agent: ChildProcess = spawn("python3", [script, test.url], { stdio: ["ignore", "pipe", "inherit"] })
    try {
      const { stdout } = agent
      if (!stdout) throw new Error("The agent has no output.")
      const [line] = await once(createInterface(stdout), "line")
      const sessionId = sessionOf(String(line))
      expect(await talk(sessionId, "hello")).toContain("Tell me a tempo")
      expect(await talk(sessionId, "a beat at 122")).toBe("I saved Beat at 122.")
      const { items } = await test.client.clip.list.query({ projectId: "agent-py" })
      expect(items).toMatchObject([{ name: "Beat at 122", code: expect.stringContaining("setcpm(122/4)") }])
      const ended = once(agent, "exit")
      expect(await talk(sessionId, "Good night!")).toBe("Good night.")
      expect(await ended).toEqual([0, null])
    } finally {
      agent.kill()
    }
  },
)

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
}

it("ai-sdk.ts gives a model the tools of the library, and it mends what a tool refused", async () => {
  const calls = [
    { clip: "acid", code: 's("bd*4").gian(.8)' },
    { clip: "acid", code: 's("bd*4").gain(.8)' },
  ]
  const heard: string[] = []
  const model = new MockLanguageModelV3({
    async doGenerate({ prompt, tools }) {
      expect(tools?.map(({ name }) => name)).toContain("save_clip")
      const last = prompt.at(-1)
      if (last?.role === "tool") heard.push(JSON.stringify(last.content))
      const next = calls.shift()
      if (!next) {
        const content = [{ type: "text" as const, text: "It plays." }]
        return { content, finishReason: { unified: "stop", raw: undefined }, usage, warnings: [] }
      }
      const input = JSON.stringify({ project: "ai-sdk", id: next.clip, name: "Acid", code: next.code })
      return {
        content: [{ type: "tool-call" as const, toolCallId: `call-${calls.length}`, toolName: "save_clip", input }],
        ...{ finishReason: { unified: "tool-calls", raw: undefined }, usage, warnings: [] },
      }
    },
  })
  expect(await ask(model, { url: test.url, prompt: "Save an acid kick." })).toBe("It plays.")
  expect(heard[0]).toContain("gain")
  expect(await test.client.clip.byId.query({ projectId: "ai-sdk", id: "acid" })).toMatchObject({
    code: 's("bd*4").gain(.8)',
  })
})
