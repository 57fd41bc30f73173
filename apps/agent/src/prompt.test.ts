import { afterAll, beforeAll, expect, it } from "vitest"
import { type AgentStack, startAgentStack } from "./testing/agent-stack.ts"

let stack: AgentStack
beforeAll(async () => {
  stack = await startAgentStack()
  stack.work()
})
afterAll(() => stack.close())

const base64 = (text: string) => Buffer.from(text).toString("base64")

it("tells the model of the item, its code, the project, memory files, the primary first, and the reference", async () => {
  await stack.client.project.importFiles.mutate({
    projectId: "dub",
    files: [
      { path: "clips/bass.js", content: base64('note("c2").s("sawtooth").lpf(400)') },
      { path: "notes/habits.md", content: base64("We like it slow.") },
      { path: "AGENTS.md", content: base64("Never above 90 bpm.") },
    ],
  })
  const sessionId = await stack.begin({ projectId: "dub", itemId: "bass" })
  for (const [filePath, isPrimary] of [
    ["notes/habits.md", false],
    ["./AGENTS.md", true],
    ["/home/me/else.md", false],
  ] as const) {
    await stack.client.memoryFile.create.mutate({ sessionId, filePath, isPrimary })
  }
  stack.script({ text: ["Slow."] })
  await stack.ask(sessionId, "A stutter on the bass?")
  await stack.ended(sessionId)
  const system = String(stack.provider.asked[0]?.messages[0]?.content)
  expect(system).toContain("You are the agent of a library")
  expect(system).toContain('note("c2").s("sawtooth").lpf(400)')
  expect(system).toContain("strudel://project/dub")
  expect(system.indexOf("Never above 90 bpm.")).toBeGreaterThan(0)
  expect(system.indexOf("We like it slow.")).toBeGreaterThan(system.indexOf("Never above 90 bpm."))
  expect(system).toContain("/home/me/else.md: the project keeps no such text.")
  expect(system).toMatch(/# Entries of the reference\n\n[^#]*\b(stut|ply|echo)/)
  const loaded = await stack.client.memoryFile.list.query({ sessionId })
  expect(
    loaded
      .filter((file) => file.loaded)
      .map(({ filePath }) => filePath)
      .toSorted(),
  ).toEqual(["./AGENTS.md", "notes/habits.md"])
})

it("tells the model the code as the person has it, where that is not stored", async () => {
  await stack.client.clip.create.mutate({ projectId: "dub", id: "hat", name: "Hat", code: 's("hh*8")' })
  const sessionId = await stack.begin({ projectId: "dub", itemId: "hat" })
  stack.script({ text: ["I see."] })
  const context = { item_type: "clip", item_id: "hat", project_id: "dub", code: 's("hh*16").gain(.4)' }
  await stack.client.message.append.mutate({ sessionId, messages: [{ role: "user", content: "And so?", context }] })
  await stack.ended(sessionId)
  expect(stack.provider.asked.at(-1)?.messages[0]?.content).toContain('not saved\n\ns("hh*16").gain(.4)')
})

it("shortens a long conversation for the model, and stores it as it was", async () => {
  const sessionId = await stack.begin()
  const long = (index: number) => `Number ${index}: ${"la ".repeat(1500)}`
  const history = Array.from({ length: 300 }, (_, index) => ({
    role: index % 2 === 0 ? ("note" as const) : ("assistant" as const),
    content: long(index),
  }))
  await stack.client.message.append.mutate({ sessionId, messages: history })
  stack.script({ text: ["Short."] })
  await stack.ask(sessionId, "Well?")
  await stack.ended(sessionId)
  const asked = stack.provider.asked.at(-1)
  expect(asked?.said.length).toBeLessThan(160_000)
  expect(asked?.said).toContain("Earlier messages are left out")
  expect(asked?.said).toContain("Number 299")
  expect(asked?.said).not.toContain("Number 10:")
  expect(asked?.messages.at(-1)).toMatchObject({ role: "user", content: "Well?" })
  const { messages } = await stack.client.message.list.query({ sessionId, after: 9, limit: 1 })
  expect(messages[0]?.content).toBe(long(10))
})
