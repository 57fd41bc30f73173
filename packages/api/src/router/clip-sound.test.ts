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
