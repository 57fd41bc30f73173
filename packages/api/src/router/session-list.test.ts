import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())
beforeEach(() => test.database.db.session.deleteMany())

type List = Parameters<TestCaller["caller"]["session"]["list"]>[0]

const create = async (name: string, row: object = {}) => {
  const { id } = await test.caller.session.create({ name, ...row })
  return id
}
const say = (sessionId: string, ...contents: string[]) =>
  test.caller.message.append({ sessionId, messages: contents.map((content) => ({ role: "assistant", content })) })
const put = (id: string, data: { lastActivity?: Date; createdAt?: Date }) =>
  test.database.db.session.update({ where: { id }, data })
const names = async (filter: List) => (await test.caller.session.list(filter)).items.map(({ name }) => name)

async function allPages(filter: List) {
  const found: (string | null)[] = []
  let cursor: string | null | undefined
  do {
    const page = await test.caller.session.list({ ...filter, limit: 2, cursor })
    found.push(...page.items.map(({ name }) => name))
    cursor = page.nextCursor
  } while (cursor)
  return found
}

describe("order", () => {
  beforeEach(async () => {
    const rows = [
      { name: "a", messages: 2, created: "2026-03-03", active: "2026-05-01" },
      { name: "b", messages: 0, created: "2026-03-02", active: "2026-05-04" },
      { name: "c", messages: 2, created: "2026-03-01", active: "2026-05-03" },
      { name: "d", messages: 1, created: "2026-03-05", active: "2026-05-02" },
      { name: "e", messages: 5, created: "2026-03-04", active: "2026-05-05" },
    ]
    for (const [place, { name, messages, created, active }] of rows.entries()) {
      const id = await create(name, { id: `0198a000-0000-7000-8000-00000000000${place}` })
      if (messages) await say(id, ...Array.from({ length: messages }, (_, i) => `take ${i}`))
      await put(id, { createdAt: new Date(created), lastActivity: new Date(active) })
    }
  })

  it.each([
    [{}, "ebcda"],
    [{ sort: "activity" as const, ascending: true }, "adcbe"],
    [{ sort: "created" as const }, "deabc"],
    [{ sort: "created" as const, ascending: true }, "cbaed"],
    [{ sort: "messages" as const }, "ecadb"],
    [{ sort: "messages" as const, ascending: true }, "bdace"],
  ])("lists by %j, page by page without loss", async (filter, order) => {
    expect(await names(filter)).toEqual([...order])
    expect(await allPages(filter)).toEqual([...order])
  })

  it.each([
    { sort: "activity" as const },
    { sort: "created" as const, ascending: true },
    { sort: "messages" as const },
  ])("reads a page by %j again just as far as it went, whatever came into it", async (filter) => {
    const first = await test.caller.session.list({ ...filter, limit: 2 })
    const second = await test.caller.session.list({ ...filter, limit: 2, cursor: first.nextCursor })
    const range = { ...filter, cursor: first.nextCursor, until: second.nextCursor ?? "" }
    const namesOf = ({ items }: typeof second) => items.map(({ name }) => name)
    expect(namesOf(await test.caller.session.list(range))).toEqual(namesOf(second))
    const id = second.items[0]?.id ?? ""
    await test.caller.session.rename({ id, name: "again" })
    expect(namesOf(await test.caller.session.list(range))).toEqual(["again", second.items[1]?.name])
    await test.caller.session.delete({ id })
    expect(namesOf(await test.caller.session.list(range))).toEqual([second.items[1]?.name])
  })

  it("refuses the cursor of another order", async () => {
    const { nextCursor: cursor } = await test.caller.session.list({ sort: "messages", limit: 1 })
    expect((await failureOfCall(test.caller.session.list({ sort: "created", cursor }))).fields).toHaveProperty("cursor")
    expect((await failureOfCall(test.caller.session.list({ cursor }))).fields).toHaveProperty("cursor")
  })

  it("takes a date for its whole day in UTC, and a moment for itself", async () => {
    expect(await names({ activeFrom: "2026-05-02", activeTo: "2026-05-03" })).toEqual(["c", "d"])
    expect(await names({ activeTo: "2026-05-03T00:00:00Z" })).toEqual(["d", "a"])
    expect(await names({ activeFrom: "2026-05-05T02:00:00+02:00" })).toEqual(["e"])
    for (const activeFrom of ["yesterday", "2026-13-01", "2026-05-01T10:00", "0001-01-01"]) {
      expect((await failureOfCall(test.caller.session.list({ activeFrom }))).fields).toHaveProperty("activeFrom")
    }
  })
})

it("filters by agent", async () => {
  await create("mine", { agentName: "strudel" })
  await create("other", { agentName: "drummer" })
  expect(await names({ agentName: "drummer" })).toEqual(["other"])
  expect(await names({ agentName: "drum" })).toEqual([])
})

describe("preview", () => {
  it("is the last message, shortened to 160 characters", async () => {
    const id = await create("talk")
    await say(id, "first", `last ${"🥁".repeat(200)}`)
    await create("silent")
    const { items } = await test.caller.session.list({})
    expect(items.map(({ name, preview }) => [name, preview])).toEqual([
      ["silent", null],
      ["talk", { role: "assistant", content: `last ${"🥁".repeat(155)}` }],
    ])
    expect((await test.caller.session.list({ preview: false })).items.map(({ preview }) => preview)).toEqual([
      null,
      null,
    ])
  })
})

describe("seen", () => {
  it("counts what was looked at, and lists what grew since", async () => {
    const id = await create("talk")
    await create("silent")
    expect(await names({ unseen: true })).toEqual([])
    await say(id, "one", "two", "three")
    expect((await test.caller.session.list({ unseen: true })).items).toMatchObject([{ messageCount: 3, seenCount: 0 }])
    expect(await test.caller.session.markSeen({ id, count: 2 })).toEqual({ id, seenCount: 2 })
    expect(await names({ unseen: true })).toEqual(["talk"])
    expect(await test.caller.session.markSeen({ id, count: 1 })).toEqual({ id, seenCount: 2 })
    expect(await test.caller.session.markSeen({ id, count: 500 })).toEqual({ id, seenCount: 3 })
    expect(await names({ unseen: true })).toEqual([])
    await say(id, "four")
    expect(await names({ unseen: true })).toEqual(["talk"])
  })

  it("is no activity and no change of the session", async () => {
    const id = await create("talk")
    await say(id, "one")
    const moments = () =>
      test.database.db.session.findUnique({ where: { id }, select: { updatedAt: true, lastActivity: true } })
    const before = await moments()
    await test.caller.session.markSeen({ id, count: 1 })
    expect(await moments()).toEqual(before)
  })

  it("says that a session is not there", async () => {
    const missing = { id: "0198a000-0000-7000-8000-00000000ffff", count: 1 }
    expect((await failureOfCall(test.caller.session.markSeen(missing))).reason).toBe("SESSION_NOT_FOUND")
  })
})

it("tells what sessions are about, the most frequent first, whatever lies in the metadata", async () => {
  await create("1", { projectId: "house", itemType: "clip", itemId: "kick", metadata: { tags: ["acid", "dub"] } })
  await create("2", { projectId: "house", itemType: "clip", itemId: "kick", metadata: { tags: ["acid", 7, null] } })
  await create("3", { agentName: "drummer", itemType: "chat", metadata: { tags: "acid" } })
  await create("4", { projectId: "dnb", metadata: { tags: { acid: true } } })
  expect(await test.caller.session.facets()).toEqual({
    projects: [
      { projectId: "house", count: 2 },
      { projectId: "dnb", count: 1 },
    ],
    agents: [
      { agentName: "strudel", count: 3 },
      { agentName: "drummer", count: 1 },
    ],
    items: [{ itemType: "clip", itemId: "kick", projectId: "house", count: 2 }],
    tags: [
      { tag: "acid", count: 2 },
      { tag: "dub", count: 1 },
    ],
  })

  const facets = await test.caller.session.facets({ projectId: "house", tag: "dub" })
  expect(facets).toEqual({
    projects: [{ projectId: "house", count: 1 }],
    agents: [{ agentName: "strudel", count: 1 }],
    items: [{ itemType: "clip", itemId: "kick", projectId: "house", count: 1 }],
    tags: [
      { tag: "acid", count: 2 },
      { tag: "dub", count: 1 },
    ],
  })
  expect(await test.caller.session.facets({ agentName: "drummer" })).toMatchObject({
    agents: [{ count: 3 }, { count: 1 }],
    tags: [],
  })
})
