import { TRPCError } from "@trpc/server"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOf } from "../errors.ts"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
const projectId = "house"
beforeAll(async () => {
  test = await createTestCaller()
  for (const id of ["kick", "bass", "pad"]) {
    await test.caller.clip.create({ projectId, id, name: id.toUpperCase(), code: "silence" })
  }
})
afterAll(() => test.close())

describe("song", () => {
  it("keeps its clips in order, repeated ones too", async () => {
    const song = { projectId, id: "sunset", name: "Sunset", body: "# Intro", clipIds: ["kick", "bass", "kick"] }
    expect((await test.caller.song.create(song)).clipIds).toEqual(["kick", "bass", "kick"])
    const detail = await test.caller.song.byId({ projectId, id: "sunset" })
    expect(detail.clips.map(({ name }) => name)).toEqual(["KICK", "BASS", "KICK"])
    const moved = await test.caller.song.setClips({ projectId, id: "sunset", clipIds: ["pad", "kick", "kick", "bass"] })
    expect(moved.clipIds).toEqual(["pad", "kick", "kick", "bass"])
    const renamed = await test.caller.song.update({
      projectId,
      id: "sunset",
      name: "Sunset II",
      metadata: { bpm: 120 },
    })
    expect(renamed).toMatchObject({
      name: "Sunset II",
      body: "# Intro",
      clipIds: moved.clipIds,
      metadata: { bpm: 120 },
    })
    expect((await failureOfCall(test.caller.song.create(song))).reason).toBe("SONG_EXISTS")
  })

  it("refuses a clip that its project has not, and changes nothing", async () => {
    await test.caller.song.create({ projectId, id: "dawn", name: "Dawn", clipIds: ["kick"] })
    const failure = await failureOfCall(
      test.caller.song.update({ projectId, id: "dawn", name: "Changed", clipIds: ["kick", "ghost"] }),
    )
    expect(failure).toMatchObject({ reason: "BAD_INPUT", fields: { "clipIds.1": expect.stringContaining("ghost") } })
    expect(await test.caller.song.byId({ projectId, id: "dawn" })).toMatchObject({ name: "Dawn", clipIds: ["kick"] })
    const created = test.caller.song.create({ projectId: "nowhere", id: "x", name: "X", clipIds: ["kick"] })
    expect((await failureOfCall(created)).reason).toBe("BAD_INPUT")
    expect((await failureOfCall(test.caller.project.byId({ id: "nowhere" }))).reason).toBe("PROJECT_NOT_FOUND")
  })

  it("is refused to go while a playlist uses it, by the playlist's name", async () => {
    await test.caller.song.create({ projectId, id: "used", name: "Used" })
    await test.caller.playlist.create({ projectId, id: "live", name: "Live set", songIds: ["used"] })
    expect(await failureOfCall(test.caller.song.delete({ projectId, id: "used" }))).toMatchObject({
      reason: "SONG_IN_USE",
      names: ["Live set"],
    })
    expect((await test.caller.song.byId({ projectId, id: "used" })).playlists).toEqual([
      { id: "live", name: "Live set" },
    ])
    await test.caller.playlist.delete({ projectId, id: "live" })
    await test.caller.song.delete({ projectId, id: "used" })
    expect((await failureOfCall(test.caller.song.byId({ projectId, id: "used" }))).reason).toBe("SONG_NOT_FOUND")
  })

  it("is listed page by page and found by a part of its name", async () => {
    for (const id of ["one", "two", "three"])
      await test.caller.song.create({ projectId: "pages", id, name: `No ${id}` })
    const first = await test.caller.song.list({ projectId: "pages", limit: 2 })
    const second = await test.caller.song.list({ projectId: "pages", limit: 2, cursor: first.nextCursor })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(["three", "two", "one"])
    expect((await test.caller.song.list({ projectId: "pages", q: "NO T" })).items).toHaveLength(2)
  })

  it("answers in words while its clips are deleted and its project goes at the same moment", async () => {
    const seen = new Set<string>()
    const told = async (call: Promise<unknown>) => {
      await call.catch((error: unknown) => seen.add(error instanceof TRPCError ? failureOf(error).reason : "none"))
    }
    for (let round = 0; round < 12; round++) {
      const key = { projectId: "race", id: "song" }
      await told(test.caller.clip.create({ projectId: "race", id: "clip", name: "Clip", code: "" }))
      await told(test.caller.song.create({ ...key, name: "Song" }))
      await Promise.all([
        told(test.caller.song.setClips({ ...key, clipIds: ["clip"] })),
        told(test.caller.song.create({ ...key, id: `song-${round}`, name: "Song", clipIds: ["clip"] })),
        told(test.caller.clip.delete({ projectId: "race", id: "clip" })),
        ...(round % 3 === 2 ? [told(test.caller.project.delete({ id: "race" }))] : []),
      ])
    }
    expect([...seen]).not.toContain("INTERNAL")
  })

  it("says that a song is not there", async () => {
    const key = { projectId, id: "ghost" }
    for (const call of [
      () => test.caller.song.byId(key),
      () => test.caller.song.find({ id: "ghost" }),
      () => test.caller.song.update({ ...key, name: "x" }),
      () => test.caller.song.setClips({ ...key, clipIds: [] }),
      () => test.caller.song.delete(key),
    ]) {
      expect((await failureOfCall(call())).reason).toBe("SONG_NOT_FOUND")
    }
  })
})
