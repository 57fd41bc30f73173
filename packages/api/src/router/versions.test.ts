import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { folderCaller } from "../testing/folder-caller.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
const projectId = "house"
beforeAll(async () => {
  test = await createTestCaller()
  for (const id of ["kick", "bass", "pad"]) {
    await test.caller.clip.create({ projectId, id, name: id.toUpperCase(), code: "silence" })
    await test.caller.song.create({ projectId, id, name: id.toUpperCase() })
  }
})
afterAll(() => test.close())

/** A song with an order of clips, or a playlist with one of songs, to be changed alike. */
const kinds = {
  song: {
    create: (id: string, parts: string[] = []) =>
      test.caller.song.create({ projectId, id, name: "First", body: "once", clipIds: parts }),
    arrange: (id: string, parts: string[]) => test.caller.song.setClips({ projectId, id, clipIds: parts }),
    update: (id: string, change: { name?: string; body?: string; expectedVersion?: number }) =>
      test.caller.song.update({ projectId, id, ...change }),
    delete: (id: string, expectedVersion: number) => test.caller.song.delete({ projectId, id, expectedVersion }),
    changed: "SONG_CHANGED",
  },
  playlist: {
    create: (id: string, parts: string[] = []) =>
      test.caller.playlist.create({ projectId, id, name: "First", body: "once", songIds: parts }),
    arrange: (id: string, parts: string[]) => test.caller.playlist.setSongs({ projectId, id, songIds: parts }),
    update: (id: string, change: { name?: string; body?: string; expectedVersion?: number }) =>
      test.caller.playlist.update({ projectId, id, ...change }),
    delete: (id: string, expectedVersion: number) => test.caller.playlist.delete({ projectId, id, expectedVersion }),
    changed: "PLAYLIST_CHANGED",
  },
} as const

describe.each(["song", "playlist"] as const)("a %s's version", (word) => {
  const kind = kinds[word]

  it("goes on by one with every change, and with nothing else", async () => {
    const versions = [
      await kind.create("counted", ["kick"]),
      await kind.update("counted", { body: "twice" }),
      await kind.update("counted", { body: "twice", name: "First" }),
      await kind.arrange("counted", ["kick", "bass", "kick"]),
      await kind.arrange("counted", ["kick", "bass", "kick"]),
      await kind.update("counted", { name: "Second" }),
    ].map(({ version }) => version)
    expect(versions).toEqual([1, 2, 2, 3, 3, 4])
  })

  it("refuses a change and a deletion that were made on an older one", async () => {
    await kind.create("refused")
    await kind.update("refused", { body: "theirs", expectedVersion: 1 })
    const late = await failureOfCall(kind.update("refused", { body: "mine", expectedVersion: 1 }))
    expect(late.reason).toBe(kind.changed)
    expect((await failureOfCall(kind.delete("refused", 1))).reason).toBe(kind.changed)
    expect(await kind.update("refused", { expectedVersion: 2 })).toMatchObject({ body: "theirs", version: 2 })
    expect(await kind.delete("refused", 2)).toEqual({ projectId, id: "refused" })
  })

  it("lets one of several win that were made on it at once", async () => {
    await kind.create("raced")
    const changes = ["one", "two", "three"].map((body) => kind.update("raced", { body, expectedVersion: 1 }))
    const won = (await Promise.allSettled(changes)).filter(({ status }) => status === "fulfilled")
    expect(won).toHaveLength(1)
    expect(await kind.update("raced", {})).toMatchObject({ version: 2 })
  })

  it("counts every change of writers at once that expect none", async () => {
    await kind.create("crowded")
    await Promise.all(["one", "two", "three", "four"].map((body) => kind.update("crowded", { body })))
    expect(await kind.update("crowded", {})).toMatchObject({ version: 5 })
  })
})

it("is made by an import that changes a song or a playlist", async () => {
  const { outcomes } = folderCaller(test)
  const files = { "songs/dawn.md": "# Dawn\n\nSlowly.\n", "playlists/night.md": "# Night\n\n1. [Dawn](song:dawn)\n" }
  await outcomes("imported", files)
  await outcomes("imported", files)
  await outcomes("imported", { ...files, "songs/dawn.md": "# Dawn\n\nQuickly.\n", "playlists/night.md": "# Night\n" })
  expect(await test.caller.song.byId({ projectId: "imported", id: "dawn" })).toMatchObject({ version: 2 })
  const night = { projectId: "imported", id: "night" }
  expect(await test.caller.playlist.byId(night)).toMatchObject({ version: 2, songIds: [] })
})

it("refuses to delete a clip that changed since the version it was decided on", async () => {
  const key = { projectId, id: "hat" }
  await test.caller.clip.create({ ...key, name: "Hat", code: "silence" })
  await test.caller.clip.update({ ...key, code: "s('hh')" })
  const late = await failureOfCall(test.caller.clip.delete({ ...key, expectedVersion: 1 }))
  expect(late.reason).toBe("CLIP_CHANGED")
  expect(await test.caller.clip.delete({ ...key, expectedVersion: 2 })).toEqual(key)
})
