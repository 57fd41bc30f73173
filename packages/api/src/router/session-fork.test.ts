import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

async function newSession(messages: number) {
  const { caller } = test
  const { id } = await caller.session.create({
    agentName: "composer",
    modelName: "m-1",
    provider: "p",
    projectId: "house",
    itemType: "clip",
    itemId: "kick",
    name: "Night",
    metadata: { tags: ["dub"] },
  })
  const said = Array.from({ length: messages }, (_, i) => ({
    role: "user" as const,
    content: `take ${i}`,
    clientId: randomUUID(),
    context: { item_id: `k${i}` },
  }))
  if (messages > 0) await caller.message.append({ sessionId: id, messages: said })
  return id
}

const all = async (sessionId: string) => (await test.caller.message.list({ sessionId, limit: 200 })).messages

describe("fork", () => {
  it("takes along exactly the messages up to one of them, and the memory files", async () => {
    const { caller } = test
    const id = await newSession(5)
    await caller.memoryFile.create({ sessionId: id, filePath: "notes.md", isPrimary: true, loaded: true })
    const newId = randomUUID()
    const fork = await caller.session.fork({ id, messageIndex: 2, newId })
    expect(fork).toMatchObject({
      id: newId,
      agentName: "composer",
      modelName: "m-1",
      provider: "p",
      projectId: "house",
      itemType: "clip",
      itemId: "kick",
      status: "active",
      messageCount: 3,
      displayName: "Night (from message 2)",
      metadata: { tags: ["dub"], forked_from: { session_id: id, message_index: 2 } },
    })
    const source = await all(id)
    expect(await all(newId)).toEqual(source.slice(0, 3).map((message) => ({ ...message, sessionId: newId })))
    expect(await caller.memoryFile.list({ sessionId: newId })).toMatchObject([
      { filePath: "notes.md", isPrimary: true, loaded: true },
    ])
    expect((await caller.session.byId({ id })).messageCount).toBe(5)
  })

  it("goes on where it was forked, apart from the other", async () => {
    const id = await newSession(3)
    const fork = await test.caller.session.fork({ id, messageIndex: 0, name: "Another way" })
    expect(fork).toMatchObject({ displayName: "Another way", metadata: { created_by_user: true } })
    const appended = await test.caller.message.append({
      sessionId: fork.id,
      messages: [{ role: "user", content: "instead" }],
    })
    expect(appended).toMatchObject({ firstIndex: 1, messageCount: 2 })
    expect((await all(id)).map(({ content }) => content)).toEqual(["take 0", "take 1", "take 2"])
  })

  it("says in types what is not there, and makes nothing then", async () => {
    const { caller } = test
    const id = await newSession(1)
    const newId = randomUUID()
    const missing = await failureOfCall(caller.session.fork({ id: randomUUID(), messageIndex: 0, newId }))
    expect(missing.reason).toBe("SESSION_NOT_FOUND")
    expect((await failureOfCall(caller.session.fork({ id, messageIndex: 1, newId }))).reason).toBe("MESSAGE_NOT_FOUND")
    expect((await failureOfCall(caller.session.byId({ id: newId }))).reason).toBe("SESSION_NOT_FOUND")
    expect((await failureOfCall(caller.session.fork({ id, messageIndex: 0, newId: id }))).reason).toBe("SESSION_EXISTS")
  })

  it("keeps a name of the longest kind within its limit", async () => {
    const { id } = await test.caller.session.create({ name: "🎛".repeat(100) })
    await test.caller.message.append({ sessionId: id, messages: [{ role: "user", content: "a" }] })
    const { displayName } = await test.caller.session.fork({ id, messageIndex: 0 })
    expect(displayName.length).toBeLessThanOrEqual(200)
    expect(displayName).toMatch(/ \(from message 0\)$/)
  })
})

describe("clipsAt", () => {
  it("lists the clips that the messages up to one wrote, as they had left them, through forks of forks", async () => {
    const { caller } = test
    const projectId = `p-${randomUUID()}`
    const id = await newSession(6)
    const at = (messageIndex: number) => ({ sessionId: id, messageIndex })
    const kick = { projectId, id: "kick" }
    await caller.clip.create({ ...kick, name: "Kick", code: "a", origin: at(0) })
    await caller.clip.update({ ...kick, code: "b", origin: at(1) })
    await caller.clip.update({ ...kick, code: "c", origin: at(3) })
    await caller.clip.create({ projectId, id: "bass", name: "Bass", code: "x", origin: at(4) })
    await caller.clip.create({ projectId, id: "other", name: "Other", code: "x" })
    await caller.clip.update({ ...kick, code: "by hand" })

    const atTwo = await caller.session.clipsAt({ id, messageIndex: 2 })
    expect(atTwo).toEqual([
      { projectId, clipId: "kick", name: "Kick", version: 2, sessionId: id, messageIndex: 1, currentVersion: 4 },
    ])
    const atEnd = await caller.session.clipsAt({ id, messageIndex: 5 })
    expect(atEnd.map(({ clipId, version }) => [clipId, version])).toEqual([
      ["bass", 1],
      ["kick", 3],
    ])

    const fork = await caller.session.fork({ id, messageIndex: 2 })
    const again = await caller.session.fork({ id: fork.id, messageIndex: 2 })
    expect(await caller.session.clipsAt({ id: again.id, messageIndex: 5 })).toEqual(atTwo)
    await caller.clip.update({ ...kick, code: "of the fork", origin: { sessionId: again.id, messageIndex: 3 } })
    const ofFork = await caller.session.clipsAt({ id: again.id, messageIndex: 3 })
    expect(ofFork).toMatchObject([{ clipId: "kick", version: 5, sessionId: again.id, messageIndex: 3 }])

    await caller.clip.delete(kick)
    expect(await caller.session.clipsAt({ id, messageIndex: 2 })).toEqual([])
  })

  it("follows no origin that somebody made up", async () => {
    const { caller } = test
    for (const forked_from of ["x", { session_id: "x", message_index: -1 }, { session_id: randomUUID() }]) {
      const { id } = await caller.session.create({ metadata: { forked_from } })
      expect(await caller.session.clipsAt({ id, messageIndex: 0 })).toEqual([])
    }
    const id = randomUUID()
    await caller.session.create({ id, metadata: { forked_from: { session_id: id, message_index: 3 } } })
    expect(await caller.session.clipsAt({ id, messageIndex: 9 })).toEqual([])
    const missing = await failureOfCall(caller.session.clipsAt({ id: randomUUID(), messageIndex: 0 }))
    expect(missing.reason).toBe("SESSION_NOT_FOUND")
  })
})
