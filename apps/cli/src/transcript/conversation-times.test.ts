import { utimesSync } from "node:fs"
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { conversationsAt, lines, transcript } from "../testing/conversations.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(() => server.database.db.session.deleteMany())

const { run, client, reportOf, sessionOf } = conversationsAt(() => server)

const october = [
  { role: "user", content: "a wobbling bass", timestamp: "2025-10-03T20:00:00.000Z" },
  { role: "assistant", content: "Here it wobbles." },
  { role: "user", content: "slower", timestamp: "2025-10-03T20:05:00.000Z" },
]
const timesIn = async (sessionId: string) =>
  (await client().message.list.query({ sessionId })).messages.map(({ timestamp }) => timestamp)

it("a conversation of October is of October: in lists, in search, and as seen", async () => {
  const live = await client().session.create.mutate({ name: "Live" })
  await client().message.append.mutate({ sessionId: live.id, messages: [{ role: "user", content: "wobbling" }] })
  const { session } = await reportOf(transcript(lines(...october)), "--name", "October")
  expect(await sessionOf(session.id)).toMatchObject({
    createdAt: "2025-10-03T20:00:00.000Z",
    lastActivity: "2025-10-03T20:05:00.000Z",
    status: "idle",
    messageCount: 3,
    seenCount: 3,
  })
  expect(await timesIn(session.id)).toEqual([
    "2025-10-03T20:00:00.000Z",
    "2025-10-03T20:00:00.000Z",
    "2025-10-03T20:05:00.000Z",
  ])
  for (const sort of ["activity", "created"] as const) {
    const { items } = await client().session.list.query({ sort })
    expect(items.map(({ name }) => name)).toEqual(["Live", "October"])
  }
  expect((await client().session.list.query({ unseen: true })).items.map(({ name }) => name)).toEqual(["Live"])
  expect((await client().session.list.query({ activeTo: "2025-10-31" })).items).toHaveLength(1)
  const found = await client().search.query.query({ q: "wobbling", kinds: ["message"] })
  expect(found.items.map(({ sessionId }) => sessionId)).toEqual([live.id, session.id])
})

it("what a conversation has grown by is of its time, and a live session stays as live as it is", async () => {
  const { session } = await reportOf(transcript(lines(...october.slice(0, 2))))
  await reportOf(transcript(lines(...october)))
  expect(await sessionOf(session.id)).toMatchObject({ lastActivity: "2025-10-03T20:05:00.000Z", status: "idle" })
  await client().session.touch.mutate({ id: session.id })
  const { lastActivity } = await sessionOf(session.id)
  const more = { role: "user", content: "even slower", timestamp: "2025-10-03T21:00:00.000Z" }
  await reportOf(transcript(lines(...october, more)))
  expect(await sessionOf(session.id)).toMatchObject({ lastActivity, status: "active", messageCount: 4, seenCount: 4 })
})

it("a conversation without times has that of its file, and says so", async () => {
  const file = transcript(lines({ role: "user", content: "hello" }, { role: "assistant", content: "Hi." }))
  const written = new Date("2025-09-01T12:00:00Z")
  utimesSync(file, written, written)
  const { stdout } = await run("import-session", file)
  expect(stdout).toContain("The transcript says no times: its messages have that of the file.")
  const { session } = await reportOf(file)
  expect(await sessionOf(session.id)).toMatchObject({
    createdAt: written.toISOString(),
    lastActivity: written.toISOString(),
  })
  expect(await timesIn(session.id)).toEqual([written.toISOString(), written.toISOString()])

  const grown = transcript(
    lines({ role: "user", content: "hello" }, { role: "assistant", content: "Hi." }, { role: "user", content: "more" }),
  )
  const later = new Date("2025-09-02T12:00:00Z")
  utimesSync(grown, later, later)
  expect((await reportOf(grown)).session).toMatchObject({ id: session.id, created: false })
  expect(await sessionOf(session.id)).toMatchObject({ lastActivity: later.toISOString() })
})

it("a conversation without times of its messages has that of the whole", async () => {
  const whole = { created_at: "2025-08-01T10:00:00Z", messages: [{ role: "user", content: "of August" }] }
  const { session, times } = await reportOf(transcript(JSON.stringify(whole)))
  expect(times).toBe("talk")
  expect(await sessionOf(session.id)).toMatchObject({ createdAt: "2025-08-01T10:00:00.000Z" })
})

it("clocks that were wrong keep no conversation out, and make none of tomorrow", async () => {
  const odd = [
    { role: "user", content: "to come", timestamp: "2999-01-01T00:00:00.000Z" },
    { role: "assistant", content: "before", timestamp: "1980-01-01T00:00:00.000Z" },
  ]
  const { session, failed } = await reportOf(transcript(lines(...odd)))
  expect(failed).toEqual([])
  const { createdAt, lastActivity } = await sessionOf(session.id)
  expect(createdAt).toBe("1980-01-01T00:00:00.000Z")
  expect(Date.parse(lastActivity)).toBeLessThanOrEqual(Date.now())
  expect(await timesIn(session.id)).toEqual(odd.map(({ timestamp }) => timestamp))
})
