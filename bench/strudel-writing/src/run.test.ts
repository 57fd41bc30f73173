import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { secretKey, startAgentStack } from "@strudel-agent/agent/src/testing/agent-stack.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import { runYardstick } from "./run.ts"
import { solve } from "./scripted-model.ts"
import { tasks } from "./tasks.ts"

const folder = mkdtempSync(join(tmpdir(), "strudel-yardstick-"))
const file = join(folder, "recording.jsonl")
const some = tasks.filter(({ kind }) => kind === "mend").slice(0, 2)

/** An installation whose settings no variable of the environment decides, and what the command does with it. */
async function startInstallation() {
  const stack = await startAgentStack()
  const { STRUDEL_AGENT_MODEL: _model, OPENAI_BASE_URL: _address, ...rest } = stack.environment
  const environment = { ...rest, OPENAI_BASE_URL: new URL(stack.provider.url).origin }
  Object.assign(stack.environment, { STRUDEL_AGENT_MODEL: undefined })
  stack.work()
  const run = async (options: Partial<Parameters<typeof runYardstick>[0]>) => {
    const said: string[] = []
    const only = some.map(({ id }) => id)
    const words = { say: (line: string) => void said.push(line), tell: () => {} }
    const isDone = await runYardstick({ url: stack.url, only, minutes: 1, environment, ...words, ...options })
    return { isDone, table: said.join("\n") }
  }
  return { stack, environment, run }
}

let first: Awaited<ReturnType<typeof startInstallation>>
beforeAll(async () => {
  first = await startInstallation()
})
afterAll(async () => {
  await first.stack.close()
  rmSync(folder, { recursive: true, force: true })
})

it("records what a provider answers, and judges it once more without it", async () => {
  const { stack, environment, run } = first
  for (const task of some) stack.provider.script(...solve(task, `yardstick-${task.id}`))
  const recorded = await run({ record: file, environment: { ...environment, STRUDEL_AGENT_MODEL: "openai:scripted" } })
  expect(recorded).toMatchObject({ isDone: true, table: expect.stringContaining("| all | 2 of 2 |") })
  expect(stack.provider.asked[0]).toMatchObject({ model: "scripted", key: secretKey })
  expect(readFileSync(file, "utf8")).not.toContain(secretKey)

  const other = await startInstallation()
  const replayed = await other.run({ replay: file })
  expect(other.stack.provider.asked).toEqual([])
  expect(replayed).toMatchObject({ isDone: true, table: expect.stringContaining("| all | 2 of 2 |") })
  await other.stack.close()
}, 120_000)

it("writes over no recording, and leaves none behind of which nothing came", async () => {
  const { stack, environment, run } = first
  const withModel = { ...environment, STRUDEL_AGENT_MODEL: "openai:scripted" }
  const paid = join(folder, "paid.jsonl")
  writeFileSync(paid, "paid for\n")
  await expect(run({ record: paid, environment: withModel })).rejects.toThrow(`${paid} is there already`)
  expect(readFileSync(paid, "utf8")).toBe("paid for\n")
  const empty = join(folder, "empty.jsonl")
  const nowhere = new URL(stack.url)
  nowhere.port = "1"
  await expect(run({ record: empty, url: nowhere.origin, environment: withModel })).rejects.toThrow()
  expect(existsSync(empty)).toBe(false)
})

it("says what cannot be recorded, and what is no recording", async () => {
  const { environment, run } = first
  const named = (STRUDEL_AGENT_MODEL: string) =>
    run({ record: file, environment: { ...environment, STRUDEL_AGENT_MODEL } })
  await expect(named("anthropic:some")).rejects.toThrow("ANTHROPIC_API_KEY")
  const withKey = { ...environment, STRUDEL_AGENT_MODEL: "anthropic:some", ANTHROPIC_API_KEY: "key" }
  await expect(run({ record: file, environment: withKey })).rejects.toThrow("Anthropic cannot be recorded")
  await expect(named("some")).rejects.toThrow("STRUDEL_AGENT_MODEL")
  await expect(
    run({ record: folder, environment: { ...environment, STRUDEL_AGENT_MODEL: "openai:x" } }),
  ).rejects.toThrow("is there already")
  writeFileSync(file, "what is this\n")
  await expect(run({ replay: file })).rejects.toThrow("line 1 of the recording")
})
