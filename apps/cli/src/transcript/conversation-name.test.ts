import { nameOfBranch, shortName } from "@strudel-agent/importer/transcript/conversation-name"
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest"
import { claudeLine, conversationsAt, lines, transcript } from "../testing/conversations.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(() => server.database.db.session.deleteMany())

const { client, reportOf, sessionOf } = conversationsAt(() => server)

const conversation = [claudeLine("S", null, "u1", "Another jungle break"), claudeLine("S", "u1", "a2", "Here.")]
const titled = (customTitle: string) =>
  transcript(lines(...conversation, { type: "custom-title", customTitle, sessionId: "S" }))
const untitled = () => transcript(lines(...conversation))

it("a session is called by its title, else by the conversation's first words, else by its file", async () => {
  const { session } = await reportOf(untitled())
  expect(session.name).toBe("Another jungle break")
  await server.database.db.session.deleteMany()
  expect((await reportOf(titled("My jungle"))).session.name).toBe("My jungle")
  await server.database.db.session.deleteMany()
  const silent = transcript(lines({ role: "assistant", content: "Nobody asked." }), "late night.jsonl")
  expect((await reportOf(silent)).session.name).toBe("late night")
})

it("a session follows the conversation's title while nobody has named it", async () => {
  const { session } = await reportOf(untitled())
  expect((await reportOf(titled("My jungle"))).session).toMatchObject({ id: session.id, name: "My jungle" })
  expect(await sessionOf(session.id)).toMatchObject({ name: "My jungle", metadata: { created_by_user: false } })
  await reportOf(titled("Our jungle"))
  expect((await sessionOf(session.id)).name).toBe("Our jungle")
  await client().session.rename.mutate({ id: session.id, name: "Mine" })
  await reportOf(titled("Their jungle"))
  expect((await sessionOf(session.id)).name).toBe("Mine")
})

it("the name that the user says wins, at any time", async () => {
  const { session } = await reportOf(titled("My jungle"), "--name", "Loud")
  expect(session.name).toBe("Loud")
  await reportOf(titled("Our jungle"))
  expect((await sessionOf(session.id)).name).toBe("Loud")
  expect((await reportOf(titled("Our jungle"), "--name", "Louder")).session).toMatchObject({
    created: false,
    name: "Louder",
  })
  expect(await sessionOf(session.id)).toMatchObject({ name: "Louder", metadata: { created_by_user: true } })
})

it("an older copy does not bring an old title back", async () => {
  const { session } = await reportOf(titled("My jungle"))
  const more = [...conversation, claudeLine("S", "a2", "u3", "more")]
  await reportOf(transcript(lines(...more, { type: "custom-title", customTitle: "New", sessionId: "S" })))
  await reportOf(titled("My jungle"))
  expect((await sessionOf(session.id)).name).toBe("New")
})

it("names fit, and never end in half a character", () => {
  expect(shortName(`  a\n b `)).toBe("a b")
  expect(shortName("🥁".repeat(200))).toHaveLength(199)
  expect(shortName("🥁".repeat(200)).isWellFormed()).toBe(true)
  const name = nameOfBranch("x".repeat(500), "y".repeat(500))
  expect(name.length).toBeLessThanOrEqual(200)
  expect(name).toMatch(/^x+… \(branch of y+…\)$/)
})
