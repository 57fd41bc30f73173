import { randomUUID } from "node:crypto"
import { describe, expect, it } from "vitest"
import { databaseOfFile } from "../testing/database-of-file.ts"
import { removeClip } from "./clip.ts"
import { changeLimit, listChanges, listMessageCounts, sweepRemovals } from "./live.ts"
import { insertMessages } from "./message.ts"
import { insertSession, removeSession } from "./session.ts"

const database = databaseOfFile()

const message = { data: { role: "user", content: "", timestamp: "" } }

describe("message counts", () => {
  it("leave out what is not there", async () => {
    const { db } = database
    const { id } = await insertSession(db, {})
    await insertMessages(db, id, { messages: [message, message] })
    expect(await listMessageCounts(db, [id, randomUUID()])).toEqual([
      { id, messageCount: 2, runNumber: null, runRevision: null },
    ])
    expect(await listMessageCounts(db, [])).toEqual([])
  })
})

describe("the feed of changes", () => {
  it("tells what was written and deleted, by kind, project and id, the oldest first", async () => {
    const { db } = database
    await db.project.create({ data: { id: "house", name: "House" } })
    for (const id of ["kick", "hat"]) await db.clip.create({ data: { projectId: "house", id, name: id, code: "" } })
    await db.song.create({ data: { projectId: "house", id: "song", name: "Song" } })
    await db.playlist.create({ data: { projectId: "house", id: "set", name: "Set" } })
    const { id: gone } = await insertSession(db, { projectId: "house" })
    await removeClip(db, { projectId: "house", id: "hat" })
    await removeSession(db, gone)
    const feed = await listChanges(db, { secondsAgo: 60 })
    const told = feed.changes.map(({ kind, projectId, id, removed }) => [kind, projectId, id, removed].join(" "))
    expect(told).toEqual(
      expect.arrayContaining([
        "project house house false",
        "clip house kick false",
        "song house song false",
        "playlist house set false",
        "clip house hat true",
        `session house ${gone} true`,
      ]),
    )
    expect(told).not.toContain("clip house hat false")
    expect(feed.changes.map(({ at }) => at)).toEqual(feed.changes.map(({ at }) => at).toSorted((a, b) => a - b))
    expect(Math.abs(feed.moment - Date.now())).toBeLessThan(10_000)
    expect(feed.cut).toBe(false)
  })

  it("gives a row another stamp with every append, even within one millisecond", async () => {
    const { db } = database
    const { id } = await insertSession(db, {})
    const stamps = new Set<string>()
    for (let i = 0; i < 20; i++) {
      await db.$transaction([
        db.$executeRaw`UPDATE sessions SET message_count = message_count + 1, updated_at = '2100-01-01' WHERE id = ${id}::uuid`,
      ])
      const { changes } = await listChanges(db, { secondsAgo: 60 })
      stamps.add(changes.find((change) => change.id === id)?.stamp ?? "")
    }
    expect(stamps.size).toBe(20)
    await removeSession(db, id)
  })

  it("tells when it had to leave something out", async () => {
    const { db } = database
    await db.$executeRaw`INSERT INTO removals (kind, item_id) SELECT 'song', 's' || i FROM generate_series(1, ${changeLimit}) i`
    const feed = await listChanges(db, { secondsAgo: 60 })
    expect([feed.cut, feed.changes.filter(({ removed }) => removed).length]).toEqual([true, changeLimit])
    await db.$executeRaw`DELETE FROM removals`
  })

  it("starts after a date", async () => {
    const { db } = database
    const { moment } = await listChanges(db, { secondsAgo: 60 })
    await new Promise((resolve) => setTimeout(resolve, 5))
    const { id } = await insertSession(db, {})
    const { changes } = await listChanges(db, new Date(moment))
    expect(changes.map((change) => change.id)).toEqual([id])
  })
})

describe("the sweep", () => {
  it("forgets what was deleted more than an hour ago", async () => {
    const { db } = database
    await db.$executeRaw`DELETE FROM removals`
    await db.$executeRaw`INSERT INTO removals (kind, item_id, removed_at)
      VALUES ('clip', 'old', now() - interval '61 minutes'), ('clip', 'young', now() - interval '59 minutes')`
    expect(await sweepRemovals(db)).toBe(1)
    expect((await db.removal.findMany()).map(({ itemId }) => itemId)).toEqual(["young"])
  })
})
