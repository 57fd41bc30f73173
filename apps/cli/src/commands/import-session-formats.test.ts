import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { claudeLine, conversationsAt, said, transcript } from "../testing/conversations.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(() => server.database.db.session.deleteMany())

const { run, client, reportOf, contents, countSessions } = conversationsAt(() => server)
const fixtures = fileURLToPath(new URL("../../../../packages/project-folder/fixtures/transcripts", import.meta.url))

const everything = async () => ({
  sessions: await server.database.db.session.findMany({ orderBy: { id: "asc" } }),
  messages: await server.database.db.message.findMany({ orderBy: [{ sessionId: "asc" }, { messageIndex: "asc" }] }),
})

describe("a second import changes nothing", () => {
  it.each(readdirSync(fixtures))("of %s", async (name) => {
    const first = await run("import-session", join(fixtures, name), "--branches", "all")
    const before = await everything()
    const second = await run("import-session", join(fixtures, name), "--branches", "all")
    expect(second.code).toBe(first.code)
    expect(await everything()).toEqual(before)
    expect(before.sessions.length > 0).toBe(first.code === 0)
  })
})

describe("a conversation that is grown by a line adds that line", () => {
  const line = (value: object) => `${JSON.stringify(value)}\n`
  const at = "2026-12-01T00:00:00.000Z"
  const codex = (role: string, text: string) => ({
    timestamp: at,
    type: "response_item",
    payload: { type: "message", role, content: [{ type: "input_text", text }] },
  })

  it.each([
    ["plain.jsonl", line({ role: "user", content: "one more" })],
    ["claude-rewind.jsonl", undefined],
    ["codex.jsonl", line(codex("user", "one more"))],
  ])("%s", async (name, more) => {
    const text = readFileSync(join(fixtures, name), "utf8").trimEnd()
    const last: { uuid?: string; sessionId?: string } = JSON.parse(text.split("\n").at(-1) ?? "{}")
    const grown =
      more ?? line({ ...claudeLine(last.sessionId ?? "", last.uuid ?? null, "u-more", "one more"), timestamp: at })
    const { session, counts } = await reportOf(transcript(text, name))
    const again = await reportOf(transcript(`${text}\n${grown}`, name))
    expect(again).toMatchObject({
      session: { id: session.id, created: false },
      counts: { appended: 1, alreadyThere: counts.messages },
    })
    expect((await contents(session.id)).at(-1)).toBe("one more")
    expect(await countSessions()).toBe(1)
  })
})

describe("a file of several talks", () => {
  const conversation = (id: string, title: string, ...texts: string[]) => ({
    session_id: id,
    title,
    messages: texts.map((content, i) => said(i % 2 ? "assistant" : "user", content)),
  })
  const conversations = [
    conversation("x", "Acid night", "an acid line", "Here."),
    conversation("y", "Dub", "a dub chord", "There."),
  ]
  const file = () => transcript(JSON.stringify(conversations), "export.json")

  it("becomes a session for each, told one by one", async () => {
    const path = file()
    const { code, stdout } = await run("import-session", path)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Acid night \(session /)
    expect(stdout).toContain("2 conversations: 2 new, 0 that were there, 4 messages.")
    const { items } = await client().session.list.query({})
    expect(items.map(({ name }) => name).toSorted()).toEqual(["Acid night", "Dub"])
    expect((await run("import-session", path)).stdout).toBe("2 conversations: 0 new, 2 that were there, 0 messages.\n")
    expect((await run("import-session", path, "--json")).json()).toMatchObject({
      conversations: [
        { session: { name: "Acid night", created: false } },
        { session: { name: "Dub", created: false } },
      ],
      failed: [],
      interrupted: false,
    })
  })

  it.each([
    ["--id", "00000000-0000-4000-8000-00000000abcd"],
    ["--name", "One"],
  ])("has no use for %s, and says so", async (option, value) => {
    expect(await run("import-session", file(), option, value)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining(
        `The file holds 2 conversations, but ${option} is for one: --only <words> chooses.`,
      ),
    })
    expect(await countSessions()).toBe(0)
  })

  it("may be asked for one of them", async () => {
    const { session } = await reportOf(file(), "--only", "DUB ch", "--name", "Mine")
    expect(session).toMatchObject({ name: "Mine", created: true })
    expect(await contents(session.id)).toEqual(["a dub chord", "There."])
    expect(await countSessions()).toBe(1)
    expect(await run("import-session", file(), "--only", "polka")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('None of the 2 conversations has the words "polka"'),
    })
  })

  it("is stored as far as it can be where one conversation takes no more", async () => {
    await run("import-session", transcript(JSON.stringify([conversations[0]])))
    const { items } = await client().session.list.query({})
    await client().session.setStatus.mutate({ id: items[0]?.id ?? "", status: "terminated" })
    const [first, second] = conversations
    const grown = [{ ...first, messages: [...(first?.messages ?? []), said("user", "more")] }, second]
    const path = transcript(JSON.stringify(grown))
    const { code, stdout } = await run("import-session", path)
    expect(code).toBe(1)
    expect(stdout).toContain("«Acid night» was not imported as a whole: This session is terminated.")
    expect(await countSessions()).toBe(2)
    expect((await run("import-session", path, "--json")).json()).toMatchObject({
      failed: [{ name: "Acid night", error: { reason: "SESSION_TERMINATED" } }],
    })
  })
})

it("a file that is no conversation is refused in one sentence", async () => {
  const { code, stderr, stdout } = await run("import-session", transcript("just some prose", "notes.txt"))
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" })
  expect(stderr.trim().split("\n")).toHaveLength(1)
  expect(await countSessions()).toBe(0)
})
