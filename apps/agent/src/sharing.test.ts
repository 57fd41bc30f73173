import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { type AgentStack, startAgentStack } from "./testing/agent-stack.ts"

const app = fileURLToPath(new URL("..", import.meta.url))

let stack: AgentStack
let processes: ChildProcess[] = []
beforeAll(() => {
  execFileSync(process.execPath, ["build.mjs"], { cwd: app })
})
beforeEach(async () => {
  stack = await startAgentStack()
})
afterEach(async () => {
  for (const child of processes) child.kill("SIGKILL")
  processes = []
  await stack.close()
})

/** The program as it is shipped. */
function startProgram(): ChildProcess {
  const { url, dataDir, environment } = stack
  const child = spawn(process.execPath, ["dist/main.mjs"], {
    cwd: app,
    env: { PATH: process.env.PATH, STRUDEL_URL: url, STRUDEL_DATA_DIR: dataDir, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  })
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => stack.printed.push(String(chunk)))
  processes.push(child)
  return child
}

const stepsOf = (sessionId: string) =>
  stack.client.run.byNumber.query({ sessionId, number: 1 }).then(
    ({ steps }) => steps.length,
    () => 0,
  )

describe("workers", () => {
  it("share what there is, and answer each question once", async () => {
    for (const atOnce of [2, 2, 2]) stack.work({ atOnce })
    const sessions = await Promise.all(Array.from({ length: 12 }, () => stack.begin()))
    stack.script(...sessions.map(() => ({ text: ["Once."], pause: 20 })))
    await Promise.all(sessions.map((sessionId) => stack.ask(sessionId, "Well?")))
    for (const sessionId of sessions) {
      await stack.ended(sessionId)
      expect((await stack.messages(sessionId)).map(({ content }) => content)).toEqual(["Well?", "Once."])
    }
    expect(stack.provider.asked).toHaveLength(sessions.length)
  })

  it("take up what is asked while they answer, in order", async () => {
    stack.work()
    const sessionId = await stack.begin()
    stack.script(
      { text: ["To ", "the ", "first."], pause: 1500 },
      { text: ["To the second."], pause: 200 },
      { text: ["To the third."] },
    )
    await stack.ask(sessionId, "First?")
    await expect.poll(() => stepsOf(sessionId)).toBeGreaterThan(0)
    await stack.ask(sessionId, "Second?")
    await stack.ended(sessionId, 2)
    await stack.ask(sessionId, "Third?")
    await stack.ended(sessionId, 3)
    expect((await stack.messages(sessionId)).map(({ content }) => content)).toEqual([
      ...["First?", "Second?", "To the first.", "To the second.", "Third?", "To the third."],
    ])
    const [, second] = stack.provider.asked
    expect(second?.messages.slice(1).map(({ role }) => role)).toEqual(["user", "assistant", "user"])
    expect(JSON.stringify(second?.messages.at(-1))).toContain("Second?")
  })

  it("go on where another one was killed, or keep what it said", async () => {
    const killed = startProgram()
    const [told, untold] = [await stack.begin(), await stack.begin()]
    stack.script({ text: ["A beginning"], ends: "silent" })
    await stack.ask(told, "One?")
    await expect.poll(() => stepsOf(told)).toBe(1)
    stack.script({ ends: "silent" })
    await stack.ask(untold, "Two?")
    await expect.poll(() => stack.provider.asked.length).toBe(2)
    killed.kill("SIGKILL")
    await once(killed, "exit")
    stack.script({ text: ["By another."] })
    startProgram()
    // After so long without a word of its worker, a run is left.
    await stack.database.db.$executeRaw`UPDATE runs SET lease_until = now() - interval '1 second'`
    expect(await stack.ended(told)).toMatchObject({ state: "interrupted", messageIndex: 1 })
    expect(await stack.ended(untold)).toMatchObject({ state: "finished" })
    expect((await stack.messages(told))[1]).toMatchObject({ content: "A beginning", context: { ended: "interrupted" } })
    expect((await stack.messages(untold))[1]).toMatchObject({ content: "By another." })
  })

  it("let go of their runs when they are asked to end", async () => {
    const stopped = startProgram()
    const sessionId = await stack.begin()
    stack.script({ ends: "silent" })
    await stack.ask(sessionId, "Well?")
    await expect.poll(() => stack.provider.asked.length).toBe(1)
    stopped.kill("SIGTERM")
    expect(await once(stopped, "exit")).toEqual([0, null])
    expect(await stack.run(sessionId)).toMatchObject({ state: "queued" })
    stack.script({ text: ["By another."] })
    stack.work()
    expect(await stack.ended(sessionId)).toMatchObject({ state: "finished" })
  })
})
