import { chosenModel } from "@strudel-agent/model-provider/chosen-model"
import { readSavedSettings, saveSettings } from "@strudel-agent/model-provider/settings-file"
import { afterAll, beforeAll, expect, it } from "vitest"
import { type AgentStack, secretKey, startAgentStack } from "./testing/agent-stack.ts"

const savedKey = "sk-saved-41d6a0e2b97c4f58-never-told"

let stack: AgentStack
beforeAll(async () => {
  stack = await startAgentStack()
})
afterAll(() => stack.close())

/** Everything that the database holds, as text. */
async function everyRow(): Promise<string> {
  const { db } = stack.database
  const tables = await db.$queryRaw<{ name: string }[]>`
    SELECT quote_ident(table_name) AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`
  const texts: string[] = []
  for (const { name } of tables) {
    const rows = await db.$queryRawUnsafe<{ row: string | null }[]>(
      `SELECT string_agg(t::text, '') AS row FROM ${name} AS t`,
    )
    texts.push(...rows.flatMap(({ row }) => row ?? []))
  }
  return texts.join("\n")
}

it("a key is in no log, no answer, no row and no settings that are told", async () => {
  const { client, provider } = stack
  const told: unknown[] = []
  told.push(await client.agent.saveSettings.mutate({ key: { provider: "openrouter", key: savedKey } }))
  // A provider that tells the key it was given, in an error and in the middle of an answer.
  const body = JSON.stringify({ error: { message: `Incorrect API key provided: ${secretKey}, ${savedKey}.` } })
  const inStream = (text: string) => ({ text: [text], ends: "malformed" as const })
  provider.script({ status: 400, body }, { status: 401, body }, { status: 500, body }, inStream("Well"))
  stack.work({ limits: { tries: 1 } })
  for (let count = 0; count < 4; count++) {
    const sessionId = await stack.begin()
    await stack.ask(sessionId, "Well?")
    told.push(await stack.ended(sessionId), await stack.messages(sessionId))
  }
  provider.script({ status: 400, body })
  told.push(await client.agent.test.mutate())
  told.push(await client.agent.models.query({ provider: "openai" }))
  told.push(await client.agent.settings.query(), await client.agent.status.query())
  for (const path of ["agent.settings", "agent.status"]) {
    told.push(await (await fetch(`${stack.url}/trpc/${path}`)).text())
  }
  // A mistake in the input is told without it.
  const wrong = { key: { provider: "openai", key: `${secretKey} with spaces` } }
  const headers = { "content-type": "application/json" }
  told.push(
    await (
      await fetch(`${stack.url}/trpc/agent.saveSettings`, { method: "POST", headers, body: JSON.stringify(wrong) })
    ).text(),
  )
  const everything = [JSON.stringify(told), stack.printed.join("\n"), await everyRow()].join("\n")
  expect(everything).toContain("Incorrect API key provided")
  for (const key of [secretKey, savedKey]) {
    for (const part of [key, key.slice(0, 16), key.slice(-16)]) expect(everything).not.toContain(part)
  }
})

it("a question waits for a model, and meanwhile it is said what to do", async () => {
  await saveSettings(stack.dataDir, { key: { provider: "openrouter", key: null } })
  const other = await startAgentStack()
  try {
    const environment: Record<string, string | undefined> = {}
    other.work({ environment })
    const sessionId = await other.begin()
    await other.ask(sessionId, "Well?")
    await expect.poll(async () => (await other.client.agent.status.query()).isWorking).toBe(true)
    expect((await other.client.run.list.query({ sessionId })).runs).toEqual([])
    expect(chosenModel({ environment, saved: await readSavedSettings(other.dataDir) })).toEqual({
      problem: expect.stringMatching(/settings.*OPENROUTER_API_KEY/),
    })
    other.script({ text: ["Here."] })
    Object.assign(environment, other.environment)
    expect(await other.ended(sessionId)).toMatchObject({ state: "finished" })
  } finally {
    await other.close()
  }
})

it("says whether a process answers", async () => {
  const other = await startAgentStack()
  try {
    expect(await other.client.agent.status.query()).toEqual({
      ...{ provider: "openai", model: "scripted", problem: null, isWorking: false, lastAsked: null },
    })
    other.work()
    await expect.poll(async () => (await other.client.agent.status.query()).isWorking).toBe(true)
  } finally {
    await other.close()
  }
})
