import { randomUUID } from "node:crypto"
import { beforeEach, describe, expect, it } from "vitest"
import type { Db } from "../client.ts"
import { databaseOfFile } from "../testing/database-of-file.ts"
import { inTransaction } from "../transaction.ts"
import { moveClips, removeClips } from "./clip/bulk.ts"
import { removeClip } from "./clip.ts"
import { playlistQueries } from "./playlist.ts"
import { ensureProject, removeProject } from "./project.ts"
import { removeSessions } from "./session/bulk.ts"
import { insertSession, removeSession } from "./session.ts"
import { songQueries } from "./song.ts"

const database = databaseOfFile({ size: 3 })

const newClip = (db: Db, id: string) => db.clip.create({ data: { projectId: "p", id, name: id, code: "" } })

beforeEach(async () => {
  const { db } = database
  await inTransaction(db, (tx) => removeProject(tx, "p"))
  await db.removal.deleteMany()
  for (const id of ["p", "other"]) {
    await db.project.upsert({ where: { id }, create: { id, name: id }, update: {} })
  }
  await newClip(db, "a")
  await newClip(db, "b")
  await newClip(db, "held")
  await db.song.create({ data: { projectId: "p", id: "song", name: "Song" } })
  await db.songClip.create({ data: { projectId: "p", songId: "song", position: 0, clipId: "held" } })
  await db.playlist.create({ data: { projectId: "p", id: "set", name: "Set" } })
})

const noted = async () => {
  const rows = await database.db.removal.findMany()
  return rows.map(({ kind, projectId, itemId }) => `${kind} ${projectId}/${itemId}`).sort()
}

const key = (id: string) => ({ projectId: "p", id })

const ways: [what: string, remove: (tx: Db) => Promise<unknown>, noted: string[]][] = [
  ["a clip", (tx) => removeClip(tx, key("a")), ["clip p/a"]],
  ["clips", (tx) => removeClips(tx, [key("a"), key("b"), key("none")]), ["clip p/a", "clip p/b"]],
  ["no clips", (tx) => removeClips(tx, []), []],
  ["a clip that moves", (tx) => moveClips(tx, [{ from: key("a"), to: { projectId: "other", id: "a" } }]), ["clip p/a"]],
  ["a song", (tx) => songQueries.remove(tx, key("song")), ["song p/song"]],
  ["a playlist", (tx) => playlistQueries.remove(tx, key("set")), ["playlist p/set"]],
  [
    "a project with all that it holds",
    (tx) => removeProject(tx, "p"),
    ["clip p/a", "clip p/b", "clip p/held", "playlist p/set", "project p/p", "song p/song"],
  ],
  ["what is not there", (tx) => removeClip(tx, key("none")), []],
  ["a project that is not there", (tx) => removeProject(tx, "none"), []],
]

describe("who deletes notes it", () => {
  it.each(ways)("%s", async (_, remove, expected) => {
    await inTransaction(database.db, remove)
    expect(await noted()).toEqual(expected)
  })

  it("a session, and sessions, with their projects", async () => {
    const { db } = database
    const ids = [randomUUID(), randomUUID(), randomUUID()]
    for (const id of ids) await insertSession(db, { id, projectId: id === ids[0] ? null : "p" })
    await inTransaction(db, (tx) => removeSession(tx, ids[0] ?? ""))
    await inTransaction(db, (tx) => removeSessions(tx, [...ids.slice(1), randomUUID()]))
    expect(await noted()).toEqual(ids.map((id, n) => `session ${n === 0 ? null : "p"}/${id}`).sort())
  })

  it("only where it was deleted", async () => {
    const cut = inTransaction(database.db, async (tx) => {
      await removeClip(tx, key("a"))
      throw new Error("cut")
    })
    await expect(cut).rejects.toThrow("cut")
    await expect(inTransaction(database.db, (tx) => removeClip(tx, key("held")))).rejects.toThrow()
    expect(await noted()).toEqual([])
    expect(await database.db.clip.count({ where: { projectId: "p" } })).toBe(3)
  })

  it("also what was being made in a project while that was deleted", async () => {
    const { db } = database
    let removed: Promise<unknown> | undefined
    await db.$transaction(async (tx) => {
      await newClip(tx, "late")
      removed = inTransaction(db, (other) => removeProject(other, "p"))
      await new Promise((resolve) => setTimeout(resolve, 300))
    })
    await removed
    expect(await noted()).toContain("clip p/late")
    expect(await db.clip.count({ where: { projectId: "p" } })).toBe(0)
  })
})

it("a project is not removed between being looked for and getting a clip", async () => {
  const { db } = database
  let removed: Promise<unknown> | undefined
  await db.$transaction(async (tx) => {
    await ensureProject(tx, "p")
    removed = db.$transaction((other) => removeProject(other, "p"))
    await new Promise((resolve) => setTimeout(resolve, 200))
    await newClip(tx, "late")
  })
  await removed
  expect(await noted()).toContain("clip p/late")
})
