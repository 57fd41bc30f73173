import { limits } from "@strudel-agent/contract/limits"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { folderCaller } from "../testing/folder-caller.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const make = (projectId: string, id: string, metadata: Record<string, unknown> = {}) =>
  test.caller.clip.create({ projectId, id, name: id, code: `note("${id}")`, metadata })

const versions = async (projectId: string, id: string) =>
  (await test.caller.clip.versions({ projectId, id })).items.map(({ version }) => version)

describe("tagMany", () => {
  it("adds and removes, writes a version of each clip that changes, and reports those that are not there", async () => {
    await make("tags", "a", { tags: ["x", "y"], bpm: 120 })
    await make("tags", "b", { tags: ["new"] })
    const key = (id: string) => ({ projectId: "tags", id })
    const answer = await test.caller.clip.tagMany({
      keys: [key("a"), key("b"), key("gone"), key("a")],
      add: ["new"],
      remove: ["x"],
    })
    expect(answer).toEqual({
      clips: [{ ...key("a"), version: 2 }],
      failed: [{ ...key("gone"), reason: "CLIP_NOT_FOUND" }],
    })
    expect((await test.caller.clip.byId(key("a"))).metadata).toEqual({ tags: ["y", "new"], bpm: 120 })
    expect(await versions("tags", "a")).toEqual([2, 1])
    expect(await versions("tags", "b")).toEqual([1])
    expect((await test.caller.clip.version({ ...key("a"), version: 2 })).code).toBe('note("a")')
  })

  it("leaves a clip whose metadata has no room for more, and changes the others", async () => {
    await make("full", "full", { notes: "x".repeat(limits.metadataBytes - 30) })
    await make("full", "roomy")
    const keys = ["full", "roomy"].map((id) => ({ projectId: "full", id }))
    const { clips, failed } = await test.caller.clip.tagMany({ keys, add: ["y".repeat(100)] })
    expect(clips.map(({ id }) => id)).toEqual(["roomy"])
    expect(failed).toEqual([{ projectId: "full", id: "full", reason: "CLIP_METADATA_FULL" }])
  })

  it.each<[object, string]>([
    [{ keys: [] }, "keys"],
    [{ keys: Array.from({ length: limits.bulk + 1 }, () => ({ projectId: "a", id: "b" })) }, "keys"],
    [{ add: ["x"], remove: ["x"] }, "remove"],
    [{ add: [] }, "add"],
    [{ add: [" "] }, "add.0"],
  ])("refuses %.60j", async (change, field) => {
    const input = { keys: [{ projectId: "tags", id: "a" }], add: ["z"], ...change }
    expect(Object.keys((await failureOfCall(test.caller.clip.tagMany(input))).fields ?? {})).toEqual([field])
  })

  it("loses no tag of two calls at once", async () => {
    const keys = ["1", "2", "3"].map((id) => ({ projectId: "race", id }))
    for (const { id } of keys) await make("race", id)
    await Promise.all(
      ["a", "b", "c", "d"].map((tag, place) =>
        test.caller.clip.tagMany({ keys: place % 2 ? keys : keys.toReversed(), add: [tag] }),
      ),
    )
    for (const key of keys) {
      const { metadata, version } = await test.caller.clip.byId(key)
      expect(metadata.tags).toHaveLength(4)
      expect(version).toBe(5)
    }
  })
})

describe("colorMany", () => {
  it("gives a colour and takes it away", async () => {
    const keys = [{ projectId: "colors", id: "a" }]
    await make("colors", "a", { bpm: 90 })
    expect((await test.caller.clip.colorMany({ keys, color: "#ff8800" })).clips[0]?.version).toBe(2)
    expect((await test.caller.clip.colorMany({ keys, color: "#ff8800" })).clips).toEqual([])
    expect((await test.caller.clip.cards({ color: "#ff8800" })).items).toHaveLength(1)
    await test.caller.clip.colorMany({ keys, color: null })
    expect((await test.caller.clip.byId({ projectId: "colors", id: "a" })).metadata).toEqual({ bpm: 90 })
    expect((await failureOfCall(test.caller.clip.colorMany({ keys, color: "red" }))).reason).toBe("BAD_INPUT")
  })
})

describe("deleteMany", () => {
  it("deletes what no song uses and names the songs of what stays", async () => {
    for (const id of ["a", "b", "c"]) await make("bin", id)
    await test.caller.song.create({ projectId: "bin", id: "song", name: "Sunset", clipIds: ["b", "b"] })
    const keys = ["a", "b", "c", "gone"].map((id) => ({ projectId: "bin", id }))
    const answer = await test.caller.clip.deleteMany({ keys })
    expect(answer.keys.map(({ id }) => id)).toEqual(["a", "c"])
    expect(answer.failed).toEqual([
      { projectId: "bin", id: "gone", reason: "CLIP_NOT_FOUND" },
      { projectId: "bin", id: "b", reason: "CLIP_IN_USE", names: ["Sunset"] },
    ])
    expect((await test.caller.clip.list({ projectId: "bin" })).items.map(({ id }) => id)).toEqual(["b"])
  })

  it("forgets the files that the clips came from, so that no export brings them back", async () => {
    const { importAll, exportAll } = folderCaller(test)
    await importAll("binned", { "index.md": "# Binned\n", "clips/a.js": 's("a")\n', "clips/b.js": 's("b")\n' })
    await test.caller.clip.deleteMany({ keys: [{ projectId: "binned", id: "a" }] })
    expect(Object.keys(await exportAll("binned"))).toEqual(["clips/b.js", "index.md"])
  })
})

describe("moveMany", () => {
  it("takes versions, sessions and the imported file along, byte by byte", async () => {
    const { importAll, exportAll } = folderCaller(test)
    const file = '// {"name": "Kick",   "tempo": 124,}\n$: s("sbd*4")\r\n'
    await importAll("from", { "clips/kick.js": file, "clips/hat.js": 's("hh")\n' })
    await importAll("to", { "clips/bass.js": 's("saw")\n' })
    const { updatedAt } = await test.caller.clip.update({ projectId: "from", id: "hat", code: 's("hh*8")\n' })
    const session = await test.caller.session.create({ projectId: "from", itemType: "clip", itemId: "hat" })
    const keys = ["kick", "hat"].map((id) => ({ projectId: "from", id }))

    const { moved, failed } = await test.caller.clip.moveMany({ keys, toProjectId: "to" })

    expect(failed).toEqual([])
    expect(moved.map(({ to }) => to)).toEqual(["hat", "kick"].map((id) => ({ projectId: "to", id })))
    expect(await versions("to", "hat")).toEqual([2, 1])
    expect((await test.caller.clip.byId({ projectId: "to", id: "hat" })).updatedAt > updatedAt).toBe(true)
    expect((await test.caller.session.byId({ id: session.id })).projectId).toBe("to")
    const exported = await exportAll("to")
    expect(exported["clips/kick.js"]?.toString()).toBe(file)
    expect(exported["clips/hat.js"]?.toString()).toBe('s("hh*8")\n')
    expect(Object.keys(await exportAll("from")).filter((path) => path.startsWith("clips/"))).toEqual([])
    expect(await test.database.db.removal.count({ where: { projectId: "from", kind: "clip" } })).toBe(2)
  })

  it("leaves what a song uses and what the project has already, and moves that under a free id where wanted", async () => {
    const { importAll, exportAll } = folderCaller(test)
    await importAll("left", { "clips/kick.js": 's("left")\n', "clips/used.js": 's("used")\n' })
    await importAll("right", { "clips/Kick.js": 's("right")\n', "clips/kick-2.js": 's("second")\n' })
    await make("right", "kick")
    await test.caller.song.create({ projectId: "left", id: "song", name: "Dawn", clipIds: ["used"] })
    const keys = ["kick", "used"].map((id) => ({ projectId: "left", id }))

    const first = await test.caller.clip.moveMany({ keys, toProjectId: "right" })
    expect(first.moved).toEqual([])
    expect(first.failed).toEqual([
      { projectId: "left", id: "kick", reason: "CLIP_EXISTS" },
      { projectId: "left", id: "used", reason: "CLIP_IN_USE", names: ["Dawn"] },
    ])

    const second = await test.caller.clip.moveMany({ keys, toProjectId: "right", taken: "rename" })
    expect(second.moved.map(({ to }) => to.id)).toEqual(["kick-3"])
    const exported = Object.values(await exportAll("right")).map(String)
    expect(exported.some((text) => text.includes('s("left")'))).toBe(true)
    expect(exported.some((text) => text.includes('s("right")'))).toBe(true)
    expect(await test.caller.clip.list({ projectId: "left" })).toMatchObject({ items: [{ id: "used" }] })
  })

  it("moves two clips of one id from different projects, and leaves what is there already", async () => {
    for (const projectId of ["one", "two", "three"]) await make(projectId, "same")
    const gone = [{ projectId: "one", id: "gone" }]
    expect((await test.caller.clip.moveMany({ keys: gone, toProjectId: "nowhere" })).moved).toEqual([])
    expect((await failureOfCall(test.caller.project.byId({ id: "nowhere" }))).reason).toBe("PROJECT_NOT_FOUND")
    const keys = ["one", "two", "three"].map((projectId) => ({ projectId, id: "same" }))
    const answer = await test.caller.clip.moveMany({ keys, toProjectId: "three", taken: "rename" })
    expect(answer.moved.map(({ from, to }) => [from.projectId, to.id])).toEqual([
      ["one", "same-2"],
      ["two", "same-3"],
    ])
    expect(answer.failed).toEqual([])
  })

  it("answers a song that begins to use a clip at that moment with either outcome, never with a broken song", async () => {
    for (let round = 0; round < 5; round++) {
      const id = `clip${round}`
      await make("busy", id)
      const [moved, song] = await Promise.allSettled([
        test.caller.clip.moveMany({ keys: [{ projectId: "busy", id }], toProjectId: "calm" }),
        test.caller.song.create({ projectId: "busy", id: `song${round}`, name: "Song", clipIds: [id] }),
      ])
      expect(moved.status).toBe("fulfilled")
      if (moved.status !== "fulfilled") continue
      expect(moved.value.moved.length === 1).toBe(song.status === "rejected")
    }
  })
})

describe("duplicate", () => {
  it("makes a clip of its own under the next free id", async () => {
    const key = { projectId: "copies", id: "kick" }
    await make("copies", "kick", { bpm: 124 })
    await test.caller.clip.update({ ...key, code: "s('x')" })
    const copy = await test.caller.clip.duplicate({ key })
    expect(copy).toMatchObject({ id: "kick-2", name: "kick copy", code: "s('x')", version: 1, metadata: { bpm: 124 } })
    const both = await Promise.all([test.caller.clip.duplicate({ key }), test.caller.clip.duplicate({ key })])
    expect(new Set(both.map(({ id }) => id))).toEqual(new Set(["kick-3", "kick-4"]))
    expect(await test.caller.clip.duplicate({ key, toProjectId: "elsewhere" })).toMatchObject({
      projectId: "elsewhere",
      id: "kick",
      name: "kick",
    })
    expect((await failureOfCall(test.caller.clip.duplicate({ key, id: "kick-2" }))).reason).toBe("CLIP_EXISTS")
    const missing = { projectId: "copies", id: "gone" }
    expect((await failureOfCall(test.caller.clip.duplicate({ key: missing }))).reason).toBe("CLIP_NOT_FOUND")
  })

  it("finds an id and a name within their limits", async () => {
    const key = { projectId: "copies", id: "i".repeat(100) }
    await test.caller.clip.create({ ...key, name: "n".repeat(200), code: "" })
    const copies = [await test.caller.clip.duplicate({ key }), await test.caller.clip.duplicate({ key })]
    expect(copies.map(({ id }) => id)).toEqual([`${"i".repeat(94)}-2`, `${"i".repeat(94)}-3`])
    expect(copies[0]?.name).toBe(`${"n".repeat(195)} copy`)
    await test.caller.clip.update({ ...key, name: `a${"🥁".repeat(99)}` })
    expect((await test.caller.clip.duplicate({ key })).name).toBe(`a${"🥁".repeat(97)} copy`)
  })
})
