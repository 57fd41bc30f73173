import { idleSessions } from "@strudel-agent/database/queries/session"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const missing = "0198a000-0000-7000-8000-000000000000"

describe("create", () => {
  it("fills in what is not given and answers the session", async () => {
    const session = await test.caller.session.create({})
    expect(session).toMatchObject({
      agentName: "strudel",
      modelName: null,
      status: "active",
      messageCount: 0,
      metadata: {},
      name: null,
      displayName: `strudel · ${session.createdAt.slice(0, 10)}`,
    })
    expect(await test.caller.session.byId({ id: session.id })).toEqual(session)
  })

  it("takes an id from the client once", async () => {
    const id = "11111111-2222-4333-8444-555555555555"
    expect((await test.caller.session.create({ id })).id).toBe(id)
    expect((await failureOfCall(test.caller.session.create({ id }))).reason).toBe("SESSION_EXISTS")
  })

  it("takes ids of any version, in any case", async () => {
    const session = await test.caller.session.create({ id: "AAAAAAAA-0000-0000-0000-00000000000F" })
    expect(session.id).toBe("aaaaaaaa-0000-0000-0000-00000000000f")
  })

  it("puts a name into the metadata, marked as a person's choice", async () => {
    const session = await test.caller.session.create({ name: "  Late night  ", metadata: { bpm: 120 } })
    expect(session.metadata).toEqual({ bpm: 120, name: "Late night", created_by_user: true })
    expect(session.displayName).toBe("Late night")
  })

  it("is called by its item where it has no name", async () => {
    const session = await test.caller.session.create({ itemType: "clip", itemId: "kick", projectId: "house" })
    expect(session.displayName).toBe("clip kick · house")
  })

  it.each([
    [{ id: "not-a-uuid" }, "id"],
    [{ agentName: "" }, "agentName"],
    [{ agentName: "x".repeat(51) }, "agentName"],
    [{ modelName: "x".repeat(101) }, "modelName"],
    [{ projectId: "../etc" }, "projectId"],
    [{ itemId: "kick" }, "itemType"],
    [{ name: "a\u0000b" }, "name"],
    [{ name: "half \ud800 pair" }, "name"],
    [{ metadata: { text: "a\u0000b" } }, "metadata"],
    [{ metadata: { "a\u0000": 1 } }, "metadata"],
    [{ metadata: { big: "x".repeat(65_536) } }, "metadata"],
    [{ metadata: { deep: JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) } }, "metadata"],
  ])("refuses %.60j", async (input, field) => {
    const failure = await failureOfCall(test.caller.session.create(input))
    expect(failure.reason).toBe("BAD_INPUT")
    expect(Object.keys(failure.fields ?? {})).toEqual([field])
  })
})

describe("list", () => {
  it("filters, newest activity first, and pages without loss while others are added", async () => {
    const created: string[] = []
    for (let i = 0; i < 7; i++) {
      const session = await test.caller.session.create({
        projectId: "paging",
        itemType: "clip",
        itemId: i % 2 ? "kick" : "snare",
        name: `Take ${i} of 100%_done`,
        metadata: { tags: i < 3 ? ["acid", "dub"] : ["dub"], key: { root: "C" } },
      })
      created.unshift(session.id)
    }
    const all: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await test.caller.session.list({ projectId: "paging", limit: 3, cursor })
      all.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
      await test.caller.session.create({ projectId: "elsewhere" })
    } while (cursor)
    expect(all).toEqual(created)

    const count = async (filter: object) =>
      (await test.caller.session.list({ projectId: "paging", ...filter })).items.length
    expect(await count({ itemType: "clip", itemId: "kick" })).toBe(3)
    expect(await count({ tag: "acid" })).toBe(3)
    expect(await count({ tag: "aci" })).toBe(0)
    expect(await count({ metadata: { key: { root: "C" } } })).toBe(7)
    expect(await count({ q: "TAKE 4" })).toBe(1)
    expect(await count({ q: "100%_d" })).toBe(7)
    expect(await count({ q: "__%__" })).toBe(0)
    expect(await count({ status: "active" })).toBe(7)
    expect(await count({ status: "idle" })).toBe(0)
  })

  it.each([[-1], [0], [201], [100_000_000], [1.5]])("refuses a limit of %d", async (limit) => {
    const failure = await failureOfCall(test.caller.session.list({ limit }))
    expect(failure).toMatchObject({ reason: "BAD_INPUT", fields: { limit: expect.any(String) } })
  })

  it.each([
    ["nonsense"],
    ["WzFd"],
    ["é"],
    [Buffer.from('["0000-01-01T00:00:00Z","0198a000-0000-7000-8000-000000000000"]').toString("base64url")],
    [Buffer.from('["+275760-09-13T00:00:00.000Z","0198a000-0000-7000-8000-000000000000"]').toString("base64url")],
  ])("refuses the cursor %s", async (cursor) => {
    expect(await failureOfCall(test.caller.session.list({ cursor }))).toMatchObject({
      reason: "BAD_INPUT",
      fields: { cursor: expect.any(String) },
    })
  })
})

describe("change", () => {
  it("renames, and clears a name with null", async () => {
    const { id } = await test.caller.session.create({ itemType: "song", itemId: "sunset", metadata: { bpm: 90 } })
    const renamed = await test.caller.session.rename({ id, name: "Sunset take 2" })
    expect(renamed.displayName).toBe("Sunset take 2")
    const cleared = await test.caller.session.rename({ id, name: null })
    expect(cleared).toMatchObject({ name: null, displayName: "song sunset", metadata: { bpm: 90 } })
    expect(cleared.metadata).toEqual({ bpm: 90 })
  })

  it("merges metadata key by key", async () => {
    const { id } = await test.caller.session.create({ metadata: { bpm: 90, tags: ["a"] } })
    const session = await test.caller.session.update({ id, metadata: { tags: ["b"], scale: "C minor" }, provider: "x" })
    expect(session.metadata).toEqual({ bpm: 90, tags: ["b"], scale: "C minor" })
    expect(session.provider).toBe("x")
    expect((await test.caller.session.update({ id, provider: null })).provider).toBeNull()
  })

  it("refuses metadata that grows over the limit by merging, and keeps what is stored", async () => {
    const { id } = await test.caller.session.create({ metadata: { one: "x".repeat(40_000) } })
    const failure = await failureOfCall(test.caller.session.update({ id, metadata: { two: "x".repeat(40_000) } }))
    expect(failure).toMatchObject({ reason: "BAD_INPUT", fields: { metadata: expect.stringContaining("65,536") } })
    expect(Object.keys((await test.caller.session.byId({ id })).metadata)).toEqual(["one"])
  })

  it("becomes idle when left alone for 15 minutes, and active when touched", async () => {
    const { id } = await test.caller.session.create({})
    const other = await test.caller.session.create({})
    await test.database.db.session.update({
      where: { id },
      data: { lastActivity: new Date(Date.now() - 15 * 60_000 - 1000) },
    })
    expect(await idleSessions(test.database.db, new Date(Date.now() - 15 * 60_000))).toBe(1)
    expect((await test.caller.session.byId({ id })).status).toBe("idle")
    expect((await test.caller.session.byId({ id: other.id })).status).toBe("active")
    const before = Date.now()
    const touched = await test.caller.session.touch({ id })
    expect(touched.status).toBe("active")
    expect(Date.parse(touched.lastActivity)).toBeGreaterThanOrEqual(before - 1000)
  })

  it("stays terminated when touched", async () => {
    const { id } = await test.caller.session.create({})
    await test.caller.session.setStatus({ id, status: "terminated" })
    expect((await test.caller.session.touch({ id })).status).toBe("terminated")
  })

  it("takes its messages and memory files along when deleted", async () => {
    const { id } = await test.caller.session.create({})
    await test.caller.message.append({ sessionId: id, messages: [{ role: "user", content: "hi" }] })
    await test.caller.memoryFile.create({ sessionId: id, filePath: "CLAUDE.md" })
    await test.caller.session.delete({ id })
    expect(await test.database.db.message.count({ where: { sessionId: id } })).toBe(0)
    expect(await test.database.db.memoryFile.count({ where: { sessionId: id } })).toBe(0)
    expect((await failureOfCall(test.caller.session.byId({ id }))).reason).toBe("SESSION_NOT_FOUND")
  })

  it("stays when it is to be deleted with other messages than it has", async () => {
    const { id } = await test.caller.session.create({})
    await test.caller.message.append({ sessionId: id, messages: [{ role: "user", content: "hi" }] })
    const refused = await failureOfCall(test.caller.session.delete({ id, expectedMessageCount: 0 }))
    expect(refused.reason).toBe("SESSION_CHANGED")
    expect(await test.caller.session.byId({ id })).toMatchObject({ messageCount: 1 })
    await test.caller.session.delete({ id, expectedMessageCount: 1 })
    const gone = await failureOfCall(test.caller.session.delete({ id, expectedMessageCount: 1 }))
    expect(gone.reason).toBe("SESSION_NOT_FOUND")
  })

  it("says that a session is not there", async () => {
    const calls = [
      () => test.caller.session.byId({ id: missing }),
      () => test.caller.session.touch({ id: missing }),
      () => test.caller.session.setStatus({ id: missing, status: "idle" }),
      () => test.caller.session.rename({ id: missing, name: "x" }),
      () => test.caller.session.update({ id: missing, metadata: {} }),
      () => test.caller.session.delete({ id: missing }),
    ]
    for (const call of calls) expect((await failureOfCall(call())).reason).toBe("SESSION_NOT_FOUND")
  })

  it("asks for the token where the door found none", async () => {
    const { createCaller } = await import("../root.ts")
    const stranger = createCaller({ ...test.context, authorised: false })
    expect((await failureOfCall(stranger.session.list({}))).reason).toBe("TOKEN_REQUIRED")
  })
})
