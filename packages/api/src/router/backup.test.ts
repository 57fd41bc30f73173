import { randomUUID } from "node:crypto"
import { limits } from "@strudel-agent/contract/limits"
import type { Db } from "@strudel-agent/database/client"
import { countWaiting } from "@strudel-agent/database/testing/waiting"
import { restoreRecords } from "@strudel-agent/library/backup/backup"
import { songs } from "@strudel-agent/library/song"
import { afterAll, beforeAll, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
  await test.caller.clip.create({ projectId: "house", id: "kick", name: "Kick", code: "silence" })
})
afterAll(() => test.close())

const moment = "2025-01-01T00:00:00.000Z"
const times = { createdAt: moment, updatedAt: moment }
const item = { projectId: "house", metadata: {}, version: 1 }
const song = (id: string) => ({ ...item, ...times, id, name: "Of the backup", body: "", partIds: ["kick", "kick"] })
const view = (name: string) => ({ ...times, id: randomUUID(), page: "clips" as const, name, search: "tag=a" })

const waiting = () => countWaiting(test.database.db)

/** Restores while another transaction has stored something that is not seen yet. */
async function during<T>(work: (tx: Db) => Promise<void>, restore: () => Promise<T>) {
  let restoring: Promise<T> | undefined
  await test.database.db.$transaction(
    async (tx) => {
      await work(tx)
      restoring = restore()
      await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
    },
    { timeout: 20_000 },
  )
  return await restoring
}

it("leaves a song that a person makes at that moment without parts of the backup's", async () => {
  const restored = await during(
    async (tx) => {
      await songs.create(tx, { projectId: "house", id: "mine", name: "Mine", body: "", partIds: [] })
    },
    () => test.caller.backup.restore({ kind: "song", records: [song("mine"), song("other")] }),
  )
  expect(restored?.records).toMatchObject([{ outcome: "kept" }, { outcome: "added" }])
  expect(await test.caller.song.byId({ projectId: "house", id: "mine" })).toMatchObject({ name: "Mine" })
  const parts = await test.database.db.songClip.findMany({ select: { songId: true } })
  expect(parts).toEqual([{ songId: "other" }, { songId: "other" }])
})

it("lets two restores of the same songs end well, and tells what each stored", async () => {
  const records = [song("one"), song("two")]
  const restored = await during(
    async (tx) => {
      const first = await restoreRecords(tx, { kind: "song", records, dryRun: false })
      expect(first).toEqual([{ outcome: "added" }, { outcome: "added" }])
    },
    () => test.caller.backup.restore({ kind: "song", records: [...records, song("three")] }),
  )
  expect(restored?.records).toEqual([{ outcome: "same" }, { outcome: "same" }, { outcome: "added" }])
})

it("does not tell of clips, versions, sessions and views as added that another call stored meanwhile", async () => {
  const { db } = test.database
  const clip = { ...item, ...times, id: "snare", name: "Snare", code: "silence" }
  const { updatedAt: _, ...version } = { ...clip, sessionId: null, messageIndex: null }
  const session = {
    ...{ ...times, id: randomUUID(), agentName: "a", modelName: null, provider: null, status: "idle" as const },
    ...{ projectId: null, itemType: null, itemId: null, messageCount: 0, seenCount: 0, metadata: {} },
    ...{ answeredBy: "strudel" as const, changeMode: "staged" as const },
    lastActivity: moment,
  }
  const calls = [
    { kind: "clip" as const, records: [clip] },
    { kind: "clipVersion" as const, records: [version] },
    { kind: "session" as const, records: [session] },
    { kind: "view" as const, records: [view("Acid")] },
  ]
  for (const call of calls) {
    const restored = await during(
      async (tx) => {
        expect(await restoreRecords(tx, { ...call, dryRun: false })).toEqual([{ outcome: "added" }])
      },
      () => test.caller.backup.restore(call),
    )
    expect([call.kind, restored?.records]).toEqual([call.kind, [{ outcome: "same" }]])
  }
  expect(await db.clip.count({ where: { id: "snare" } })).toBe(1)
})

it("restores no more saved views than a page shows, and none of a name twice", async () => {
  const { db } = test.database
  await db.savedView.deleteMany()
  await db.savedView.createMany({
    data: Array.from({ length: limits.views - 2 }, (_, i) => ({
      page: "clips" as const,
      name: `View ${i}`,
      search: "",
    })),
  })
  const records = [view("View 0"), view("A"), view("A"), view("B"), view("C")]
  const left = { outcome: "left", why: `a page has at most ${limits.views} saved views` }
  const kept = { outcome: "kept" }
  for (const dryRun of [true, false]) {
    const restored = await test.caller.backup.restore({ kind: "view", records, dryRun })
    expect(restored.records).toMatchObject([kept, { outcome: "added" }, kept, { outcome: "added" }, left])
  }
  expect(await db.savedView.count({ where: { page: "clips" } })).toBe(limits.views)
})

it("takes one file of an item, and one primary memory file of a session, where a call has two", async () => {
  const file = { ...times, projectId: "house", content: "", itemType: "clip" as const, itemId: "kick", brokenLinks: [] }
  const files = [
    { ...file, path: "a.js" },
    { ...file, path: "b.js" },
  ]
  const stored = await test.caller.backup.restore({ kind: "file", records: files })
  expect(stored.records).toMatchObject([{ outcome: "added" }, { outcome: "kept" }])
  const { id: sessionId } = await test.caller.session.create({ name: "Talk" })
  const memory = { ...times, sessionId, isPrimary: true, loaded: false }
  const memories = [
    { ...memory, filePath: "a.md" },
    { ...memory, filePath: "b.md" },
  ]
  const restored = await test.caller.backup.restore({ kind: "memoryFile", records: memories })
  expect(restored.records).toMatchObject([{ outcome: "added" }, { outcome: "kept" }])
})

it("refuses a file that is larger than one of a folder, or has more broken links", async () => {
  const file = { ...times, projectId: "house", path: "x", content: "", itemType: null, itemId: null, brokenLinks: [""] }
  const content = Buffer.alloc(limits.fileBytes + 3).toString("base64")
  const brokenLinks = Array.from({ length: limits.brokenLinks + 1 }, () => "x")
  for (const odd of [{ content }, { brokenLinks }]) {
    const failure = await failureOfCall(test.caller.backup.restore({ kind: "file", records: [{ ...file, ...odd }] }))
    expect(failure).toMatchObject({
      ...{ reason: "BAD_INPUT", fields: { [`records.0.${Object.keys(odd)[0]}`]: expect.stringContaining("at most") } },
    })
  }
})

it("looks through a library of many sessions, songs and playlists by parts", async () => {
  const { db } = test.database
  const ids = Array.from({ length: 1001 }, (_, i) => `f0000000-0000-4000-8000-${String(i).padStart(12, "0")}`)
  await db.session.createMany({ data: ids.map((id, i) => ({ id, messageCount: i % 500 === 0 ? 2 : 0, metadata: {} })) })
  await songs.create(db, { projectId: "house", id: "bare", name: "Bare", body: "", partIds: [] })
  await db.songVersion.deleteMany({ where: { songId: "bare" } })
  await test.caller.playlist.create({ projectId: "house", id: "bare", name: "Bare" })
  await db.playlistVersion.deleteMany({ where: { playlistId: "bare" } })
  const found: string[] = []
  let calls = 0
  for (let cursor: string | null | undefined; cursor !== null; calls++) {
    const page = await test.caller.backup.inconsistencies({ cursor })
    found.push(...page.items.map(({ kind, name }) => `${kind} ${name}`))
    cursor = page.nextCursor
  }
  expect(calls).toBeGreaterThan(6)
  expect(found).toEqual(
    expect.arrayContaining([
      ...[0, 500, 1000].map((i) => `session ${ids[i]}`),
      ...["song house/bare", "playlist house/bare"],
    ]),
  )
  expect(found.filter((name) => name.startsWith("session"))).toHaveLength(3)
  expect((await failureOfCall(test.caller.backup.inconsistencies({ cursor: "nonsense" }))).reason).toBe("BAD_INPUT")
})
