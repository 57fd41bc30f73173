import { BackupRestore } from "@strudel-agent/contract/backup"
import { afterAll, beforeAll, expect, it } from "vitest"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const worker = "one"

/** Answers a session of which a clip is proposed. */
async function answer(key: { sessionId: string; number: number }, callId: string) {
  await test.caller.run.write({ ...key, worker, from: 0, events: [{ type: "text", text: "A kick." }] })
  await propose(key, callId)
  const usage = { inputTokens: 1, cachedTokens: 0, outputTokens: 1 }
  await test.caller.run.finish({ ...key, worker, usage, cost: 0.01 })
}

async function begin() {
  const { id: sessionId } = await test.caller.session.create({ answeredBy: "strudel", changeMode: "staged" })
  await test.caller.message.append({ sessionId, messages: [{ role: "user", content: "Make a kick." }] })
  const claimed = await test.caller.run.claim({ worker })
  const key = { sessionId, number: claimed?.run.number ?? 0 }
  expect(claimed?.run.sessionId).toBe(sessionId)
  return key
}

const propose = (key: { sessionId: string; number: number }, callId: string) =>
  test.caller.run.change({
    ...{ ...key, worker, callId, path: "clip.create" as const },
    input: { projectId: "house", id: callId, name: "Kick", code: 's("bd*4")' },
  })

const kinds = ["session", "message", "run", "runChange"] as const

/** What a backup holds of sessions and their runs. */
async function readAll() {
  const pages = kinds.map(async (kind) => ({ kind, records: (await test.caller.backup.read({ kind })).records }))
  return Promise.all(pages)
}

async function restore(calls: Awaited<ReturnType<typeof readAll>>, dryRun = false) {
  const outcomes: Record<string, (string | undefined)[]> = {}
  for (const { kind, records } of calls) {
    const restored = await test.caller.backup.restore(BackupRestore.parse({ kind, records, dryRun }))
    outcomes[kind] = restored.records.map(({ outcome, why }) => (why === undefined ? outcome : `${outcome}: ${why}`))
  }
  return outcomes
}

it("holds answers with what they cost and the changes that they propose, and no answer that is being written", async () => {
  const key = await begin()
  await test.caller.run.write({
    ...{ ...key, worker, from: 0, provider: "openai", model: "small" },
    events: [
      { type: "text", text: "A kick." },
      { type: "call", callId: "kick", tool: "save_clip", title: "Save a clip", input: { id: "kick" } },
    ],
  })
  await propose(key, "kick")
  const usage = { inputTokens: 100, cachedTokens: 20, outputTokens: 30 }
  await test.caller.run.finish({ ...key, worker, usage, cost: 0.01 })
  const open = await begin()
  await propose(open, "open")

  const calls = await readAll()
  expect(calls.map(({ kind, records }) => [kind, records.length])).toEqual([
    ["session", 2],
    ["message", 3],
    ["run", 1],
    ["runChange", 1],
  ])
  expect(await test.caller.backup.counts()).toMatchObject({ run: 1 })
  const { revision: _, ...run } = await test.caller.run.byNumber(key)
  const { changes } = await test.caller.run.changes({ sessionId: key.sessionId })
  const costs = await test.caller.run.costs({ by: "session" })
  await test.caller.session.delete({ id: key.sessionId })
  await test.caller.session.delete({ id: open.sessionId })

  expect(await restore(calls, true)).toMatchObject({ run: ["added"], runChange: ["added"] })
  expect(await restore(calls.slice(2))).toEqual({
    run: ["left: its session is not there"],
    runChange: ["left: the run that made it is not there"],
  })
  expect(await restore(calls)).toMatchObject({ run: ["added"], runChange: ["added"] })
  expect(await restore(calls)).toMatchObject({ run: ["same"], runChange: ["same"] })
  expect(await test.caller.run.byNumber(key)).toMatchObject({ ...run, changesRevision: expect.any(Number) })
  expect((await test.caller.run.changes({ sessionId: key.sessionId })).changes).toEqual(changes)
  const restored = await test.caller.run.costs({ by: "session" })
  expect(restored.rows.find((row) => row.key === key.sessionId)).toEqual(
    costs.rows.find((row) => row.key === key.sessionId),
  )
  expect(await test.caller.run.claim({ worker })).toBeNull()

  await test.caller.run.decide({ ...key, callId: "kick", approved: true })
  expect(await test.caller.clip.byId({ projectId: "house", id: "kick" })).toMatchObject({ version: 1 })
  await test.caller.session.update({ id: key.sessionId, answeredBy: "strudel" })
  await test.caller.message.append({ sessionId: key.sessionId, messages: [{ role: "user", content: "Louder." }] })
  expect((await test.caller.run.claim({ worker }))?.run).toMatchObject({ sessionId: key.sessionId, number: 2 })
})

it("puts no answer and no change of a session into one of the same id that went on otherwise", async () => {
  const key = await begin()
  await answer(key, "mine")
  const calls = (await readAll()).map(({ kind, records }) => ({
    kind,
    records: records.filter((record) => JSON.stringify(record).includes(key.sessionId)),
  }))
  await test.caller.session.delete({ id: key.sessionId })
  await test.caller.session.create({ id: key.sessionId, answeredBy: "strudel", changeMode: "staged" })
  await test.caller.message.append({
    sessionId: key.sessionId,
    messages: [
      { role: "user", content: "Another talk." },
      { role: "user", content: "It goes on." },
    ],
  })
  expect(await restore(calls.slice(2))).toEqual({
    run: ["left: what it answers is not there"],
    runChange: ["left: the run that made it is not there"],
  })
  const claimed = await test.caller.run.claim({ worker })
  expect(claimed?.run).toMatchObject({ sessionId: key.sessionId, number: 1 })
  await answer(key, "other")
  expect(await restore(calls.slice(2))).toEqual({
    run: ["kept: the library has another one, which stays"],
    runChange: ["left: the run that made it is not there"],
  })
})

it("takes no steps and no operation that the page could not show", async () => {
  const key = await begin()
  await answer(key, "odd")
  const calls = await readAll()
  const [run] = calls[2]?.records ?? []
  const [change] = calls[3]?.records ?? []
  for (const [kind, record] of [
    ["run", { ...run, steps: [{ type: "dance" }] }],
    ["runChange", { ...change, operation: { path: "session.delete", input: {} } }],
  ]) {
    expect(BackupRestore.safeParse({ kind, records: [record] }).success).toBe(false)
  }
})
