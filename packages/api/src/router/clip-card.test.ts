import type { ClipSort } from "@strudel-agent/contract/clip"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
  const make = (projectId: string, id: string, name: string, metadata: Record<string, unknown>) =>
    test.caller.clip.create({ projectId, id, name, code: `// ${name}\nsetcpm(30)\n\nnote("${id}")`, metadata })
  await make("house", "kick", "Kick", { bpm: 124, tags: ["drums", "loud"], color: "#ff8800", author: "ada" })
  await make("house", "hat", "Hat", { bpm: 124.5, tags: ["drums"], scale: "A minor" })
  await make("house", "pad", "pad", { tags: [], color: "red", author: 7 })
  await make("acid", "bass", "Bass", { bpm: 138, tags: ["303", "loud", "loud"], scale: "A minor", author: "bob" })
  await make("acid", "odd", "Odd", { bpm: "fast", tags: "not a list", color: "#ff8800" })
  await test.caller.song.create({ projectId: "house", id: "sunset", name: "Sunset", clipIds: ["kick", "hat", "kick"] })
})
afterAll(() => test.close())

const ids = async (filter: object) => (await test.caller.clip.cards(filter)).items.map(({ id }) => id)

describe("cards", () => {
  it("show a clip's facts, its songs and the first line that sounds, without its whole code", async () => {
    const { items } = await test.caller.clip.cards({ q: "kick" })
    expect(items).toEqual([
      {
        projectId: "house",
        id: "kick",
        name: "Kick",
        codeStart: 'note("kick")',
        facts: { bpm: 124, tags: ["drums", "loud"], color: "#ff8800", author: "ada" },
        version: 1,
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
        songs: [{ id: "sunset", name: "Sunset" }],
        ...{ state: null, problem: null, picture: null },
      },
    ])
  })

  it("carry little of long code, and never half of a character", async () => {
    const code = `${"\n".repeat(10)}x${"🥁".repeat(30_000)}`
    await test.caller.clip.create({ projectId: "long", id: "long", name: "Long", code })
    const [card] = (await test.caller.clip.cards({ projectId: "long" })).items
    expect(card?.codeStart).toBe(`x${"🥁".repeat(299)}`)
    await test.caller.clip.delete({ projectId: "long", id: "long" })
  })

  it.each<[object, string[]]>([
    [{ tags: ["drums"] }, ["hat", "kick"]],
    [{ tags: ["drums", "loud"] }, ["kick"]],
    [{ tag: "loud", tags: ["303"] }, ["bass"]],
    [{ untagged: true }, ["odd", "pad"]],
    [{ untagged: false, projectId: "acid" }, ["bass"]],
    [{ color: "#ff8800" }, ["odd", "kick"]],
    [{ author: "ada" }, ["kick"]],
    [{ used: true }, ["hat", "kick"]],
    [{ used: false }, ["odd", "bass", "pad"]],
    [{ used: false, scale: "A minor" }, ["bass"]],
    [{ bpmMin: 124.5, bpmMax: 200 }, ["bass", "hat"]],
  ])("are filtered by %j, as the list is", async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected)
    expect((await test.caller.clip.list(filter)).items.map(({ id }) => id)).toEqual(expected)
  })

  it.each<[ClipSort, string[]]>([
    ["updated", ["odd", "bass", "pad", "hat", "kick"]],
    ["created", ["odd", "bass", "pad", "hat", "kick"]],
    ["oldest", ["kick", "hat", "pad", "bass", "odd"]],
    ["name", ["bass", "hat", "kick", "odd", "pad"]],
    ["bpm", ["kick", "hat", "bass", "odd", "pad"]],
  ])("are sorted by %s, page by page without a gap", async (sort, expected) => {
    expect(await ids({ sort })).toEqual(expected)
    const paged: string[] = []
    for (const kind of ["cards", "list"] as const) {
      paged.length = 0
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await test.caller.clip[kind]({ sort, limit: 1, cursor })
        paged.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      }
      expect(paged).toEqual(expected)
    }
  })

  it.each(["updated", "created", "oldest", "name", "bpm"] as const)(
    "read a page by %s again as far as it went",
    async (sort) => {
      const first = await test.caller.clip.cards({ sort, limit: 2 })
      const second = await test.caller.clip.cards({ sort, limit: 2, cursor: first.nextCursor })
      const until = second.nextCursor
      expect(await test.caller.clip.cards({ sort, cursor: first.nextCursor, until })).toEqual(second)
      const both = await test.caller.clip.cards({ sort, until })
      expect(both).toEqual({ items: [...first.items, ...second.items], nextCursor: until })
      const part = await test.caller.clip.cards({ sort, limit: 3, until })
      expect(await test.caller.clip.cards({ sort, cursor: part.nextCursor, until })).toEqual({
        items: second.items.slice(1),
        nextCursor: until,
      })
    },
  )

  it("refuse the cursor of another order", async () => {
    const { nextCursor } = await test.caller.clip.cards({ sort: "bpm", limit: 1 })
    for (const sort of ["updated", "created", "oldest", "name"] as const) {
      const failure = await failureOfCall(test.caller.clip.cards({ sort, cursor: nextCursor }))
      expect(failure.fields).toEqual({ cursor: expect.any(String) })
    }
  })
})

describe("groups", () => {
  it("count the clips that fit by project and by tag, those without one last", async () => {
    const by = async (input: Parameters<typeof test.caller.clip.groups>[0]) =>
      (await test.caller.clip.groups(input)).items.map(({ key, name, count }) => [key, name, count])
    expect(await by({ by: "project" })).toEqual([
      ["house", "house", 3],
      ["acid", "acid", 2],
    ])
    expect(await by({ by: "project", tags: ["303"] })).toEqual([["acid", "acid", 1]])
    expect(await by({ by: "tag" })).toEqual([
      ["drums", "drums", 2],
      ["loud", "loud", 2],
      ["303", "303", 1],
      [null, null, 2],
    ])
  })
})

describe("facets", () => {
  it("tell what there is to choose from, in a project where one is given", async () => {
    expect(await test.caller.clip.facets({})).toEqual({
      projects: [
        { projectId: "house", name: "house", count: 3 },
        { projectId: "acid", name: "acid", count: 2 },
      ],
      tags: [
        { tag: "loud", count: 3 },
        { tag: "drums", count: 2 },
        { tag: "303", count: 1 },
      ],
      scales: [{ scale: "A minor", count: 2 }],
      colors: [
        { color: "#ff8800", count: 2 },
        { color: "red", count: 1 },
      ],
      authors: [
        { author: "ada", count: 1 },
        { author: "bob", count: 1 },
      ],
      bpmMin: 124,
      bpmMax: 138,
    })
    const acid = await test.caller.clip.facets({ projectId: "acid" })
    expect(acid.projects).toHaveLength(2)
    expect(acid).toMatchObject({ scales: [{ scale: "A minor", count: 1 }], bpmMin: 138, bpmMax: 138 })
    expect(await test.caller.clip.facets({ projectId: "nothing" })).toMatchObject({ tags: [], bpmMin: null })
  })

  it("count what passes the filters that are set, and of what one value is chosen all its values", async () => {
    const { caller } = test
    const loud = await caller.clip.facets({ tags: ["loud"] })
    expect(loud.tags.map(({ tag }) => tag)).toEqual(["loud", "303", "drums"])
    expect(loud).toMatchObject({
      projects: [
        { projectId: "acid", count: 1 },
        { projectId: "house", count: 1 },
      ],
      scales: [{ scale: "A minor", count: 1 }],
      colors: [{ color: "#ff8800", count: 1 }],
      authors: [
        { author: "ada", count: 1 },
        { author: "bob", count: 1 },
      ],
    })
    const coloured = await caller.clip.facets({ color: "#ff8800" })
    expect(coloured.colors).toHaveLength(2)
    expect(coloured).toMatchObject({ tags: [{ tag: "drums" }, { tag: "loud" }], scales: [], bpmMin: 124, bpmMax: 124 })
    const slow = await caller.clip.facets({ bpmMax: 125 })
    expect(slow).toMatchObject({ projects: [{ projectId: "house", count: 2 }], bpmMin: 124, bpmMax: 138 })
    expect(await caller.clip.facets({ q: "kick" })).toMatchObject({ projects: [{ count: 1 }], scales: [] })
    expect(await caller.clip.facets({ used: true, projectId: "acid" })).toMatchObject({
      projects: [{ projectId: "house", count: 2 }],
      tags: [],
    })
  })
})
