import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest"
import { main } from "../command-line.ts"
import { afterCall, answerInstead, lostAnswer } from "../testing/after-call.ts"
import { temporaryFolder } from "../testing/folder.ts"
import { openFront } from "../testing/front.ts"
import { type RunOptions, runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const client = () => createClient({ url: server.url })
const run = (argv: string[], options: RunOptions = {}) => runCommand(server.url, ["sessions", ...argv], options)
const missing = "00000000-0000-4000-8000-00000000dead"
let id = ""
beforeEach(async () => {
  id = (await client().session.create.mutate({ name: "Night" })).id
  await client().message.append.mutate({
    sessionId: id,
    messages: ["one", "two", "three"].map((content) => ({ role: "user" as const, content })),
  })
})

it("prints the last messages, as text or a line of JSON each", async () => {
  expect((await run(["tail", id, "-n", "2"])).stdout).toMatch(/^── 1 · user .*\ntwo\n── 2 · user .*\nthree\n$/)
  const { stdout } = await run(["tail", id, "-n", "1", "--json"])
  expect(stdout.trimEnd().split("\n")).toHaveLength(1)
  expect(JSON.parse(stdout)).toMatchObject({ content: "three", messageIndex: 2 })
  expect(await run(["tail", missing])).toMatchObject({ code: 3, stdout: "" })
})

it("follows what comes, also through a restart of the server, and ends when it is interrupted", async () => {
  const front = await openFront(server)
  const interruption = new AbortController()
  const seen: string[] = []
  const following = runCommand(front.url, ["sessions", "tail", id, "-f", "-n", "1", "--json"], {
    interruption: interruption.signal,
    onStdout: (text) => seen.push(JSON.parse(text).content),
  })
  const say = (content: string) =>
    client().message.append.mutate({ sessionId: id, messages: [{ role: "assistant", content }] })
  await vi.waitFor(() => expect(seen).toEqual(["three"]), 20_000)
  await say("four")
  await vi.waitFor(() => expect(seen).toEqual(["three", "four"]), 20_000)
  await front.leave()
  await front.comeBack()
  await say("five")
  await vi.waitFor(() => expect(seen).toEqual(["three", "four", "five"]), 30_000)
  interruption.abort()
  expect(await following).toMatchObject({ code: 130 })
})

it("goes on following when a proxy has answered in the server's place for a while", async () => {
  const front = await openFront(server)
  const interruption = new AbortController()
  const seen: string[] = []
  let isAway = false
  let answers = 0
  answerInstead("/trpc/", () => {
    if (!isAway) return undefined
    answers++
    return new Response("starting", { status: 503, headers: { "content-type": "text/html" } })
  })
  const following = runCommand(front.url, ["sessions", "tail", id, "-f", "-n", "1", "--json"], {
    interruption: interruption.signal,
    env: { STRUDEL_WAIT: "0" },
    onStdout: (text) => seen.push(JSON.parse(text).content),
  })
  const say = (content: string) =>
    client().message.append.mutate({ sessionId: id, messages: [{ role: "assistant", content }] })
  await vi.waitFor(() => expect(seen).toEqual(["three"]), 20_000)
  await say("four")
  await vi.waitFor(() => expect(seen).toEqual(["three", "four"]), 20_000)
  isAway = true
  await front.leave()
  await front.comeBack()
  await vi.waitFor(() => expect(answers).toBeGreaterThan(3), 30_000)
  isAway = false
  await say("five")
  await vi.waitFor(() => expect(seen).toEqual(["three", "four", "five"]), 30_000)
  interruption.abort()
  expect(await following).toMatchObject({ code: 130 })
})

it("ends with an error where the session that it follows is deleted", async () => {
  const following = run(["tail", id, "-f", "-n", "1"], {
    onStdout: () => void client().session.delete.mutate({ id }),
  })
  expect(await following).toMatchObject({ code: 3, stderr: "The session was deleted.\n" })
})

it("appends what an argument or a pipe says, once for each client id", async () => {
  expect(await run(["append", id, "four", "words", "to", "say"])).toMatchObject({ code: 0, stdout: "3\n" })
  const clientId = "11111111-2222-4333-8444-555555555555"
  const again = () => run(["append", id, "--role", "assistant", "--client-id", clientId], { stdin: "from a\npipe\n" })
  expect((await again()).stdout).toBe("4\n")
  expect((await again()).stdout).toBe("4\n")
  const { messages } = await client().message.list.query({ sessionId: id })
  expect(messages.slice(3)).toMatchObject([
    { role: "user", content: "four words to say" },
    { role: "assistant", content: "from a\npipe" },
  ])
  expect(await run(["append", id, "x", "--role", "robot"])).toMatchObject({ code: 2 })
  expect(await run(["append", missing, "x"])).toMatchObject({ code: 3 })
})

it("renames, tags, forks and ends", async () => {
  expect((await run(["rename", id, "Late night"])).stdout).toBe("Late night\n")
  expect(await run(["tag", id, "a", "b"])).toMatchObject({ code: 0 })
  expect(await run(["untag", id, "b"])).toMatchObject({ code: 0 })
  expect(await client().session.byId.query({ id })).toMatchObject({ name: "Late night", metadata: { tags: ["a"] } })
  const fork = (await run(["fork", id, "--at", "1", "--name", "Fork"])).stdout.trim()
  expect(await client().session.byId.query({ id: fork })).toMatchObject({ name: "Fork", messageCount: 2 })
  expect(await run(["end", id, "--dry-run"])).toMatchObject({ code: 0, stdout: `${id}\n` })
  expect(await client().session.byId.query({ id })).toMatchObject({ status: "active" })
  expect(await run(["end", id])).toMatchObject({ code: 0, stdout: `${id}\n` })
  expect(await run(["append", id, "x"])).toMatchObject({ code: 5 })
  expect(await run(["end", missing])).toMatchObject({ code: 3, stderr: expect.stringContaining(missing) })
})

it("exports a transcript, and writes over no file unless told", async () => {
  expect((await run(["export", id])).stdout).toContain("three")
  expect((await run(["export", id, "--json"])).json()).toEqual(expect.any(Object))
  expect(await run(["export", id, "--json", "--format", "md"])).toMatchObject({ code: 2 })
  const cwd = temporaryFolder()
  expect(await run(["export", id, "--format", "jsonl", "--output", "talk.jsonl"], { cwd })).toMatchObject({ code: 0 })
  const lines = readFileSync(join(cwd, "talk.jsonl"), "utf8").trimEnd().split("\n")
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ content: "three" })
  expect(await run(["export", id, "--output", "talk.jsonl"], { cwd })).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("--overwrite"),
  })
  expect(await run(["export", id, "--output", "talk.jsonl", "--overwrite"], { cwd })).toMatchObject({ code: 0 })
  expect(await run(["export", missing, "--output", "none.md"], { cwd })).toMatchObject({ code: 3 })
  expect(existsSync(join(cwd, "none.md"))).toBe(false)
})

it.each([
  { when: "the connection breaks off", code: 1 },
  { when: "the user interrupts it", code: 130 },
])("leaves a former export as it was, and no part of a new one, where $when", async ({ code }) => {
  const interruption = new AbortController()
  answerInstead("/export/", () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(Buffer.from("# Ni")),
      pull(controller) {
        if (code === 130) interruption.abort()
        controller.error(new TypeError("terminated"))
      },
    })
    return new Response(body)
  })
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, "talk.md"), "yesterday")
  for (const output of [["talk.md", "--overwrite"], ["new.md"]]) {
    const ran = await run(["export", id, "--output", ...output], { cwd, interruption: interruption.signal })
    expect(ran).toMatchObject({ code, stdout: "" })
  }
  expect(readdirSync(cwd)).toEqual(["talk.md"])
  expect(readFileSync(join(cwd, "talk.md"), "utf8")).toBe("yesterday")
})

it("lets go of an answer that is no transcript", async () => {
  let isLeft = false
  answerInstead("/export/", () => {
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      cancel() {
        isLeft = true
      },
    })
    return new Response(body, { status: 503 })
  })
  expect(await run(["export", id])).toMatchObject({ code: 1, stderr: expect.stringContaining("HTTP 503") })
  expect(isLeft).toBe(true)
})

it("writes over a file with the permissions that it had, through a link, and leaves nothing beside it", async () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, "talk.md"), "yesterday", { mode: 0o600 })
  symlinkSync("talk.md", join(cwd, "link.md"))
  expect(await run(["export", id, "--output", "link.md", "--overwrite"], { cwd })).toMatchObject({ code: 0 })
  expect(readdirSync(cwd, { withFileTypes: true }).map((entry) => [entry.name, entry.isSymbolicLink()])).toEqual([
    ["link.md", true],
    ["talk.md", false],
  ])
  expect(readFileSync(join(cwd, "talk.md"), "utf8")).toContain("three")
  expect(statSync(join(cwd, "talk.md")).mode & 0o777).toBe(0o600)
  expect(await run(["export", id, "--output", "/dev/null", "--overwrite"], { cwd })).toMatchObject({ code: 0 })
  expect(statSync("/dev/null").isFile()).toBe(false)
  const nowhere = await run(["export", id, "--output", "no/talk.md"], { cwd })
  expect(nowhere).toMatchObject({ code: 1, stderr: "no/talk.md: there is no such file or folder\n" })
})

it("prints a transcript as it is to a file, and harmless to a terminal", async () => {
  const content = "\u001b]0;title\u0007Done.\u202e"
  await client().message.append.mutate({ sessionId: id, messages: [{ role: "user", content }] })
  expect((await run(["export", id])).stdout).toContain(content)
  const { stdout } = await run(["export", id], { terminal: true })
  expect(stdout).toContain("\ufffd]0;title\ufffdDone.\ufffd")
  expect(stdout).not.toContain("\u001b")
})

it("prints a long transcript no faster than its reader takes it", async () => {
  const content = "x".repeat(200_000)
  await client().message.append.mutate({
    sessionId: id,
    messages: Array.from({ length: 5 }, () => ({ role: "user" as const, content })),
  })
  let isFull = false
  let tooEarly = 0
  let text = ""
  const stdout = {
    write(piece: string) {
      if (isFull) tooEarly++
      isFull = true
      text += piece
      return false
    },
    once(_event: "drain", listener: () => void) {
      setTimeout(() => {
        isFull = false
        listener()
      }, 1)
    },
  }
  const stderr = { write: () => true }
  const env = { STRUDEL_URL: server.url }
  const code = await main(["sessions", "export", id], { stdin: Readable.from([]), stdout, stderr, env, cwd: "/" })
  expect({ code, tooEarly }).toEqual({ code: 0, tooEarly: 0 })
  expect(text.split(content)).toHaveLength(6)
})

it("leaves a session that has other messages than were told to whoever agreed", async () => {
  const messages = [{ role: "user" as const, content: "wait" }]
  afterCall("session.byId", () => client().message.append.mutate({ sessionId: id, messages }))
  expect(await run(["delete", id, "--yes"])).toMatchObject({
    code: 5,
    stderr: `${id}: it has other messages by now.\n`,
  })
  expect(await client().session.byId.query({ id })).toMatchObject({ messageCount: 4 })
})

it("deletes only where it was told so", async () => {
  expect(await run(["delete", id])).toMatchObject({ code: 2 })
  expect(await run(["delete", id, "--dry-run"])).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("3 messages"),
  })
  expect(await run(["delete", id, "--yes"])).toMatchObject({ code: 0, stdout: `${id}\n` })
  expect(await run(["show", id])).toMatchObject({ code: 3 })
})

it("deletes a session once that is named twice", async () => {
  expect(await run(["delete", id, id.toUpperCase(), "--yes"])).toMatchObject({ code: 0, stdout: `${id}\n` })
  expect(await run(["end", missing, missing.toUpperCase()])).toMatchObject({ code: 3 })
})

it("tells which sessions are deleted by then where a later one fails", async () => {
  const later = (await client().session.create.mutate({ name: "Later" })).id
  afterCall("session.delete", lostAnswer, 2)
  const ran = await run(["delete", id, later, "--yes", "--json"])
  expect(ran).toMatchObject({ code: 6, stderr: `Deleted ${id}.\n` })
  expect(ran.json()).toMatchObject({ error: { reason: "UNREACHABLE" } })
})
