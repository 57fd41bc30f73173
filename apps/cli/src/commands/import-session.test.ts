import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { createClient } from "@strudel-agent/client/client"
import type { TranscriptReport } from "@strudel-agent/importer/transcript/transcript-report"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { temporaryFolder, writeFiles } from "../testing/folder.ts"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const run = (...argv: string[]) => runCommand(server.url, argv)
const client = () => createClient({ url: server.url })
const fixtures = fileURLToPath(new URL("../../../../packages/project-folder/fixtures/transcripts", import.meta.url))

const lines = (...messages: object[]): string => messages.map((message) => `${JSON.stringify(message)}\n`).join("")
let minute = 0
/** A message of its own minute. */
const said = (role: string, content: string, rest: object = {}) => ({
  role,
  content,
  timestamp: new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString(),
  ...rest,
})

function transcript(text: string, name = "talk.jsonl"): string {
  const folder = temporaryFolder()
  writeFiles(folder, { [name]: text })
  return join(folder, name)
}

async function reportOf(...argv: string[]): Promise<TranscriptReport> {
  return JSON.parse((await run("import-session", ...argv, "--json")).stdout)
}

const contents = async (sessionId: string) =>
  (await client().message.list.query({ sessionId, limit: 200 })).messages.map(({ content }) => content)

describe("a transcript", () => {
  it("becomes a session with what it is about, and nothing the second time", async () => {
    const change = { item_type: "clip", item_id: "kick", project_id: "house", before: "a", after: "b" }
    const file = transcript(lines(said("user", "Louder"), said("assistant", "Done.", { code_changes: change })))
    const options = [
      "--project",
      "house",
      "--item",
      "clip:kick",
      "--agent",
      "ada",
      "--model",
      "m-1",
      "--tags",
      "a, b,a",
    ]
    const { session, counts } = await reportOf(file, "--name", "Loud", ...options)
    expect({ session, counts }).toEqual({
      session: { id: expect.any(String), name: "Loud", created: true },
      counts: { messages: 2, appended: 2, alreadyThere: 0, others: 0 },
    })
    expect(await client().session.byId.query({ id: session.id })).toMatchObject({
      ...{ agentName: "ada", modelName: "m-1", projectId: "house", itemType: "clip", itemId: "kick" },
      ...{ name: "Loud", status: "idle", messageCount: 2, metadata: { tags: ["a", "b"], imported_from: "talk.jsonl" } },
    })
    const { messages } = await client().message.list.query({ sessionId: session.id })
    expect(messages).toMatchObject([
      { role: "user", content: "Louder" },
      { role: "assistant", content: "Done.", codeChanges: change },
    ])
    const again = await reportOf(file)
    expect(again).toMatchObject({
      session: { id: session.id, name: "Loud", created: false },
      counts: { appended: 0, alreadyThere: 2 },
    })
    expect((await client().session.byId.query({ id: session.id })).messageCount).toBe(2)
  })

  it("that has grown adds what is new, also under another name", async () => {
    const first = [said("user", "one"), said("assistant", "two")]
    const begun = await reportOf(transcript(lines(...first)))
    const file = transcript(lines(...first, said("user", "three")), "copy.jsonl")
    const { stdout, code } = await run("import-session", file)
    expect(code).toBe(0)
    expect(stdout).toContain("1 message imported, 2 already there")
    expect(await contents(begun.session.id)).toEqual(["one", "two", "three"])
  })

  it("without times is told from others that begin alike by its file's name", async () => {
    const hello = { role: "user", content: "hello" }
    const one = await reportOf(transcript(lines(hello, { role: "assistant", content: "A" }), "a.jsonl"))
    const other = await reportOf(transcript(lines(hello, { role: "assistant", content: "B" }), "b.jsonl"))
    expect(one.session.id).not.toBe(other.session.id)
    const again = await reportOf(transcript(lines(hello, { role: "assistant", content: "A" }), "a.jsonl"))
    expect(again).toMatchObject({ session: { id: one.session.id, created: false }, counts: { alreadyThere: 2 } })
  })

  it("is not mixed with another version of itself", async () => {
    const first = [said("user", "one"), said("assistant", "two"), said("user", "three")]
    const { session } = await reportOf(transcript(lines(...first)))
    const changed = transcript(
      lines(...first.with(1, { ...said("assistant", "2"), timestamp: first[1]?.timestamp ?? "" })),
    )
    const { code, stdout } = await run("import-session", changed)
    expect(code).toBe(0)
    expect(stdout).toContain(
      `It begins like «one» (session ${session.id}), but says something else from message 2 on: a session of its own`,
    )
    expect(await contents(session.id)).toEqual(["one", "two", "three"])
    const id = "00000000-0000-4000-8000-00000000ABCD"
    expect((await reportOf(changed, "--id", id)).session).toMatchObject({ id: id.toLowerCase(), created: true })
    expect(await contents(id)).toEqual(["one", "2", "three"])
  })

  it("keeps the client ids that it brings, and reports a message that is stored with other content", async () => {
    const clientId = "11111111-2222-4333-8444-555555555555"
    const { session } = await reportOf(transcript(lines({ ...said("user", "one"), client_id: clientId })))
    const { messages } = await client().message.list.query({ sessionId: session.id })
    expect(messages[0]?.clientId).toBe(clientId)
    const changed = transcript(lines({ ...said("user", "uno"), client_id: clientId }))
    const { code, stdout } = await run("import-session", changed, "--id", session.id)
    expect(code).toBe(1)
    expect(stdout).toContain("Message 1 is stored with other content, which stays.")
  })

  it("follows on what a session has already, and says so", async () => {
    const { id } = await client().session.create.mutate({ name: "Live" })
    await client().message.append.mutate({ sessionId: id, messages: [{ role: "user", content: "before" }] })
    const { stdout } = await run("import-session", transcript(lines(said("user", "after"))), "--id", id)
    expect(stdout).toContain("The session has 1 message that the transcript does not have.")
    expect(await contents(id)).toEqual(["before", "after"])
    expect((await client().session.byId.query({ id })).status).toBe("active")
  })

  it("is only looked at in a dry run", async () => {
    const file = transcript(lines(said("user", "one")))
    const { stdout, code } = await run("import-session", file, "--dry-run")
    expect(code).toBe(0)
    expect(stdout).toContain("1 message would be imported")
    const { session, counts } = await reportOf(file)
    expect({ created: session.created, counts }).toMatchObject({ created: true, counts: { appended: 1 } })
  })

  it("may come from the standard input", async () => {
    const stdin = lines(said("user", "piped"))
    const piped = await runCommand(server.url, ["import-session", "-", "--name", "Pipe", "--json"], { stdin })
    expect(piped.json()).toMatchObject({ session: { name: "Pipe", created: true }, counts: { appended: 1 } })
    const again = await runCommand(server.url, ["import-session", "-", "--json"], { stdin })
    expect(again.json()).toMatchObject({ session: { name: "Pipe", created: false }, counts: { alreadyThere: 1 } })
  })
})

describe("what people have", () => {
  it.each([
    ["claude-code.jsonl", "A kick for the night drive"],
    ["openai.jsonl", "A hat please"],
    ["array.json", "Make me a kick"],
    ["malformed-lines.jsonl", "one"],
  ])("%s is stored without doubling, and says what was left out", async (name, title) => {
    const first = await reportOf(join(fixtures, name))
    expect(first.session).toMatchObject({ name: title, created: true })
    expect(first.counts.appended).toBe(first.counts.messages)
    const second = await reportOf(join(fixtures, name))
    expect(second.counts).toEqual({ ...first.counts, appended: 0, alreadyThere: first.counts.messages })
    expect(await contents(first.session.id)).toHaveLength(first.counts.messages)
  })

  it("tells people what was left out of an agent's transcript", async () => {
    const { stdout, code } = await run("import-session", join(fixtures, "claude-code.jsonl"))
    expect(code).toBe(0)
    expect(stdout).toMatch(/Left out: .*tool calls?/)
  })

  it("without messages is no session", async () => {
    const { code, stderr } = await run("import-session", join(fixtures, "empty.jsonl"))
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("has no messages to show") })
    expect(await run("import-session", join(fixtures, "not-there.jsonl"))).toMatchObject({ code: 2 })
    expect(await run("import-session", fixtures)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("is no file"),
    })
  })
})

describe("size", () => {
  it("does not matter: many messages, large ones, and one over the limit", async () => {
    const large = "x".repeat(900 * 1024)
    const many = Array.from({ length: 1200 }, (_, i) => said(i % 2 ? "assistant" : "user", `message ${i}`))
    const some = Array.from({ length: 6 }, () => said("user", large))
    const file = transcript(lines(...many, ...some, said("user", "x".repeat(1024 * 1024 + 1)), said("user", "last")))
    const ran = await runCommand(server.url, ["import-session", file], { terminal: true })
    expect(ran.code).toBe(1)
    expect(ran.stdout).toContain("1,207 messages imported")
    expect(ran.stdout).toContain("Message 1207 is larger than 1 MiB.")
    expect(ran.stderr).toContain("500/1207")
    const report = await reportOf(file)
    expect(report.counts).toEqual({ messages: 1208, appended: 0, alreadyThere: 1207, others: 0 })
    const { messages } = await client().message.list.query({ sessionId: report.session.id, limit: 1 })
    expect(messages).toMatchObject([{ content: "last", messageIndex: 1206 }])
  })

  it("lets an import that was interrupted go on", async () => {
    const file = transcript(lines(...Array.from({ length: 1100 }, (_, i) => said("user", `m${i}`))))
    const controller = new AbortController()
    const first = await runCommand(server.url, ["import-session", file], {
      terminal: true,
      interruption: controller.signal,
      onStderr: (text) => text.includes("500/1100") && controller.abort(),
    })
    expect(first).toMatchObject({ code: 130, stdout: expect.stringContaining("1,000 messages imported") })
    expect(await reportOf(file)).toMatchObject({ counts: { appended: 100, alreadyThere: 1000 } })
  })
})

it("says how far it came where the session takes no more", async () => {
  const first = [said("user", "one")]
  const { session } = await reportOf(transcript(lines(...first)))
  await client().session.setStatus.mutate({ id: session.id, status: "terminated" })
  const grown = transcript(lines(...first, said("user", "two")))
  const { code, stdout, stderr } = await run("import-session", grown)
  expect(code).toBe(5)
  expect(stdout).toContain("0 messages imported, 1 already there")
  expect(stderr).toContain("This session is terminated.")
  expect(await reportOf(grown)).toMatchObject({ error: { reason: "SESSION_TERMINATED" } })
})

it("reads every session of the samples", async () => {
  const samples = fileURLToPath(new URL("../../../../samples/sessions", import.meta.url))
  const entries: { file: string }[] = JSON.parse(readFileSync(join(samples, "index.json"), "utf8"))
  for (const { file } of entries) {
    const expected = readFileSync(join(samples, file), "utf8").trim().split("\n").length
    expect(await reportOf(join(samples, file))).toMatchObject({
      counts: { appended: expected },
      leftOut: [],
      warnings: [],
    })
  }
})
