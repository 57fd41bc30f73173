import { afterAll, beforeAll, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

const kick = (projectId: string) => ({ projectId, id: "kick", name: "Kick", code: "a\nb", metadata: { bpm: 120 } })

async function startSession(name: string) {
  const { id: sessionId } = await test.caller.session.create({ name })
  const messages = ["make a kick", `louder ${"!".repeat(300)}`].map((content) => ({ role: "user" as const, content }))
  await test.caller.message.append({ sessionId, messages })
  return sessionId
}

it("tells of each version what it changed and which message it came from", async () => {
  const key = { projectId: "history", id: "kick" }
  const sessionId = await startSession("Night shift")
  await test.caller.clip.create({ ...kick("history"), origin: { sessionId, messageIndex: 0 } })
  await test.caller.clip.update({ ...key, code: "a\nB\nc", origin: { sessionId, messageIndex: 1 } })
  await test.caller.clip.update({ ...key, metadata: { bpm: 124, scale: "C minor" }, origin: { sessionId } })
  await test.caller.clip.update({ ...key, name: "Boom" })
  const { items, nextCursor } = await test.caller.clip.history(key)
  expect(nextCursor).toBeNull()
  expect(items).toMatchObject([
    { version: 4, name: "Boom", sessionId: null, sessionName: null, preview: null, change: { renamed: true } },
    { version: 3, sessionName: "Night shift", messageIndex: null, change: { metadataKeys: ["bpm", "scale"] } },
    { version: 2, sessionName: "Night shift", messageIndex: 1, change: { lines: { added: 2, removed: 1 } } },
    { version: 1, sessionName: "Night shift", messageIndex: 0, preview: "make a kick", change: null },
  ])
  expect(items[2]?.preview).toHaveLength(160)
  expect(items[0]).not.toHaveProperty("code")
})

it("goes on page by page, and a page's last version knows what it changed", async () => {
  const key = { projectId: "pages", id: "kick" }
  await test.caller.clip.create(kick("pages"))
  for (const code of ["a", "a\nb\nc", "z"]) await test.caller.clip.update({ ...key, code })
  const first = await test.caller.clip.history({ ...key, limit: 2 })
  const rest = await test.caller.clip.history({ ...key, limit: 2, cursor: first.nextCursor })
  expect([...first.items, ...rest.items].map(({ version, change }) => [version, change?.lines])).toEqual([
    [4, { added: 1, removed: 3 }],
    [3, { added: 2, removed: 0 }],
    [2, { added: 0, removed: 1 }],
    [1, undefined],
  ])
  expect((await failureOfCall(test.caller.clip.history({ ...key, id: "ghost" }))).reason).toBe("CLIP_NOT_FOUND")
})

it("keeps saying where a version came from when the session is gone", async () => {
  const sessionId = await startSession("Gone")
  await test.caller.clip.create({ ...kick("gone"), origin: { sessionId, messageIndex: 1 } })
  await test.caller.session.delete({ id: sessionId })
  const { items } = await test.caller.clip.history({ projectId: "gone", id: "kick" })
  expect(items).toMatchObject([{ sessionId, messageIndex: 1, sessionName: null, preview: null }])
})

it("finds the versions that came from a message", async () => {
  const sessionId = await startSession("Both ways")
  const origin = { sessionId, messageIndex: 1 }
  await test.caller.clip.create({ ...kick("both-ways"), origin })
  await test.caller.clip.create({ ...kick("both-ways"), id: "snare", origin: { sessionId, messageIndex: 0 } })
  await test.caller.clip.update({ projectId: "both-ways", id: "snare", code: "c", origin })
  const { items } = await test.caller.clip.versionsOfMessage(origin)
  expect(items.map(({ clipId, version }) => [clipId, version])).toEqual([
    ["kick", 1],
    ["snare", 2],
  ])
  expect(await test.caller.clip.versionsOfMessage({ sessionId, messageIndex: 9 })).toEqual({ items: [] })
})
