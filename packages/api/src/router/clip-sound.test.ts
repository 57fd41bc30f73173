import type { ClipSort } from "@strudel-agent/contract/clip"
import type { SoundWord } from "@strudel-agent/contract/clip/sound-words"
import { storeMeasured } from "@strudel-agent/library/clip-audio"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { heard } from "../testing/heard.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
const hear = (id: string, more: Partial<typeof heard>, version = 1) =>
  storeMeasured(test.database.db, { projectId: "house", id, version }, { audio: { ...heard, ...more } })

beforeAll(async () => {
  test = await createTestCaller()
  for (const id of ["drone", "hats", "kick", "rest", "unheard"]) {
    await test.caller.clip.create({ projectId: "house", id, name: id, code: `s("${id}")` })
  }
  await hear("drone", { loudness: -30, onsets: 0.5, brightness: 200 })
  await hear("hats", { loudness: -18, onsets: 16, brightness: 8_000 })
  await hear("kick", { loudness: -9, onsets: 4, brightness: 120, peak: 1.2, clips: 12 })
  await hear("rest", { loudness: null, peak: null, brightness: null, onsets: 0 })
})
afterAll(() => test.close())

const ids = async (input: object) => (await test.caller.clip.cards(input)).items.map(({ id }) => id)

describe("clips are found by their sound", () => {
  it.each<[SoundWord[], string[]]>([
    [["quiet"], ["drone"]],
    [["loud"], ["kick"]],
    [["bright"], ["hats"]],
    [["dense"], ["hats"]],
    [["clips"], ["kick"]],
    [["loud", "clips"], ["kick"]],
    [["loud", "quiet"], []],
  ])("%j", async (sound, expected) => {
    expect(await ids({ sound })).toEqual(expected)
    expect((await test.caller.clip.list({ sound })).items.map(({ id }) => id)).toEqual(expected)
    const { projects } = await test.caller.clip.facets({ sound })
    expect(projects.map(({ count }) => count)).toEqual(expected.length > 0 ? [expected.length] : [])
  })

  it.each<[ClipSort, string[]]>([
    ["loudness", ["kick", "hats", "drone", "unheard", "rest"]],
    ["brightness", ["hats", "drone", "kick", "unheard", "rest"]],
    ["density", ["hats", "kick", "drone", "unheard", "rest"]],
  ])("sorted by %s, page by page, what is not measured last", async (sort, expected) => {
    const paged: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await test.caller.clip.cards({ sort, limit: 1, cursor })
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(paged).toEqual(expected)
    const first = await test.caller.clip.cards({ sort, limit: 2 })
    const second = await test.caller.clip.cards({ sort, limit: 2, cursor: first.nextCursor })
    expect(await ids({ sort, until: second.nextCursor })).toEqual(expected.slice(0, 4))
  })

  it("refuse the cursor of another order", async () => {
    const { nextCursor } = await test.caller.clip.cards({ sort: "loudness", limit: 1 })
    for (const sort of ["brightness", "bpm", "updated"] as const) {
      const failure = await failureOfCall(test.caller.clip.cards({ sort, cursor: nextCursor }))
      expect(failure.fields).toEqual({ cursor: expect.any(String) })
    }
  })
})

it("a clip keeps its figures with its code, and where it moves", async () => {
  const key = { projectId: "house", id: "moving" }
  await test.caller.clip.create({ ...key, name: "Moving", code: 's("bd")' })
  await hear("moving", { loudness: -1 })
  const isLoud = async () => (await ids({ sort: "loudness", limit: 1 }))[0] === "moving"
  expect(await isLoud()).toBe(true)
  await test.caller.clip.update({ ...key, name: "Renamed" })
  expect(await isLoud()).toBe(true)
  await test.caller.clip.moveMany({ keys: [key], toProjectId: "other" })
  expect(await isLoud()).toBe(true)
  await test.caller.clip.update({ ...key, projectId: "other", code: 's("hh")' })
  expect(await isLoud()).toBe(false)
  expect(await ids({ projectId: "other", sound: ["loud"] })).toEqual([])
})

it("what is measured of a former version tells nothing of the clip as it is", async () => {
  const key = { projectId: "late", id: "kick" }
  await test.caller.clip.create({ ...key, name: "Kick", code: 's("bd")' })
  await test.caller.clip.update({ ...key, code: 's("bd*2")' })
  const store = (version: number, loudness: number) =>
    storeMeasured(test.database.db, { ...key, version }, { audio: { ...heard, loudness } })
  await store(1, -5)
  expect(await ids({ projectId: "late", sound: ["loud"] })).toEqual([])
  await store(2, -10)
  expect(await ids({ projectId: "late", sound: ["loud"] })).toEqual(["kick"])
  await storeMeasured(test.database.db, { ...key, version: 2 }, { problem: "It takes too long" })
  expect(await ids({ projectId: "late", sound: ["loud"] })).toEqual([])
})

describe("clips that sound like one", () => {
  const similar = async (id: string, more: object = {}) => {
    const { measured, items } = await test.caller.clip.similar({ projectId: "alike", id, ...more })
    return { measured, found: items.map(({ projectId, id, distance }) => [`${projectId}/${id}`, distance]) }
  }
  const store = (projectId: string, id: string, more: Partial<typeof heard>) =>
    storeMeasured(test.database.db, { projectId, id, version: 1 }, { audio: { ...heard, width: 0.9, ...more } })

  beforeAll(async () => {
    for (const [projectId, id] of [
      ["alike", "one"],
      ["alike", "new"],
      ["alike", "rest"],
      ["far", "twin"],
      ["far", "cousin"],
      ["far", "stranger"],
    ] as const) {
      await test.caller.clip.create({ projectId, id, name: id, code: `s("${id}")`, metadata: { bpm: 120 } })
    }
    await store("alike", "one", {})
    await store("alike", "rest", { loudness: null, peak: null, brightness: null })
    await store("far", "twin", { loudness: -4, tempo: 60, bands: heard.bands.map((level) => level + 12) })
    await store("far", "cousin", { brightness: 1_800 })
    await store("far", "stranger", { brightness: 14_400, bands: [-80, -70, -60, -40, -20, -12], onsets: 12 })
  })

  it("are the nearest of any project, however loud they are, and not itself", async () => {
    const { measured, found } = await similar("one", { limit: 2 })
    expect({ measured, found }).toEqual({
      measured: true,
      found: [
        ["far/twin", expect.closeTo(0)],
        ["far/cousin", expect.closeTo(1)],
      ],
    })
    const { items } = await test.caller.clip.similar({ projectId: "alike", id: "one", limit: 1 })
    expect(items).toMatchObject([{ name: "twin", codeStart: 's("twin")', facts: { bpm: 120 } }])
  })

  it("are none that sound like something else", async () => {
    const { found } = await similar("one", { limit: 24 })
    expect(found.map(([key]) => key)).not.toContain("far/stranger")
    const { measured, items } = await test.caller.clip.similar({ projectId: "far", id: "stranger" })
    expect({ measured, items }).toEqual({ measured: true, items: [] })
  })

  it("are none of what is not measured or silent, and refused of what is not there", async () => {
    expect(await similar("new")).toEqual({ measured: false, found: [] })
    expect(await similar("rest")).toEqual({ measured: false, found: [] })
    expect((await failureOfCall(test.caller.clip.similar({ projectId: "alike", id: "nothing" }))).reason).toBe(
      "CLIP_NOT_FOUND",
    )
    const failure = await failureOfCall(test.caller.clip.similar({ projectId: "alike", id: "one", limit: 25 }))
    expect(failure.fields).toEqual({ limit: "at most 24" })
  })
})

describe("what a change did to the sound", () => {
  const key = { projectId: "changing", id: "bass" }
  const store = (version: number, more: Partial<typeof heard>) =>
    storeMeasured(test.database.db, { ...key, version }, { audio: { ...heard, ...more } })

  beforeAll(async () => {
    await test.caller.clip.create({ ...key, name: "Bass", code: 's("a")' })
    for (const code of ['s("b")', 's("c")', 's("d")']) await test.caller.clip.update({ ...key, code })
    await store(1, {})
    await store(2, { loudness: -12, brightness: 1_800 })
    await store(4, { loudness: -16 })
  })

  it("is told of each version of the history, where it and the one before are measured", async () => {
    const { items } = await test.caller.clip.history({ ...key, limit: 3 })
    expect(items.map(({ version, sound }) => [version, sound])).toEqual([
      [4, null],
      [3, null],
      [2, ["loudness up 4 dB", "brighter"]],
    ])
    const [first] = (await test.caller.clip.history({ ...key, cursor: null })).items.slice(-1)
    expect(first).toMatchObject({ version: 1, sound: null })
  })

  it("is told of any two versions", async () => {
    const between = async (since: number, version: number) => {
      const { before, changes } = await test.caller.clip.audio({ ...key, version, since })
      return { before, changes }
    }
    expect(await between(1, 4)).toEqual({ before: 1, changes: [] })
    expect(await between(2, 4)).toEqual({ before: 2, changes: ["loudness down 4 dB", "darker"] })
    expect(await between(4, 2)).toEqual({ before: 4, changes: ["loudness up 4 dB", "brighter"] })
    expect(await between(3, 4)).toEqual({ before: null, changes: [] })
    expect(await between(9, 4)).toEqual({ before: null, changes: [] })
    expect(await between(2, 2)).toEqual({ before: null, changes: [] })
  })
})

it("a clip tells how loud it is, so that it can be played as loud as others", async () => {
  const levelOf = async (id: string) => (await test.caller.clip.byId({ projectId: "house", id })).level
  await test.database.db.clipVersion.updateMany({ where: { projectId: "house" }, data: { state: "plays" } })
  expect(await levelOf("kick")).toEqual({ loudness: -9, peak: 1.2 })
  expect([await levelOf("rest"), await levelOf("unheard")]).toEqual([null, null])
})
