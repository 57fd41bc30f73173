import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
const projectId = "house"
beforeAll(async () => {
  test = await createTestCaller()
  await test.caller.clip.create({ projectId, id: "kick", name: "Kick", code: "silence" })
  for (const id of ["dawn", "noon", "dusk"]) {
    await test.caller.song.create({ projectId, id, name: id, clipIds: id === "noon" ? ["kick", "kick"] : [] })
  }
})
afterAll(() => test.close())

describe("playlist", () => {
  it("keeps its songs in order, repeated ones too, and knows their clips", async () => {
    const playlist = { projectId, id: "live", name: "Live", songIds: ["noon", "dawn", "noon"] }
    expect((await test.caller.playlist.create(playlist)).songIds).toEqual(["noon", "dawn", "noon"])
    const moved = await test.caller.playlist.setSongs({ projectId, id: "live", songIds: ["dusk", "noon"] })
    expect(moved.songIds).toEqual(["dusk", "noon"])
    const detail = await test.caller.playlist.find({ id: "live" })
    expect(detail.songs).toEqual([
      { id: "dusk", name: "dusk", metadata: {}, clipIds: [], firstBpm: null, lastBpm: null },
      { id: "noon", name: "noon", metadata: {}, clipIds: ["kick", "kick"], firstBpm: null, lastBpm: null },
    ])
    const updated = await test.caller.playlist.update({ projectId, id: "live", body: "tonight", name: "Tonight" })
    expect(updated).toMatchObject({ body: "tonight", name: "Tonight", songIds: ["dusk", "noon"] })
    expect((await failureOfCall(test.caller.playlist.create(playlist))).reason).toBe("PLAYLIST_EXISTS")
  })

  it("refuses a song that its project has not", async () => {
    const call = test.caller.playlist.create({ projectId, id: "bad", name: "Bad", songIds: ["dawn", "ghost"] })
    expect(await failureOfCall(call)).toMatchObject({ fields: { "songIds.1": expect.stringContaining("ghost") } })
    expect((await failureOfCall(test.caller.playlist.byId({ projectId, id: "bad" }))).reason).toBe("PLAYLIST_NOT_FOUND")
  })

  it("says that a playlist is not there, and where an id is ambiguous", async () => {
    const key = { projectId, id: "ghost" }
    for (const call of [
      () => test.caller.playlist.byId(key),
      () => test.caller.playlist.find({ id: "ghost" }),
      () => test.caller.playlist.update({ ...key, name: "x" }),
      () => test.caller.playlist.setSongs({ ...key, songIds: [] }),
      () => test.caller.playlist.delete(key),
    ]) {
      expect((await failureOfCall(call())).reason).toBe("PLAYLIST_NOT_FOUND")
    }
    for (const project of ["one", "two"]) {
      await test.caller.playlist.create({ projectId: project, id: "same", name: "Same" })
    }
    expect((await failureOfCall(test.caller.playlist.find({ id: "same" }))).names).toEqual(["one", "two"])
    expect((await test.caller.playlist.list({ q: "SAM", limit: 1 })).nextCursor).not.toBeNull()
  })
})
