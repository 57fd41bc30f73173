import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { asBytes, folderCaller } from "../testing/folder-caller.ts"
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

interface Change {
  name?: string
  body?: string
  metadata?: { tags: string[] }
  expectedVersion?: number
  origin?: { sessionId: string; messageIndex?: number }
}

/** A song with an order of clips, or a playlist with one of songs, to be changed alike. */
function kindOf(word: "song" | "playlist") {
  const { song, playlist, clip } = test.caller
  const first = { projectId, name: "First", body: "once" }
  const key = (id: string) => ({ projectId, id })
  return word === "song"
    ? {
        create: (id: string, clipIds: string[] = []) => song.create({ ...first, id, clipIds }),
        arrange: (id: string, clipIds: string[]) => song.setClips({ ...key(id), clipIds }),
        update: (id: string, change: Change) => song.update({ ...key(id), ...change }),
        delete: (id: string, expectedVersion: number) => song.delete({ ...key(id), expectedVersion }),
        read: async (id: string) => {
          const { clipIds: parts, ...rest } = await song.byId(key(id))
          return { ...rest, parts }
        },
        versions: (id: string) => song.versions(key(id)),
        version: async (id: string, version: number) => (await song.version({ ...key(id), version })).clips,
        history: (id: string, page: { limit?: number; cursor?: string | null } = {}) =>
          song.history({ ...key(id), ...page }),
        restore: (id: string, version: number, options: { leaveOutMissing?: boolean } = {}) =>
          song.restore({ ...key(id), version, ...options }),
        createPart: (id: string, name: string) => clip.create({ ...key(id), name, code: "silence" }),
        deletePart: (id: string) => clip.delete(key(id)),
        reasons: {
          changed: "SONG_CHANGED",
          absent: "SONG_NOT_FOUND",
          noVersion: "SONG_VERSION_NOT_FOUND",
          missing: "SONG_CLIPS_MISSING",
        },
      }
    : {
        create: (id: string, songIds: string[] = []) => playlist.create({ ...first, id, songIds }),
        arrange: (id: string, songIds: string[]) => playlist.setSongs({ ...key(id), songIds }),
        update: (id: string, change: Change) => playlist.update({ ...key(id), ...change }),
        delete: (id: string, expectedVersion: number) => playlist.delete({ ...key(id), expectedVersion }),
        read: async (id: string) => {
          const { songIds: parts, ...rest } = await playlist.byId(key(id))
          return { ...rest, parts }
        },
        versions: (id: string) => playlist.versions(key(id)),
        version: async (id: string, version: number) => (await playlist.version({ ...key(id), version })).songs,
        history: (id: string, page: { limit?: number; cursor?: string | null } = {}) =>
          playlist.history({ ...key(id), ...page }),
        restore: (id: string, version: number, options: { leaveOutMissing?: boolean } = {}) =>
          playlist.restore({ ...key(id), version, ...options }),
        createPart: (id: string, name: string) => song.create({ ...key(id), name }),
        deletePart: (id: string) => song.delete(key(id)),
        reasons: {
          changed: "PLAYLIST_CHANGED",
          absent: "PLAYLIST_NOT_FOUND",
          noVersion: "PLAYLIST_VERSION_NOT_FOUND",
          missing: "PLAYLIST_SONGS_MISSING",
        },
      }
}

describe.each(["song", "playlist"] as const)("a %s's version", (word) => {
  let kind: ReturnType<typeof kindOf>
  beforeAll(() => {
    kind = kindOf(word)
  })

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
    expect(late.reason).toBe(kind.reasons.changed)
    expect((await failureOfCall(kind.delete("refused", 1))).reason).toBe(kind.reasons.changed)
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

  it("is kept as it was, with where it came from", async () => {
    const { id: sessionId } = await test.caller.session.create({ name: "Late night" })
    await test.caller.message.append({ sessionId, messages: [{ role: "user", content: "Slower, please." }] })
    await kind.create("kept", ["kick", "bass"])
    await kind.update("kept", { body: "once\ntwice", origin: { sessionId, messageIndex: 0 } })
    await kind.arrange("kept", ["bass", "kick", "pad"])
    await kind.update("kept", { name: "Second", metadata: { tags: ["slow"] }, origin: { sessionId } })
    const { items } = await kind.versions("kept")
    expect(items).toMatchObject([
      { version: 4, name: "Second", body: "once\ntwice", metadata: { tags: ["slow"] } },
      { version: 3, name: "First", metadata: {} },
      { version: 2, body: "once\ntwice", sessionId, messageIndex: 0 },
      { version: 1, name: "First", body: "once", sessionId: null },
    ])
    expect(items.map((item) => ("clipIds" in item ? item.clipIds : item.songIds))).toEqual([
      ["bass", "kick", "pad"],
      ["bass", "kick", "pad"],
      ["kick", "bass"],
      ["kick", "bass"],
    ])
    expect(items[0]?.createdAt).toBe((await kind.read("kept")).updatedAt)

    const history = await kind.history("kept")
    const nothing = { lines: { added: 0, removed: 0 }, order: { added: 0, removed: 0, moved: 0 }, metadataKeys: [] }
    expect(history.items).toMatchObject([
      {
        version: 4,
        sessionName: "Late night",
        preview: null,
        change: { ...nothing, metadataKeys: ["tags"], renamed: true },
      },
      {
        version: 3,
        sessionName: null,
        change: { ...nothing, order: { added: 1, removed: 0, moved: 1 }, renamed: false },
      },
      { version: 2, preview: "Slower, please.", change: { ...nothing, lines: { added: 1, removed: 0 } } },
      { version: 1, change: null },
    ])
    expect(history.items[0]).not.toHaveProperty("body")
  })

  it("is listed page by page, and a page's last one knows what it changed", async () => {
    await kind.create("paged")
    for (const body of ["a", "a\nb", "c"]) await kind.update("paged", { body })
    const first = await kind.history("paged", { limit: 2 })
    const rest = await kind.history("paged", { limit: 2, cursor: first.nextCursor })
    expect([...first.items, ...rest.items].map(({ version, change }) => [version, change?.lines])).toEqual([
      [4, { added: 1, removed: 2 }],
      [3, { added: 1, removed: 0 }],
      [2, { added: 1, removed: 1 }],
      [1, undefined],
    ])
    expect(rest.nextCursor).toBeNull()
    expect((await failureOfCall(kind.history("ghost"))).reason).toBe(kind.reasons.absent)
    expect((await failureOfCall(kind.versions("ghost"))).reason).toBe(kind.reasons.absent)
  })

  it("is restored as the next one, and that is taken back by restoring the one before", async () => {
    await kind.create("restored", ["kick", "bass", "kick"])
    await kind.update("restored", { name: "Second", body: "twice", metadata: { tags: ["slow"] } })
    await kind.arrange("restored", ["pad"])
    const first = { name: "First", body: "once", metadata: {}, version: 4 }
    expect(await kind.restore("restored", 1)).toMatchObject(first)
    expect(await kind.read("restored")).toMatchObject({ ...first, parts: ["kick", "bass", "kick"] })
    expect(await kind.restore("restored", 1)).toMatchObject({ version: 4 })
    const third = { name: "Second", body: "twice", metadata: { tags: ["slow"] }, version: 5 }
    expect(await kind.restore("restored", 3)).toMatchObject(third)
    expect(await kind.read("restored")).toMatchObject({ ...third, parts: ["pad"] })
    expect((await failureOfCall(kind.restore("restored", 9))).reason).toBe(kind.reasons.noVersion)
    expect((await failureOfCall(kind.version("restored", 9))).reason).toBe(kind.reasons.noVersion)
  })

  it("is not restored without its parts that are gone, unless they are to be left out", async () => {
    const part = `gone-from-${word}`
    await kind.createPart(part, "Gone")
    await kind.create("lacking", ["kick", part, "bass", part])
    expect(await kind.version("lacking", 1)).toContainEqual({ id: part, name: "Gone" })
    await kind.arrange("lacking", ["bass"])
    await kind.deletePart(part)
    expect(await kind.version("lacking", 1)).toEqual([
      { id: "kick", name: "KICK" },
      { id: part, name: null },
      { id: "bass", name: "BASS" },
    ])
    expect(await failureOfCall(kind.restore("lacking", 1))).toMatchObject({
      reason: kind.reasons.missing,
      names: [part],
    })
    expect(await kind.read("lacking")).toMatchObject({ version: 2, parts: ["bass"] })
    await kind.restore("lacking", 1, { leaveOutMissing: true })
    expect(await kind.read("lacking")).toMatchObject({ version: 3, parts: ["kick", "bass"] })
  })

  it("goes when what it is of is deleted, and begins anew with it", async () => {
    await kind.create("again")
    await kind.update("again", { body: "twice" })
    await kind.delete("again", 2)
    expect(await kind.create("again")).toMatchObject({ version: 1 })
    expect((await kind.versions("again")).items).toHaveLength(1)
  })
})

it("is made by an import that changes a song or a playlist, and the folder comes back byte by byte", async () => {
  const { outcomes, exportAll } = folderCaller(test)
  const files = { "songs/dawn.md": "# Dawn\n\nSlowly.\n", "playlists/night.md": "# Night\n\n1. [Dawn](song:dawn)\n" }
  const changed = { "songs/dawn.md": "# Dawn\n\nQuickly.\n", "playlists/night.md": "# Night\n" }
  await outcomes("imported", files)
  await outcomes("imported", files)
  await outcomes("imported", changed)
  const [dawn, night] = [
    { projectId: "imported", id: "dawn" },
    { projectId: "imported", id: "night" },
  ]
  expect((await test.caller.song.versions(dawn)).items).toMatchObject([{ body: "Quickly." }, { body: "Slowly." }])
  expect((await test.caller.playlist.versions(night)).items).toMatchObject([{ songIds: [] }, { songIds: ["dawn"] }])
  expect(await exportAll("imported")).toEqual(asBytes(changed))
  await test.caller.song.restore({ ...dawn, version: 1 })
  await test.caller.playlist.restore({ ...night, version: 1 })
  expect(await exportAll("imported")).toEqual(asBytes(files))
})

it("refuses to delete a clip that changed since the version it was decided on", async () => {
  const key = { projectId, id: "hat" }
  await test.caller.clip.create({ ...key, name: "Hat", code: "silence" })
  await test.caller.clip.update({ ...key, code: "s('hh')" })
  const late = await failureOfCall(test.caller.clip.delete({ ...key, expectedVersion: 1 }))
  expect(late.reason).toBe("CLIP_CHANGED")
  expect(await test.caller.clip.delete({ ...key, expectedVersion: 2 })).toEqual(key)
})
