import { randomUUID } from "node:crypto"
import { BackupRestore, backupKinds } from "@strudel-agent/contract/backup"
import { createDatabase, type Database } from "@strudel-agent/database/client"
import { claimVersions } from "@strudel-agent/database/queries/clip/analysis"
import { claimUnmeasured, releaseUnmeasured, storeAudio } from "@strudel-agent/database/queries/clip/audio"
import { spreadProblems } from "@strudel-agent/database/testing/spread-rules"
import { sweepRuns } from "@strudel-agent/library/run/run"
import { afterAll, beforeAll, expect, it } from "vitest"
import { createCaller } from "./root.ts"
import { createTestCaller, type TestCaller, testPool } from "./testing/test-caller.ts"

const sent: string[] = []
let test: TestCaller
let database: Database
let caller: ReturnType<typeof createCaller>
beforeAll(async () => {
  test = await createTestCaller()
  const log = { info: (text: string) => void sent.push(text.split(" [", 1)[0] ?? ""), warn() {} }
  database = createDatabase({ url: test.url, pool: { ...testPool, echo: true }, log })
  caller = createCaller({ ...test.context, database })
})
afterAll(async () => {
  await database.close()
  await test.close()
})

const sessionId = randomUUID()
const code = 's("bd sd")'

beforeAll(async () => {
  await caller.session.create({ id: sessionId, projectId: "p", name: "Kick talk", answeredBy: "strudel" })
  const change = { item_type: "clip" as const, item_id: "kick", project_id: "p", after: code }
  await caller.message.append({
    sessionId,
    messages: [{ role: "user", content: "more of the kick", codeChanges: [change] }],
  })
  await caller.clip.create({ projectId: "p", id: "kick", name: "Kick", code, origin: { sessionId, messageIndex: 0 } })
  await caller.clip.create({ projectId: "p", id: "snare", name: "Snare", code })
  await caller.song.create({ projectId: "p", id: "song", name: "Kick song", clipIds: ["snare"] })
  await caller.playlist.create({ projectId: "p", id: "set", name: "Kick set", songIds: ["song"] })
})

const calls: [string, () => Promise<unknown>][] = [
  ["a search", () => caller.search.query({ q: "kick" })],
  ["a search of words that none has", () => caller.search.query({ q: "theremin" })],
  ["a search of a phrase", () => caller.search.query({ q: '"the kick"' })],
  ["a search of a project's", () => caller.search.query({ q: "kick in:p" })],
  ["a search of what only filters", () => caller.search.query({ q: "tag:acid" })],
  ["a mistyped search", () => caller.search.query({ q: "kcik song" })],
  ["tags", () => caller.search.values({ filter: "tag", begins: "a" })],
  ["projects by the beginning of their names", () => caller.search.values({ filter: "in", begins: "p" })],
  ["agents", () => caller.search.values({ filter: "agent", begins: "s" })],
  ["projects", () => caller.project.list({})],
  ["sessions by a mistyped name", () => caller.session.list({ q: "kcik talk" })],
  ["songs", () => caller.song.list({})],
  ["songs by a mistyped name", () => caller.song.list({ q: "kcik song" })],
  ["playlists", () => caller.playlist.list({})],
  ["cards of clips", () => caller.clip.cards({})],
  ["clips by how they sound", () => caller.clip.cards({ sort: "density", sound: ["loud", "clips"], limit: 5 })],
  [
    "clips that sound like one",
    async () => {
      const figures = { loudness: -9, peak: 0, brightness: 900, density: 4, clipping: true }
      const likeness = Array.from({ length: 12 }, () => 1)
      for (const id of ["kick", "snare"]) {
        await storeAudio(
          database.db,
          { projectId: "p", id, version: 1 },
          { audio: {}, figures: { ...figures, likeness } },
        )
      }
      const { items } = await caller.clip.similar({ projectId: "p", id: "kick" })
      expect(items.map(({ id }) => id)).toEqual(["snare"])
    },
  ],
  ["what to filter clips by", () => caller.clip.facets({})],
  ["which clips a message's code is of", () => caller.clip.homesOfMessage({ sessionId, messageIndex: 0 })],
  ["code of a moment", () => caller.session.codeAt({ id: sessionId, messageIndex: 0 })],
  ["the first code", () => caller.session.firstCode({ id: sessionId })],
  [
    "what was imported",
    () => caller.session.findImported({ ids: [sessionId], imported: [{ first: "a" }, { key: "b" }] }),
  ],
  ["a run that waits", () => caller.run.claim({ worker: "w" })],
  ["what runs cost by project", () => caller.run.costs({ by: "project", projectId: "p" })],
  ["what runs cost by day", () => caller.run.costs({ by: "day", from: "2026-01-01T00:00:00Z" })],
  ["a sweep of runs", () => sweepRuns(database.db)],
  ["versions that nobody listened to", () => claimVersions(database.db, 5)],
  [
    "a version whose sound nobody measured",
    async () => {
      const version = { projectId: "p", id: "kick", version: 1 }
      await claimUnmeasured(database.db)
      await releaseUnmeasured(database.db, version)
      await storeAudio(database.db, version, { problem: "none" })
    },
  ],
  ["how much a backup has", () => caller.backup.counts()],
  ["what does not fit", () => caller.backup.inconsistencies({})],
  ["a fork", () => caller.session.fork({ id: sessionId, messageIndex: 0 })],
]

it.each(calls)("several machines can answer %s", async (_, call) => {
  sent.length = 0
  await call()
  expect(sent.length).toBeGreaterThan(0)
  expect(sent.flatMap((sql) => spreadProblems(sql).map((problem) => `${problem}: ${sql}`))).toEqual([])
})

it.each(backupKinds)("several machines can answer a backup and bring it back: %s", async (kind) => {
  const page = await caller.backup.read({ kind })
  sent.length = 0
  await caller.backup.read({ kind })
  if (page.records.length > 0) await caller.backup.restore(BackupRestore.parse({ kind, records: page.records }))
  expect(sent.length).toBeGreaterThan(0)
  expect(sent.flatMap((sql) => spreadProblems(sql).map((problem) => `${problem}: ${sql}`))).toEqual([])
})

it("a move asks one part after the other before it reads any", async () => {
  sent.length = 0
  const { moved } = await caller.clip.moveMany({ keys: [{ projectId: "p", id: "kick" }], toProjectId: "q" })
  expect(moved).toHaveLength(1)
  expect(sent.flatMap((sql) => spreadProblems(sql))).toEqual([])
  const asking = sent.findIndex((sql) => sql.includes("citus.multi_shard_modify_mode"))
  const reading = sent.findIndex((sql) => /\b(clips|song_clips|projects)\b/.test(sql))
  expect([asking >= 0, asking < reading]).toEqual([true, true])
})

it("a change of a project asks one part after the other before it counts what the project holds", async () => {
  sent.length = 0
  await caller.project.update({ id: "q", description: "Text" })
  const asking = sent.findIndex((sql) => sql.includes("citus.multi_shard_modify_mode"))
  const counting = sent.findIndex((sql) => /\bclips\b/.test(sql))
  expect([asking >= 0, asking < counting]).toEqual([true, true])
})
