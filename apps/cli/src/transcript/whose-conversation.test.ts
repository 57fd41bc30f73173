import { randomUUID } from "node:crypto"
import { v5 } from "uuid"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { claudeLine, conversationsAt, lines, nextMoment, said, transcript } from "../testing/conversations.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(() => server.database.db.session.deleteMany())

const { run, client, reportOf, contents, sessionOf, countSessions } = conversationsAt(() => server)

const messages = (...all: object[]) => JSON.stringify({ messages: all })
const system = { role: "system", content: "You are a terse Strudel helper. Reply with code." }
const user = (content: string) => ({ role: "user" as const, content })
const agent = (content: string) => ({ role: "assistant" as const, content })

const at = <T extends object>(message: T) => ({ ...message, timestamp: nextMoment() })

/** Imports a file again and checks that nothing is other than before. */
async function expectNothingNew(file: string, ...options: string[]): Promise<void> {
  const before = await server.database.db.session.findMany({ orderBy: { id: "asc" } })
  const { session, counts, kinship } = await reportOf(file, ...options)
  expect({ created: session.created, appended: counts.appended, kinship }).toEqual({ created: false, appended: 0 })
  expect(await server.database.db.session.findMany({ orderBy: { id: "asc" } })).toEqual(before)
}

describe("two conversations that begin alike", () => {
  it("stay two, told from one another by what they say", async () => {
    const monday = transcript(messages(system, user("MONDAY: make a kick"), agent("MONDAY: done")), "messages.json")
    const tuesday = transcript(messages(system, user("TUESDAY: make a pad"), agent("TUESDAY: done")), "messages.json")
    const first = await reportOf(monday)
    const { stdout } = await run("import-session", tuesday)
    expect(stdout).toContain(
      `begins like «MONDAY: make a kick» (session ${first.session.id}), but says something else from message 2 on`,
    )
    expect(await countSessions()).toBe(2)
    expect(await contents(first.session.id)).toEqual([system.content, "MONDAY: make a kick", "MONDAY: done"])
    const second = await reportOf(tuesday)
    expect(await contents(second.session.id)).toEqual([system.content, "TUESDAY: make a pad", "TUESDAY: done"])
    // A prompt of the system alone makes no fork.
    expect((await sessionOf(second.session.id)).metadata).not.toHaveProperty("forked_from")
    for (const file of [monday, tuesday]) await expectNothingNew(file)
  })

  it("grow each by what is its own, also among many that begin alike", async () => {
    const texts = Array.from({ length: 30 }, (_, i) => [system, user(`take ${i}`), agent("Done.")])
    for (const conversation of texts) await reportOf(transcript(messages(...conversation)))
    const { session, counts } = await reportOf(transcript(messages(...(texts[3] ?? []), user("more"))))
    expect({ created: session.created, counts }).toMatchObject({ created: false, counts: { appended: 1 } })
    expect(await contents(session.id)).toEqual([system.content, "take 3", "Done.", "more"])
    expect(await countSessions()).toBe(30)
  })

  it("are two where both say that they are, whatever they say", async () => {
    const conversation = (id: string) =>
      transcript(JSON.stringify({ session_id: id, messages: [user("hello"), agent("Hi.")] }))
    const one = await reportOf(conversation("a"))
    const other = await reportOf(conversation("b"))
    expect(other.session).toMatchObject({ created: true })
    expect(one.session.id).not.toBe(other.session.id)
  })
})

describe("a fork", () => {
  const shared = [claudeLine("S-A", null, "u1", "Sketch a break"), claudeLine("S-A", "u1", "a2", "Break: …")]
  const original = transcriptOf("S-A", [...shared, claudeLine("S-A", "a2", "u3", "ORIGINAL: add a reese bass")])
  const fork = transcriptOf("S-B", [...shared, claudeLine("S-B", "a2", "u4", "FORK: half time it")])

  function transcriptOf(sessionId: string, all: object[]): string {
    return lines(...all.map((line) => ({ ...line, sessionId })))
  }

  it.each([
    ["after its original", [original, fork]],
    ["before its original", [fork, original]],
  ])("is a session of its own that knows where it left the other: imported %s", async (_, texts) => {
    const files = texts.map((text) => transcript(text))
    for (const file of files) expect((await reportOf(file)).session.created).toBe(true)
    const originalId = (await reportOf(transcript(original))).session.id
    const forkId = (await reportOf(transcript(fork))).session.id
    expect(await contents(originalId)).toEqual(["Sketch a break", "Break: …", "ORIGINAL: add a reese bass"])
    expect(await contents(forkId)).toEqual(["Sketch a break", "Break: …", "FORK: half time it"])
    const origin = { session_id: originalId, message_index: 1 }
    expect((await sessionOf(forkId)).metadata).toMatchObject({ forked_from: origin })
    expect((await sessionOf(originalId)).metadata).not.toHaveProperty("forked_from")
    for (const file of files) await expectNothingNew(file)
  })

  it("of a conversation that ends where it leaves it is told from one that goes on", async () => {
    const short = await reportOf(transcript(transcriptOf("S-A", shared)))
    const { session, kinship } = await reportOf(transcript(fork))
    expect(session.created).toBe(true)
    expect(kinship).toMatchObject({ kind: "fork", id: short.session.id, messageIndex: 1 })
    const grown = await reportOf(transcript(original))
    expect(grown).toMatchObject({ session: { id: short.session.id, created: false }, counts: { appended: 1 } })
  })
})

describe("a conversation that was taken back to an earlier message", () => {
  const first = claudeLine("S", null, "u1", "Make a kick")
  const answer = claudeLine("S", "u1", "a2", "Here.")
  const wrong = claudeLine("S", "a2", "u3", "WRONG TURN")
  const right = claudeLine("S", "a2", "u4", "Hats instead")

  it("becomes a session of its own, which goes on then", async () => {
    const before = await reportOf(transcript(lines(first, answer, wrong)))
    const rewound = await reportOf(transcript(lines(first, answer, wrong, right)))
    expect(rewound).toMatchObject({
      session: { created: true },
      kinship: { kind: "fork", id: before.session.id, messageIndex: 1 },
    })
    expect(await contents(before.session.id)).toEqual(["Make a kick", "Here.", "WRONG TURN"])
    expect(await contents(rewound.session.id)).toEqual(["Make a kick", "Here.", "Hats instead"])
    const more = claudeLine("S", "u4", "a5", "Added.")
    const grown = await reportOf(transcript(lines(first, answer, wrong, right, more)))
    expect(grown).toMatchObject({ session: { id: rewound.session.id, created: false }, counts: { appended: 1 } })
    expect(await countSessions()).toBe(2)
  })
})

describe("what is stored of a conversation already", () => {
  const conversation = [said("user", "one"), said("assistant", "two"), said("user", "three"), said("assistant", "four")]

  it("is not changed by an older copy", async () => {
    const { session } = await reportOf(transcript(lines(...conversation)))
    const { stdout, code } = await run("import-session", transcript(lines(...conversation.slice(0, 2)), "old.jsonl"))
    expect(code).toBe(0)
    expect(stdout).toContain("0 messages imported, 2 already there")
    expect(stdout).toContain("The session has 2 messages that the transcript does not have.")
    await expectNothingNew(transcript(lines(...conversation.slice(0, 2))))
    expect(await contents(session.id)).toEqual(["one", "two", "three", "four"])
  })

  it.each([
    ["that was edited", () => conversation.with(2, { ...said("user", "THREE") }), "from message 3 on"],
    ["in which a message was deleted", () => conversation.toSpliced(1, 1), "from message 2 on"],
    ["in which a message was put", () => conversation.toSpliced(1, 0, said("user", "1½")), "from message 2 on"],
  ])("is not mixed with a copy %s", async (_, change, words) => {
    const { session } = await reportOf(transcript(lines(...conversation)))
    const file = transcript(lines(...change()))
    const { stdout, code } = await run("import-session", file)
    expect(code).toBe(0)
    expect(stdout).toContain(`begins like «one» (session ${session.id}), but says something else ${words}`)
    expect(await contents(session.id)).toEqual(["one", "two", "three", "four"])
    await expectNothingNew(file)
  })

  it("is not mixed with a copy whose head was cut off", async () => {
    await reportOf(transcript(lines(...conversation)))
    const file = transcript(lines(...conversation.slice(1)))
    expect((await reportOf(file)).session.created).toBe(true)
    await expectNothingNew(file)

    const claude = [claudeLine("S", null, "u1", "one"), claudeLine("S", "u1", "a2", "two")]
    const whole = await reportOf(transcript(lines(...claude)))
    const cut = await run("import-session", transcript(lines(...claude.slice(1))))
    expect(cut.stdout).toContain(`It has the same id as «one» (session ${whole.session.id}), but begins with something`)
  })

  it("keeps what was written in the page: the conversation goes on in a fork, or there where the user says so", async () => {
    const { session } = await reportOf(transcript(lines(...conversation.slice(0, 2))))
    const { id } = session
    await client().message.append.mutate({ sessionId: id, messages: [{ role: "note", content: "from the page" }] })
    await expectNothingNew(transcript(lines(...conversation.slice(0, 2))))
    const grown = transcript(lines(...conversation.slice(0, 3)))
    const { stdout } = await run("import-session", grown)
    expect(stdout).toContain(`as a fork of that one. --id ${id} puts it into that one instead.`)
    expect(await contents(id)).toEqual(["one", "two", "from the page"])
    const fork = await reportOf(grown)
    expect(await contents(fork.session.id)).toEqual(["one", "two", "three"])
    expect((await sessionOf(fork.session.id)).metadata).toMatchObject({
      forked_from: { session_id: id, message_index: 1 },
    })

    const forced = await reportOf(transcript(lines(...conversation)), "--id", id)
    expect(forced).toMatchObject({ counts: { appended: 2, alreadyThere: 2, others: 1 }, failed: [] })
    expect(await contents(id)).toEqual(["one", "two", "from the page", "three", "four"])
    await expectNothingNew(transcript(lines(...conversation)), "--id", id)
    await expectNothingNew(transcript(lines(...conversation)))
  })

  it("takes what is missing behind later messages where the user says so, and tells it", async () => {
    const { session } = await reportOf(transcript(lines(...conversation)))
    const changed = conversation.with(1, said("assistant", "2"))
    const { stdout, code } = await run("import-session", transcript(lines(...changed)), "--id", session.id)
    expect(code).toBe(0)
    expect(stdout).toContain("Message 2 stands behind later ones, which the session had.")
    expect(await contents(session.id)).toEqual(["one", "two", "three", "four", "2"])
  })

  it("is not gone on with by a fork that was made of it in the page", async () => {
    const { session } = await reportOf(transcript(lines(...conversation.slice(0, 2))))
    const fork = await client().session.fork.mutate({ id: session.id, messageIndex: 1 })
    const grown = await reportOf(transcript(lines(...conversation)))
    expect(grown.session).toMatchObject({ id: session.id, created: false })
    expect((await sessionOf(fork.id)).messageCount).toBe(2)
  })

  it("is found again where it was exported from here, here and elsewhere", async () => {
    const { id } = await client().session.create.mutate({ name: "Live" })
    await client().message.append.mutate({ sessionId: id, messages: [user("hello"), agent("Hi.")] })
    const exported = await (await fetch(`${server.url}/export/sessions/${id}.json`)).text()
    const file = transcript(exported, "live.json")
    expect(await reportOf(file)).toMatchObject({ session: { id, created: false }, counts: { alreadyThere: 2 } })
    await client().session.delete.mutate({ id })
    expect((await reportOf(file)).session).toMatchObject({ id, created: true, name: "Live" })
    await expectNothingNew(file)
  })
})

describe("a session that an earlier version made", () => {
  const namespace = "3f6b8f0a-0a52-4b57-9c1e-5c2f6f3b7d11"
  const clientIds = "7b0f6f5e-6d5a-4c39-9d0e-3f1c1c1b8a52"
  const clientIdOf = (
    { role, content, timestamp = "" }: { role: string; content: string; timestamp?: string },
    i: number,
  ) => v5(`${i}\n${role}\n${timestamp}\n${content}`, clientIds)

  it.each([
    ["with times", [at(user("one")), at(agent("two"))]],
    ["without times", [user("one"), agent("two")]],
  ])("is known by the first message of the conversation, %s", async (_, conversation) => {
    const [first] = conversation
    if (!first) return
    const named = "timestamp" in first ? "" : "\ntalk.jsonl"
    const id = v5(`${clientIdOf(first, 0)}${named}`, namespace)
    await client().session.create.mutate({ id, name: "Mine", metadata: { imported_from: "talk.jsonl" } })
    const stored = conversation.map((message, i) => ({ ...message, clientId: clientIdOf(message, i) }))
    await client().message.append.mutate({ sessionId: id, messages: stored })
    const file = transcript(lines(...conversation))
    expect(await reportOf(file)).toMatchObject({
      session: { id, name: "Mine", created: false },
      counts: { appended: 0 },
    })
    await expectNothingNew(file)
    const grown = await reportOf(transcript(lines(...conversation, said("user", "three")), "copy.jsonl"))
    expect(grown).toMatchObject({ session: { id, created: false }, counts: { appended: 1 } })
    expect(await countSessions()).toBe(1)
  })
})

describe("imports that run at the same time", () => {
  it.each([
    [
      "a conversation that says whose it is",
      () => lines(...Array.from({ length: 40 }, (_, i) => claudeLine("S", i ? `u${i - 1}` : null, `u${i}`, `m${i}`))),
    ],
    ["a conversation that does not", () => lines(...Array.from({ length: 1200 }, (_, i) => said("user", `m${i}`)))],
  ])("make one session of %s, in its order", async (_, text) => {
    const file = transcript(text())
    const ran = await Promise.all(Array.from({ length: 4 }, () => run("import-session", file)))
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 0])
    expect(await countSessions()).toBe(1)
    const rows = await server.database.db.message.findMany({ orderBy: { messageIndex: "asc" } })
    expect(rows.map(({ data }) => data)).toEqual(rows.map((_, i) => expect.objectContaining({ content: `m${i}` })))
    await expectNothingNew(file)
  })

  it("do not mix a conversation with what somebody writes meanwhile", async () => {
    const all = Array.from({ length: 1600 }, (_, i) => said("user", `m${i}`))
    const { session } = await reportOf(transcript(lines(...all.slice(0, 400))))
    const importing = run("import-session", transcript(lines(...all)))
    await client().message.append.mutate({ sessionId: session.id, messages: [user("page")] })
    const { stdout, code } = await importing
    expect(code).toBe(0)
    const isWhole = (await sessionOf(session.id)).messageCount === 1601
    // Whoever was first: the page's message stands behind the conversation, or the conversation goes on in a fork.
    if (!isWhole) expect(stdout).toContain("as a fork of that one")
    const id = isWhole ? session.id : /session ([0-9a-f-]{36})/.exec(stdout)?.[1]
    expect((await sessionOf(id ?? randomUUID())).messageCount).toBe(isWhole ? 1601 : 1600)
  })
})
