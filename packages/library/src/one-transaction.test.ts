import { randomUUID } from "node:crypto"
import { databaseOfFile } from "@strudel-agent/database/testing/database-of-file"
import { inTransaction } from "@strudel-agent/database/transaction"
import { expect, it } from "vitest"
import { createClip, deleteClip, readClip, updateClip } from "./clip.ts"
import { LibraryError } from "./failure.ts"
import { appendMessages, countMessages } from "./message.ts"
import { deleteProject } from "./project.ts"
import { createSession } from "./session.ts"
import { songs } from "./song.ts"

const database = databaseOfFile()
const kick = { projectId: "house", id: "kick" }
const song = { projectId: "house", id: "song" }
const reasonOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof LibraryError ? error.reason : error),
  )

it("use cases in one transaction are done together or not at all", async () => {
  const { db } = database
  const sessionId = randomUUID()
  const message = { role: "user" as const, content: "a kick", clientId: randomUUID() }
  const { id } = await createSession(db, { id: sessionId, agentName: "composer", metadata: {} })

  const work = (isRefused: boolean) =>
    inTransaction(db, async (tx) => {
      await appendMessages(tx, { sessionId, messages: [message] })
      const again = await appendMessages(tx, { sessionId, messages: [message, { role: "user", content: "more" }] })
      expect(again).toEqual({ indexes: [0, 1], firstIndex: 0, lastIndex: 1, messageCount: 2 })
      await createClip(tx, {
        ...kick,
        name: "Kick",
        code: 's("bd")',
        metadata: {},
        origin: { sessionId, messageIndex: 0 },
      })
      await updateClip(tx, { ...kick, code: 's("bd*4")', expectedVersion: 1 })
      await songs.create(tx, { ...song, name: "Song", body: "", partIds: ["kick"] })
      if (isRefused) await deleteClip(tx, kick)
    })
  expect(await reasonOf(work(true))).toBe("CLIP_IN_USE")
  expect([await reasonOf(readClip(db, kick)), await countMessages(db, id)]).toEqual(["CLIP_NOT_FOUND", 0])
  await work(false)
  expect(await readClip(db, kick)).toMatchObject({ version: 2, songs: [{ id: "song" }] })
  expect(await countMessages(db, id)).toBe(2)

  await inTransaction(db, async (tx) => {
    await songs.remove(tx, song)
    await deleteClip(tx, { ...kick, expectedVersion: 2 })
    await deleteProject(tx, { id: "house" })
  })
  expect(await reasonOf(songs.readVersion(db, { ...song, version: 1 }))).toBe("SONG_VERSION_NOT_FOUND")
})
