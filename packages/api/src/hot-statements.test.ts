import { randomUUID } from "node:crypto"
import { createDatabase, type Database } from "@strudel-agent/database/client"
import { placements } from "@strudel-agent/database/distribution"
import { claimVersions, countAttempt, storeAnalysis } from "@strudel-agent/database/queries/clip/analysis"
import { apartProblems, spreadProblems } from "@strudel-agent/database/testing/spread-rules"
import { statementProblems } from "@strudel-agent/database/testing/statement-rules"
import { afterAll, beforeAll, expect, it } from "vitest"
import { createCaller } from "./root.ts"
import { createTestCaller, type TestCaller, testPool } from "./testing/test-caller.ts"

/** The statement of an echo, which its parameters follow in brackets. */
function statementOf(echoed: string): string {
  const [statement = ""] = echoed.split(" [", 1)
  if (statement.split("(").length !== statement.split(")").length) throw new Error(`not a whole statement: ${echoed}`)
  return statement
}

const sent: string[] = []
let test: TestCaller
let database: Database
let caller: ReturnType<typeof createCaller>
beforeAll(async () => {
  test = await createTestCaller()
  const log = { info: (text: string) => void sent.push(statementOf(text)), warn() {} }
  database = createDatabase({ url: test.url, pool: { ...testPool, echo: true }, log })
  caller = createCaller({ ...test.context, database })
})
afterAll(async () => {
  await database.close()
  await test.close()
})

const sessionId = randomUUID()
const kick = { projectId: "p", id: "kick" }
const song = { projectId: "p", id: "song" }
const set = { projectId: "p", id: "set" }
const clientId = randomUUID()
const worker = { worker: "w" }
const run = { sessionId, number: 1 }
const usage = { inputTokens: 1, cachedTokens: 0, outputTokens: 1 }
const said = (content: string) => ({ role: "user" as const, content })

beforeAll(async () => {
  await caller.session.create({ id: sessionId, projectId: "p", itemType: "clip", itemId: "kick" })
  await caller.message.append({ sessionId, messages: [said("a"), { ...said("b"), clientId }, said("c")] })
  await caller.memoryFile.create({ sessionId, filePath: "a.md" })
  const origin = { sessionId, messageIndex: 0 }
  await caller.clip.create({ ...kick, name: "Kick", code: 's("bd")', origin })
  await caller.song.create({ ...song, name: "Song", clipIds: ["kick"] })
  await caller.playlist.create({ ...set, name: "Set", songIds: ["song"] })
})

const file = { path: "clips/snare.js", content: Buffer.from('s("sd")').toString("base64") }

/** In this order: what is deleted is made before. */
const calls: [string, () => Promise<unknown>][] = [
  ["newest messages", () => caller.message.list({ sessionId })],
  ["older messages", () => caller.message.list({ sessionId, before: 2 })],
  ["later messages", () => caller.message.list({ sessionId, after: 0 })],
  ["messages as REST tells them", () => caller.restPage.messages({ sessionId })],
  ["an append", () => caller.message.append({ sessionId, messages: [said("d")] })],
  [
    "an append of many",
    () => caller.message.append({ sessionId, messages: Array.from({ length: 100 }, () => said("e")) }),
  ],
  ["an append sent again", () => caller.message.append({ sessionId, messages: [{ ...said("b"), clientId }] })],
  ["a count of messages", () => caller.message.count({ sessionId })],
  ["a message by its moment", () => caller.message.findByDate({ sessionId, at: "2026-01-01T00:00:00Z" })],
  ["a new session", () => caller.session.create({})],
  ["a session", () => caller.session.byId({ id: sessionId })],
  ["a session touched", () => caller.session.touch({ id: sessionId })],
  ["a session seen", () => caller.session.markSeen({ id: sessionId, count: 1 })],
  ["a session renamed", () => caller.session.rename({ id: sessionId, name: "Take" })],
  ["a session changed", () => caller.session.update({ id: sessionId, metadata: { bpm: 90 } })],
  ["a session's status", () => caller.session.setStatus({ id: sessionId, status: "idle" })],
  ["a new memory file", () => caller.memoryFile.create({ sessionId, filePath: "b.md", isPrimary: true })],
  ["memory files", () => caller.memoryFile.list({ sessionId })],
  ["the primary memory file", () => caller.memoryFile.primary({ sessionId })],
  ["a memory file changed", () => caller.memoryFile.update({ sessionId, filePath: "a.md", isPrimary: true })],
  ["a memory file deleted", () => caller.memoryFile.delete({ sessionId, filePath: "b.md" })],
  ["a new clip", () => caller.clip.create({ projectId: "p", id: "hat", name: "Hat", code: 's("hh")' })],
  ["a clip", () => caller.clip.byId(kick)],
  ["a clip saved", () => caller.clip.update({ ...kick, code: 's("bd*2")', expectedVersion: 1 })],
  ["a clip renamed", () => caller.clip.update({ ...kick, name: "Drum" })],
  ["versions of a clip", () => caller.clip.versions(kick)],
  ["history of a clip", () => caller.clip.history(kick)],
  ["a version of a clip", () => caller.clip.version({ ...kick, version: 1 })],
  ["a clip restored", () => caller.clip.restore({ ...kick, version: 1 })],
  ["a clip's picture", () => caller.clip.picture(kick)],
  ["a clip deleted", () => caller.clip.delete({ projectId: "p", id: "hat" })],
  ["a song", () => caller.song.byId(song)],
  ["pictures of a song", () => caller.song.pictures(song)],
  ["a song changed", () => caller.song.update({ ...song, body: "Text" })],
  ["a song arranged", () => caller.song.setClips({ ...song, clipIds: ["kick", "kick"] })],
  ["history of a song", () => caller.song.history(song)],
  ["a playlist", () => caller.playlist.byId(set)],
  ["a playlist changed", () => caller.playlist.update({ ...set, body: "Text" })],
  ["a playlist arranged", () => caller.playlist.setSongs({ ...set, songIds: ["song", "song"] })],
  ["history of a playlist", () => caller.playlist.history(set)],
  ["a song of a playlist deleted in vain", () => caller.song.delete(song).catch(() => undefined)],
  ["a playlist deleted", () => caller.playlist.delete(set)],
  ["a song deleted", () => caller.song.delete(song)],
  ["a project", () => caller.project.byId({ id: "p" })],
  ["a project changed", () => caller.project.update({ id: "p", description: "Text" })],
  ["a file that is imported", () => caller.project.importFiles({ projectId: "p", files: [file] })],
  ["files that are exported", () => caller.project.exportFiles({ projectId: "p" })],
  [
    "what was found of a clip",
    async () => {
      const [claimed] = await claimVersions(test.database.db, 1)
      const key = { ...kick, version: claimed?.version ?? 1 }
      await countAttempt(database.db, key)
      const nothing = { problem: null, cps: null, events: 0, cycles: 1, sounds: [], samples: [], picture: null }
      await storeAnalysis(database.db, key, { ...nothing, state: "silent" })
    },
  ],
  ["a session that is answered here", () => caller.session.update({ id: sessionId, answeredBy: "strudel" })],
  ["a question", () => caller.message.append({ sessionId, messages: [said("louder")] })],
  [
    "a run",
    async () => {
      await test.caller.run.claim(worker)
      await caller.run.write({ ...run, ...worker, from: 0, events: [{ type: "text", text: "Yes" }] })
      const input = { projectId: "p", id: "bass", name: "Bass", code: 's("saw")' }
      await caller.run.change({ ...run, ...worker, callId: "a", path: "clip.create", input })
      const night = { projectId: "p", id: "night", name: "Night", clipIds: ["bass"] }
      await caller.run.change({ ...run, ...worker, callId: "s", path: "song.create", input: night })
      const friday = { projectId: "p", id: "friday", name: "Friday", songIds: ["night"] }
      await caller.run.change({ ...run, ...worker, callId: "t", path: "playlist.create", input: friday })
      await caller.run.byNumber(run)
      await caller.run.finish({ ...run, ...worker, usage, cost: null })
    },
  ],
  ["runs of a session", () => caller.run.list({ sessionId })],
  [
    "a run that is stopped, with a proposal",
    async () => {
      await caller.session.update({ id: sessionId, changeMode: "staged" })
      await caller.run.again({ sessionId })
      await test.caller.run.claim(worker)
      const again = { sessionId, number: 2 }
      const input = { projectId: "p", id: "bass", code: 's("sine")' }
      await caller.run.change({ ...again, ...worker, callId: "b", path: "clip.update", input })
      await caller.run.stop({ sessionId })
      await caller.run.decide({ ...again, callId: "b", approved: true })
    },
  ],
  ["changes of runs", () => caller.run.changes({ sessionId })],
  ["a session deleted", () => caller.session.delete({ id: sessionId })],
]

it("each statement of a call that is made often runs where its rows lie", async () => {
  const touched = new Set<string>()
  const told: string[] = []
  for (const [name, call] of calls) {
    sent.length = 0
    await call()
    const tables = Object.keys(placements).filter((table) => sent.some((sql) => new RegExp(`\\b${table}\\b`).test(sql)))
    expect(tables, name).not.toEqual([])
    for (const table of tables) touched.add(table)
    for (const sql of sent) {
      const problems = [...statementProblems(sql), ...spreadProblems(sql), ...apartProblems(sql)]
      told.push(...problems.map((problem) => `${name}: ${problem}: ${sql}`))
    }
  }
  expect(told).toEqual([])
  const distributed = Object.entries(placements).filter(([, { kind }]) => kind === "distributed")
  expect(distributed.map(([table]) => table).filter((table) => !touched.has(table))).toEqual([])
}, 120_000)

it("a statement that asks every machine is told", async () => {
  sent.length = 0
  await caller.clip.find({ id: "kick" }).catch(() => undefined)
  expect(sent.flatMap((sql) => statementProblems(sql))).toContain("clips is not named by project_id")
})
