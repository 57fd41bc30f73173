import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
const sessionOf = (place: number) => `0198b000-0000-7000-8000-${String(place).padStart(12, "0")}`
const names = [
  "Thunder Rolls",
  "Glockenspiel",
  "Crème Brûlée",
  "Basement Tapes",
  "ベースライン",
  "Hat",
  "Thunderbird Pads",
]

beforeAll(async () => {
  test = await createTestCaller()
  const { caller } = test
  await caller.project.create({ id: "house", name: "House" })
  await caller.project.create({ id: "other", name: "Elsewhere" })
  await caller.clip.create({ projectId: "other", id: "glokenspeil", name: "Glokenspeil", code: "" })
  for (const [place, name] of names.entries()) {
    await caller.clip.create({ projectId: "house", id: `x${place}`, name, code: 's("rimshot*4")' })
    await caller.song.create({ projectId: "house", id: `x${place}`, name, body: "" })
    await caller.playlist.create({ projectId: "house", id: `x${place}`, name, body: "" })
    await caller.session.create({ id: sessionOf(place), name, projectId: "house", itemType: "clip", itemId: "x1" })
    await caller.project.create({ id: `x${place}`, name })
  }
})
afterAll(() => test.close())

const lists: [string, (q: string) => Promise<{ items: { id: string }[] }>][] = [
  ["clips", (q) => test.caller.clip.cards({ projectId: "house", q })],
  ["clips with their code", (q) => test.caller.clip.list({ projectId: "house", q })],
  ["songs", (q) => test.caller.song.list({ projectId: "house", q })],
  ["playlists", (q) => test.caller.playlist.list({ projectId: "house", q })],
  ["sessions", (q) => test.caller.session.list({ q })],
  ["projects", (q) => test.caller.project.list({ q })],
]

describe.each(lists)("a list of %s", (name, list) => {
  const idOf = (place: number) => (name === "sessions" ? sessionOf(place) : `x${place}`)

  it.each([
    ["glockenspeil", [1]],
    ["glokenspiel", [1]],
    ["tunder rolls", [0]],
    ["htunder rolls", [0]],
    ["creme brulle", [2]],
    ["baesment", [3]],
    ["ベースラン", [4]],
    ["hta", [5]],
  ])("finds what %s may mean", async (typed, places) => {
    expect((await list(typed)).items.map(({ id }) => id)).toEqual(places.map(idOf))
  })

  it("supposes a typo only where none fits, and nothing of what is like no name", async () => {
    expect((await list("thunder")).items.map(({ id }) => id).sort()).toEqual([idOf(0), idOf(6)])
    expect((await list("qqqqxzv")).items).toEqual([])
    expect((await list("%_%")).items).toEqual([])
    expect((await list("zq")).items).toEqual([])
  })
})

describe("a mistyped name", () => {
  it("is one of the project that is listed, whatever other projects have", async () => {
    const { caller } = test
    const ids = async (projectId: string | undefined) =>
      (await caller.clip.cards({ projectId, q: "glokenspeil" })).items.map(({ id }) => id)
    expect(await ids(undefined)).toEqual(["glokenspeil"])
    expect(await ids("house")).toEqual(["x1"])
  })

  it("lists page after page, and its groups", async () => {
    const { caller } = test
    const seen: string[] = []
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await caller.song.list({ q: "thuner", limit: 1, cursor: cursor ?? undefined })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen.sort()).toEqual(["x0", "x6"])
    const { items } = await caller.clip.groups({ by: "project", q: "glockenspeil", projectId: "house" })
    expect(items).toEqual([{ key: "house", name: "House", count: 1 }])
  })

  it("is none where code has the text", async () => {
    const { items } = await test.caller.clip.cards({ projectId: "house", q: "RIMSHOT*" })
    expect(items).toHaveLength(names.length)
  })
})
