import { limits } from "@strudel-agent/contract/limits"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const missing = "0198a000-0000-7000-8000-00000000ffff"
const create = async (metadata: Record<string, unknown> = {}) => (await test.caller.session.create({ metadata })).id
const tagsOf = async (id: string) => (await test.caller.session.byId({ id })).metadata.tags

describe("tagMany", () => {
  it("adds and removes tags of many sessions, and reports which are not there", async () => {
    const [bare, tagged] = [await create({ bpm: 90 }), await create({ tags: ["acid", "dub"] })]
    const answer = await test.caller.session.tagMany({
      ids: [bare, tagged, missing, bare],
      add: [" live ", "acid"],
      remove: ["dub"],
    })
    expect(answer.failed).toEqual([{ id: missing, reason: "SESSION_NOT_FOUND" }])
    expect(new Set(answer.sessions.map(({ id }) => id))).toEqual(new Set([bare, tagged]))
    expect((await test.caller.session.byId({ id: bare })).metadata).toEqual({ bpm: 90, tags: ["live", "acid"] })
    expect(await tagsOf(tagged)).toEqual(["acid", "live"])
  })

  it("keeps what is no tag among the tags, and takes a lone text for one", async () => {
    const [mixed, lone] = [await create({ tags: [7, "dub", { a: 1 }] }), await create({ tags: "dub" })]
    await test.caller.session.tagMany({ ids: [mixed, lone], add: ["live"] })
    expect(await tagsOf(mixed)).toEqual([7, "dub", { a: 1 }, "live"])
    expect(await tagsOf(lone)).toEqual(["dub", "live"])
    await test.caller.session.tagMany({ ids: [mixed, lone], remove: ["dub"] })
    expect(await tagsOf(mixed)).toEqual([7, { a: 1 }, "live"])
    expect(await tagsOf(lone)).toEqual(["live"])
  })

  it("leaves a session as it is whose metadata has no room, and tags the others", async () => {
    const [full, free] = [await create({ text: "x".repeat(65_500) }), await create()]
    const answer = await test.caller.session.tagMany({ ids: [full, free], add: ["a".repeat(100)] })
    expect(answer.failed).toEqual([{ id: full, reason: "SESSION_METADATA_FULL" }])
    expect(await tagsOf(full)).toBeUndefined()
    expect(await tagsOf(free)).toEqual(["a".repeat(100)])
  })

  it("loses no tag where calls overlap", async () => {
    const ids = [await create(), await create(), await create()]
    const tags = Array.from({ length: 8 }, (_, i) => `tag${i}`)
    await Promise.all(
      tags.map((tag, i) => test.caller.session.tagMany({ ids: i % 2 ? ids : ids.toReversed(), add: [tag] })),
    )
    for (const id of ids) expect(await tagsOf(id)).toEqual(expect.arrayContaining(tags))
  })

  it.each([
    [{ ids: [] }, "ids"],
    [{ ids: ["x"] }, "ids.0"],
    [{ ids: Array.from({ length: limits.bulk + 1 }, () => missing) }, "ids"],
    [{ add: [], remove: [] }, "add"],
    [{ add: [" "] }, "add.0"],
    [{ add: ["x".repeat(101)] }, "add.0"],
    [{ add: ["a\u0000"] }, "add.0"],
    [{ add: ["a"], remove: ["a"] }, "remove"],
  ])("refuses %.60j", async (change, field) => {
    const failure = await failureOfCall(test.caller.session.tagMany({ ids: [missing], add: ["a"], ...change }))
    expect(failure).toMatchObject({ reason: "BAD_INPUT", fields: { [field]: expect.any(String) } })
  })
})

describe("renameMany", () => {
  it("gives each session its own name, lets go of others, and reports which are not there", async () => {
    const [first, second] = [await create({ bpm: 90 }), await create({ name: "Before", created_by_user: true })]
    const names = [
      { id: first, name: " Late night 1 " },
      { id: second, name: null },
      { id: missing, name: "Nobody" },
    ]
    const answer = await test.caller.session.renameMany({ names })
    expect(answer.failed).toEqual([{ id: missing, reason: "SESSION_NOT_FOUND" }])
    expect(new Map(answer.sessions.map(({ id, name }) => [id, name]))).toEqual(
      new Map([
        [first, "Late night 1"],
        [second, null],
      ]),
    )
    const { metadata } = await test.caller.session.byId({ id: first })
    expect(metadata).toEqual({ bpm: 90, name: "Late night 1", created_by_user: true })
    expect((await test.caller.session.byId({ id: second })).metadata).toEqual({})
  })

  it.each([
    [[], "names"],
    [[{ id: missing, name: " " }], "names.0.name"],
    [
      [
        { id: missing, name: "a" },
        { id: missing, name: "b" },
      ],
      "names",
    ],
  ])("refuses %.60j", async (names, field) => {
    const failure = await failureOfCall(test.caller.session.renameMany({ names }))
    expect(failure).toMatchObject({ reason: "BAD_INPUT", fields: { [field]: expect.any(String) } })
  })
})

describe("setStatusMany", () => {
  it("changes the status of all that are there", async () => {
    const ids = [await create(), await create()]
    const answer = await test.caller.session.setStatusMany({ ids: [...ids, missing], status: "terminated" })
    expect(answer.sessions.map(({ status }) => status)).toEqual(["terminated", "terminated"])
    expect(answer.failed).toEqual([{ id: missing, reason: "SESSION_NOT_FOUND" }])
  })

  it("counts as activity where it activates, and only there", async () => {
    const id = await create()
    const old = new Date("2026-01-01")
    await test.database.db.session.update({ where: { id }, data: { lastActivity: old } })
    const [terminated] = (await test.caller.session.setStatusMany({ ids: [id], status: "terminated" })).sessions
    expect(terminated?.lastActivity).toBe(old.toISOString())
    const [active] = (await test.caller.session.setStatusMany({ ids: [id], status: "active" })).sessions
    expect(Date.parse(active?.lastActivity ?? "")).toBeGreaterThan(Date.now() - 60_000)
  })
})

it("deletes many with their messages, and reports which were not there", async () => {
  const [gone, kept] = [await create(), await create()]
  await test.caller.message.append({ sessionId: gone, messages: [{ role: "user", content: "hi" }] })
  expect(await test.caller.session.deleteMany({ ids: [gone, missing] })).toEqual({
    ids: [gone],
    failed: [{ id: missing, reason: "SESSION_NOT_FOUND" }],
  })
  expect(await test.database.db.message.count({ where: { sessionId: gone } })).toBe(0)
  expect((await test.caller.session.byId({ id: kept })).id).toBe(kept)
})
