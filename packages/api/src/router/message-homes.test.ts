import { randomUUID } from "node:crypto"
import { codesOfMessage } from "@strudel-agent/contract/message/code"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { failureOfCall } from "../testing/failure.ts"
import { createTestCaller, type TestCaller } from "../testing/test-caller.ts"

let test: TestCaller
beforeAll(async () => {
  test = await createTestCaller()
})
afterAll(() => test.close())

let [projectId, other] = ["", ""]
beforeEach(() => {
  projectId = `p-${randomUUID()}`
  other = `q-${randomUUID()}`
})

/** Code that no other test has. */
const fresh = (name: string) => `s("${name}") // ${randomUUID()}`
const about = (id: string) => ({ item_type: "clip", item_id: id, project_id: projectId })

type Change = { before?: string; after?: string; item_id?: string; item_type?: string; project_id?: string }

/** A session as an import leaves it: nothing in the library says that it came from it. */
async function imported(messages: { content?: string; codeChanges?: Change | Change[]; code?: string }[]) {
  const { id } = await test.caller.session.create({ name: "Imported", projectId })
  await test.caller.message.append({
    sessionId: id,
    messages: messages.map(({ content = "", codeChanges, code }) => ({
      role: "assistant" as const,
      content,
      ...(codeChanges ? { codeChanges } : {}),
      ...(code ? { context: { ...about("kick"), code } } : {}),
    })),
  })
  return id
}
const homesOf = async (sessionId: string, messageIndex = 0) => {
  const { homes } = await test.caller.clip.homesOfMessage({ sessionId, messageIndex })
  return homes.map((home) => [home.place, home.projectId, home.clipId, home.version])
}

describe("homesOfMessage", () => {
  it("finds the clip that has a code, in the project that is named, in the session's, in any", async () => {
    const { caller } = test
    const [a, b, c, d] = ["a", "b", "c", "d"].map(fresh) as [string, string, string, string]
    await caller.clip.create({ projectId: other, id: "kick", name: "Kick", code: a })
    await caller.clip.create({ projectId, id: "other", name: "Other", code: a })
    await caller.clip.create({ projectId, id: "kick", name: "Kick", code: a })
    await caller.clip.update({ projectId, id: "kick", code: "later" })
    await caller.clip.create({ projectId: other, id: "bass", name: "Bass", code: b })
    await caller.clip.create({ projectId, id: "bass-2", name: "Bass 2", code: b })
    await caller.clip.create({ projectId: other, id: "hat", name: "Hat", code: c })
    const sessionId = await imported([
      { codeChanges: [{ ...about("kick"), before: "", after: a }, { after: b }, { after: c }, { after: d }] },
    ])
    expect(await homesOf(sessionId)).toEqual([
      [0, projectId, "kick", 1],
      [1, projectId, "bass-2", 1],
      [2, other, "hat", 1],
    ])
  })

  it("finds code whatever newlines end it, that of a context, and blocks of it in a message's words", async () => {
    const { caller } = test
    const [a, b, c] = ["a", "b", "c"].map(fresh) as [string, string, string]
    await caller.clip.create({ projectId, id: "a", name: "A", code: `${a}\n` })
    await caller.clip.create({ projectId, id: "b", name: "B", code: b })
    await caller.clip.create({ projectId, id: "c", name: "C", code: c })
    const content = `Take this:\n\n\`\`\`js\n${c}\n\`\`\`\n\nor\n\n\`\`\`python\n${a}\n\`\`\``
    const sessionId = await imported([{ content, code: `${b}\n\n`, codeChanges: { after: a } }])
    expect(await homesOf(sessionId)).toEqual([
      [0, projectId, "a", 1],
      [1, projectId, "b", 1],
      [2, projectId, "c", 1],
    ])
  })

  it("prefers the version that the message made, through a fork", async () => {
    const { caller } = test
    const code = fresh("a")
    const kick = { projectId, id: "kick" }
    const sessionId = await imported([{}, { codeChanges: { ...about("kick"), after: code } }])
    await caller.clip.create({ ...kick, name: "Kick", code, origin: { sessionId, messageIndex: 1 } })
    await caller.clip.update({ ...kick, code: "other" })
    await caller.clip.update({ ...kick, code })
    expect(await homesOf(sessionId, 1)).toEqual([[0, projectId, "kick", 1]])
    const fork = await caller.session.fork({ id: sessionId, messageIndex: 1 })
    expect(await homesOf(fork.id, 1)).toEqual([[0, projectId, "kick", 1]])
  })

  it("tells which of the items that are named are there", async () => {
    const { caller } = test
    await caller.clip.create({ projectId, id: "kick", name: "Kick", code: "" })
    await caller.song.create({ projectId, id: "dawn", name: "Dawn" })
    const named = (item_type: string, item_id: string) => ({ item_type, item_id, project_id: projectId, after: "x" })
    const sessionId = await imported([
      { codeChanges: [named("clip", "kick"), named("clip", "gone"), named("song", "dawn"), named("playlist", "dawn")] },
    ])
    const { items } = await caller.clip.homesOfMessage({ sessionId, messageIndex: 0 })
    expect(items.map(({ itemType, itemId }) => `${itemType}:${itemId}`).sort()).toEqual(["clip:kick", "song:dawn"])
  })

  it("finds nothing for no message, for empty code and for more than a clip may hold", async () => {
    const { caller } = test
    await caller.clip.create({ projectId, id: "empty", name: "Empty", code: "" })
    const sessionId = await imported([
      { codeChanges: [{ after: "" }, { after: " \n" }, { after: "x".repeat(300_000) }] },
    ])
    expect(await homesOf(sessionId)).toEqual([])
    expect(await homesOf(sessionId, 7)).toEqual([])
    expect(await homesOf(randomUUID())).toEqual([])
  })
})

describe("codeAt", () => {
  it("lists the clips that have the codes of an imported session, and the codes that none has", async () => {
    const { caller } = test
    const [a, b, c, d] = ["a", "b", "c", "d"].map(fresh) as [string, string, string, string]
    await caller.clip.create({ projectId, id: "kick", name: "Kick", code: a })
    await caller.clip.update({ projectId, id: "kick", code: "by hand" })
    const id = await imported([
      { content: `\`\`\`\n${d}\n\`\`\`` },
      { codeChanges: { ...about("kick"), after: "early" } },
      {
        codeChanges: [
          { ...about("kick"), before: "early", after: a },
          { ...about("bass"), after: b },
        ],
      },
      { codeChanges: { after: c } },
      { codeChanges: { ...about("bass"), before: b } },
    ])
    const kick = {
      projectId,
      clipId: "kick",
      name: "Kick",
      version: 1,
      sessionId: id,
      messageIndex: 2,
      currentVersion: 2,
    }
    expect(await caller.session.codeAt({ id, messageIndex: 3 })).toEqual({
      clips: [kick],
      codes: [
        { messageIndex: 3, source: "change", code: c, clip: null },
        { messageIndex: 2, source: "change", code: b, clip: { projectId, clipId: "bass" } },
      ],
    })
    expect(await caller.session.clipsAt({ id, messageIndex: 3 })).toEqual([kick])
    const removed = await caller.session.codeAt({ id, messageIndex: 4 })
    expect(removed.codes.map(({ code }) => code)).toEqual([c])
    expect(await caller.session.codeAt({ id, messageIndex: 0 })).toEqual({
      clips: [],
      codes: [{ messageIndex: 0, source: "block", code: d, clip: null }],
    })
    expect((await failureOfCall(caller.session.codeAt({ id: randomUUID(), messageIndex: 0 }))).reason).toBe(
      "SESSION_NOT_FOUND",
    )
  })

  it("tells the first message that left code, of its own or of what it was forked from", async () => {
    const { caller } = test
    const first = async (id: string) => (await caller.session.firstCode({ id })).messageIndex
    expect(await first(await imported([{}, { codeChanges: { before: "x" } }, { codeChanges: [] }]))).toBeNull()
    const id = await imported([{}, { codeChanges: { before: "x" } }, { codeChanges: [{}, { after: "y" }] }])
    expect(await first(id)).toBe(2)
    await caller.clip.create({ projectId, id: "a", name: "A", code: "", origin: { sessionId: id, messageIndex: 0 } })
    expect(await first(id)).toBe(0)
    expect(await first((await caller.session.fork({ id, messageIndex: 1 })).id)).toBe(0)
  })
})

it("finds the blocks of Strudel code in a text as they are drawn", () => {
  const text =
    "- in a list\n\n  ```js\n  a\n    b\n  ```\n\n~~~~\nc\n~~~\n~~~~\n```python\nno\n```\n```\n\n```\n```strudel\nlast, to the end"
  expect(codesOfMessage({ content: text }).map(({ source, code }) => [source, code])).toEqual([
    ["block", "a\n  b"],
    ["block", "c\n~~~"],
    ["block", "last, to the end"],
  ])
})
