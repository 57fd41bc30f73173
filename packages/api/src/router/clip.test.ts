import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const kick = (projectId: string, rest: object = {}) => ({
  projectId,
  id: "kick",
  name: "Kick",
  code: 's("sbd*4")',
  metadata: { bpm: 124, tags: ["drums"], scale: "C minor" },
  ...rest,
})

describe("create", () => {
  it("lets two projects own a clip of one id, and makes a project that is not there", async () => {
    const house = await test.caller.clip.create(kick("house"))
    const techno = await test.caller.clip.create(kick("techno", { code: 's("sbd*8")' }))
    expect([house.version, techno.version]).toEqual([1, 1])
    expect((await test.caller.clip.byId({ projectId: "house", id: "kick" })).code).toBe('s("sbd*4")')
    expect((await test.caller.clip.byId({ projectId: "techno", id: "kick" })).code).toBe('s("sbd*8")')
    expect(await test.caller.project.byId({ id: "house" })).toMatchObject({ name: "house", clipCount: 1 })
    expect((await failureOfCall(test.caller.clip.create(kick("house")))).reason).toBe("CLIP_EXISTS")
  })

  it("is found by its id alone where one project owns it, else names the projects", async () => {
    await test.caller.clip.create(kick("solo", { id: "only-here" }))
    expect((await test.caller.clip.find({ id: "only-here" })).projectId).toBe("solo")
    expect(await failureOfCall(test.caller.clip.find({ id: "kick" }))).toMatchObject({
      reason: "AMBIGUOUS_ID",
      names: ["house", "techno"],
    })
    expect((await test.caller.clip.find({ id: "kick", projectId: "techno" })).projectId).toBe("techno")
    expect((await failureOfCall(test.caller.clip.find({ id: "nothing" }))).reason).toBe("CLIP_NOT_FOUND")
  })

  it.each([
    [{ id: "../x" }, "id"],
    [{ id: "a..b" }, "id"],
    [{ id: ".hidden" }, "id"],
    [{ id: "x".repeat(101) }, "id"],
    [{ name: " " }, "name"],
    [{ name: "x".repeat(201) }, "name"],
    [{ code: "x".repeat(262_145) }, "code"],
    [{ code: "a\u0000" }, "code"],
    [{ metadata: { x: "y".repeat(65_536) } }, "metadata"],
  ])("refuses %.60j", async (change, field) => {
    const input = Object.assign(kick("house", { id: "refused" }), change)
    const failure = await failureOfCall(test.caller.clip.create(input))
    expect(Object.keys(failure.fields ?? {})).toEqual([field])
  })
})

describe("versions", () => {
  it("are written by every change with where it came from, and by nothing else", async () => {
    const key = { projectId: "versions", id: "kick" }
    const sessionId = "0198a000-0000-7000-8000-000000000001"
    await test.caller.clip.create(kick("versions", { origin: { sessionId, messageIndex: 3 } }))
    await test.caller.clip.update({ ...key, code: 's("sbd*2")', origin: { sessionId, messageIndex: 7 } })
    await test.caller.clip.update({ ...key, code: 's("sbd*2")', name: "Kick" })
    const updated = await test.caller.clip.update({ ...key, metadata: { bpm: 90 } })
    expect(updated).toMatchObject({ version: 3, metadata: { bpm: 90 }, code: 's("sbd*2")' })
    const { items } = await test.caller.clip.versions(key)
    expect(items.map(({ version, code, messageIndex }) => [version, code, messageIndex])).toEqual([
      [3, 's("sbd*2")', null],
      [2, 's("sbd*2")', 7],
      [1, 's("sbd*4")', 3],
    ])
    const restored = await test.caller.clip.restore({ ...key, version: 1 })
    expect(restored).toMatchObject({ version: 4, code: 's("sbd*4")', metadata: kick("x").metadata })
    expect((await test.caller.clip.version({ ...key, version: 2 })).sessionId).toBe(sessionId)
    expect((await failureOfCall(test.caller.clip.version({ ...key, version: 9 }))).reason).toBe(
      "CLIP_VERSION_NOT_FOUND",
    )
    expect((await failureOfCall(test.caller.clip.restore({ ...key, version: 9 }))).reason).toBe(
      "CLIP_VERSION_NOT_FOUND",
    )
    const first = await test.caller.clip.versions({ ...key, limit: 3 })
    const rest = await test.caller.clip.versions({ ...key, limit: 3, cursor: first.nextCursor })
    expect([...first.items, ...rest.items].map(({ version }) => version)).toEqual([4, 3, 2, 1])
    expect(rest.nextCursor).toBeNull()
  })

  it("refuse a change made on an older one, and keep every change of writers at once", async () => {
    const key = { projectId: "race", id: "kick" }
    await test.caller.clip.create(kick("race"))
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, (_, i) => test.caller.clip.update({ ...key, code: `${i}`, expectedVersion: 1 })),
    )
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
    expect((await failureOfCall(test.caller.clip.update({ ...key, code: "late", expectedVersion: 1 }))).reason).toBe(
      "CLIP_CHANGED",
    )
    await Promise.all(Array.from({ length: 6 }, (_, i) => test.caller.clip.update({ ...key, code: `all ${i}` })))
    const { items } = await test.caller.clip.versions(key)
    expect(items.map(({ version }) => version)).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
  })
})

describe("a text too short for an index", () => {
  const codes = { a: '// \\b\ns("bd*4")', b: "Éa %_ b", c: "// B: ß\nnote('C d E f')" }
  beforeAll(async () => {
    for (const [id, code] of Object.entries(codes)) {
      await test.caller.clip.create({ projectId: "short", id, name: id.toUpperCase(), code })
    }
  })

  it.each([
    ["Bd", ["a"]],
    ["B", ["c", "b", "a"]],
    ["éa", ["b"]],
    ["ÉA", ["b"]],
    ["C D e F", ["c"]],
    ["q w x", []],
    ["%_", ["b"]],
    ["ß", ["c"]],
    ["\\b", ["a"]],
  ])("is found in any case: %s", async (q, expected) => {
    const { items } = await test.caller.clip.list({ projectId: "short", q })
    expect(items.map(({ id }) => id)).toEqual(expected)
  })
})

describe("list", () => {
  it("filters by project, text, tag, tempo and scale, and sorts both ways", async () => {
    const projectId = "shelf"
    const make = (id: string, name: string, metadata: object) =>
      test.caller.clip.create({ projectId, id, name, code: `note("${id}")`, metadata: { ...metadata } })
    await make("a", "Bass", { bpm: 120, tags: ["acid", "303"], scale: "A minor" })
    await make("b", "arp", { bpm: 140.5, tags: ["trance"], scale: "C minor" })
    await make("c", "Pad", { bpm: "fast", tags: "not a list" })
    await make("d", "50% off", {})
    const ids = async (filter: object) =>
      (await test.caller.clip.list({ projectId, ...filter })).items.map(({ id }) => id)
    expect(await ids({})).toEqual(["d", "c", "b", "a"])
    expect(await ids({ sort: "name" })).toEqual(["d", "a", "c", "b"])
    expect(await ids({ q: "BAS" })).toEqual(["a"])
    expect(await ids({ q: 'note("b")' })).toEqual(["b"])
    expect(await ids({ q: "50%" })).toEqual(["d"])
    expect(await ids({ tag: "acid" })).toEqual(["a"])
    expect(await ids({ bpmMin: 120, bpmMax: 121 })).toEqual(["a"])
    expect(await ids({ bpmMin: 130 })).toEqual(["b"])
    expect(await ids({ scale: "C minor" })).toEqual(["b"])
    for (const sort of ["updated", "name"] as const) {
      const one = await test.caller.clip.list({ projectId, sort, limit: 3 })
      const two = await test.caller.clip.list({ projectId, sort, limit: 3, cursor: one.nextCursor })
      expect([...one.items, ...two.items].map(({ id }) => id)).toEqual(await ids({ sort }))
      expect(two.nextCursor).toBeNull()
    }
    const named = await test.caller.clip.list({ sort: "name", limit: 1 })
    expect((await failureOfCall(test.caller.clip.list({ sort: "updated", cursor: named.nextCursor }))).fields).toEqual({
      cursor: expect.any(String),
    })
  })
})

describe("keys at their limits", () => {
  it("page through names and ids as long as they may be", async () => {
    const projectId = "p".repeat(100)
    for (const end of ["1", "2"]) {
      await test.caller.clip.create({ projectId, id: `${"c".repeat(99)}${end}`, name: "拍".repeat(200), code: "" })
    }
    const first = await test.caller.clip.list({ projectId, sort: "name", limit: 1 })
    const second = await test.caller.clip.list({ projectId, sort: "name", limit: 1, cursor: first.nextCursor })
    expect(second.items).toHaveLength(1)
  })

  it.each([
    ["clip.list", Buffer.from('["a\\u0000","b","c"]').toString("base64url")],
    ["clip.versions", Buffer.from("[3000000000]").toString("base64url")],
  ])("refuse a cursor that %s did not give out", async (path, cursor) => {
    const key = { projectId: "house", id: "kick" }
    const call =
      path === "clip.list"
        ? test.caller.clip.list({ sort: "name", cursor })
        : test.caller.clip.versions({ ...key, cursor })
    expect((await failureOfCall(call)).fields).toEqual({ cursor: expect.any(String) })
  })
})

describe("delete", () => {
  it("is refused with the songs' names while songs use the clip", async () => {
    await test.caller.clip.create(kick("album"))
    for (const name of ["Sunset", "Dawn"]) {
      const song = { projectId: "album", id: name.toLowerCase(), name, clipIds: ["kick", "kick"] }
      await test.caller.song.create(song)
    }
    const failure = await failureOfCall(test.caller.clip.delete({ projectId: "album", id: "kick" }))
    expect(failure).toMatchObject({ reason: "CLIP_IN_USE", names: ["Dawn", "Sunset"] })
    expect(failure.message).toContain("Dawn, Sunset")
    await test.caller.song.setClips({ projectId: "album", id: "sunset", clipIds: [] })
    await test.caller.song.delete({ projectId: "album", id: "dawn" })
    await test.caller.clip.delete({ projectId: "album", id: "kick" })
    expect(await test.database.db.clipVersion.count({ where: { projectId: "album" } })).toBe(0)
    expect((await failureOfCall(test.caller.clip.delete({ projectId: "album", id: "kick" }))).reason).toBe(
      "CLIP_NOT_FOUND",
    )
    expect((await failureOfCall(test.caller.clip.update({ projectId: "album", id: "kick", name: "x" }))).reason).toBe(
      "CLIP_NOT_FOUND",
    )
  })
})
