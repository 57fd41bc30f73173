import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readFiles, temporaryFolder, writeFiles } from "../testing/folder.ts"
import { openFront } from "../testing/front.ts"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
/** A project of files that nobody listens to. */
const notes = (project: string, count: number) => ({
  [`${project}/index.md`]: "# Notes\n",
  ...Object.fromEntries(Array.from({ length: count - 1 }, (_, i) => [`${project}/notes/n${i}.txt`, `note ${i}`])),
})
const words = (url: string, seconds: number) => `No server answers at ${url}. Waiting for it for up to ${seconds} s.\n`

/** Runs a command during which the server restarts when something is said. */
async function runThroughRestart(argv: string[], when: string) {
  const front = await openFront(server)
  const restart: Promise<void>[] = []
  const ran = await runCommand(front.url, argv, {
    terminal: true,
    env: { STRUDEL_WAIT: "60" },
    onStderr(text) {
      if (restart.length === 0 && text.includes(when)) {
        restart.push(
          front
            .leave()
            .then(() => pause(1500))
            .then(front.comeBack),
        )
      }
    },
  })
  await Promise.all(restart)
  expect(restart).toHaveLength(1)
  return { ...ran, url: front.url }
}

describe("a server that restarts", () => {
  it("is waited for in the middle of an import, which is whole then", async () => {
    const folder = temporaryFolder()
    writeFiles(folder, notes("middle", 150))
    const ran = await runThroughRestart(["import", join(folder, "middle")], "100/150")
    expect(ran.code).toBe(0)
    expect(ran.stderr).toContain(words(ran.url, 60))
    expect(await server.database.db.projectFile.count({ where: { projectId: "middle" } })).toBe(150)
  })

  it("is waited for in the middle of a conversation, which is stored once and in order", async () => {
    const folder = temporaryFolder()
    const contents = Array.from({ length: 1300 }, (_, i) => `m${i}`)
    const lines = contents.map((content) => JSON.stringify({ role: "user", content }))
    writeFiles(folder, { "talk.jsonl": lines.join("\n") })
    const ran = await runThroughRestart(["import-session", join(folder, "talk.jsonl"), "--name", "Long"], "500/1300")
    expect(ran.code).toBe(0)
    expect(ran.stdout).toContain("1,300 messages imported")
    expect(ran.stderr).toContain(words(ran.url, 60))
    const session = await server.database.db.session.findFirstOrThrow({ where: { messageCount: 1300 } })
    const stored = await server.database.db.message.findMany({
      where: { sessionId: session.id },
      orderBy: { messageIndex: "asc" },
    })
    expect(stored.map(({ data }) => data)).toEqual(contents.map((content) => expect.objectContaining({ content })))
  })

  it("is waited for in the middle of an export", async () => {
    const folder = temporaryFolder()
    writeFiles(folder, notes("out", 60))
    expect((await runCommand(server.url, ["import", join(folder, "out")])).code).toBe(0)
    const ran = await runThroughRestart(["export", join(folder, "copy"), "--project", "out"], "25/25")
    expect(ran.code).toBe(0)
    expect(Object.keys(readFiles(join(folder, "copy")))).toHaveLength(60)
  })

  it.each([[["search", "snare"]], [["projects"]], [["sessions"]]])("is waited for at the start of %j", async (argv) => {
    const front = await openFront(server)
    await front.leave()
    const back = pause(1000).then(front.comeBack)
    expect(await runCommand(front.url, argv)).toMatchObject({ code: 0, stderr: words(front.url, 10) })
    await back
  })
})

describe("a server that does not come back", () => {
  it("is given up in the end", async () => {
    const front = await openFront(server)
    await front.leave()
    const env = { STRUDEL_WAIT: "0.5" }
    expect(await runCommand(front.url, ["projects"], { env })).toMatchObject({
      code: 6,
      stdout: "",
      stderr: `${words(front.url, 0.5)}No server answers at ${front.url}. Start it with \`npm start\`, or set STRUDEL_URL.\n`,
    })
    const json = await runCommand(front.url, ["projects", "--json"], { env })
    expect(json).toMatchObject({ code: 6, stderr: "" })
    expect(json.json()).toMatchObject({ error: { reason: "UNREACHABLE" } })
    await front.comeBack()
  })

  it("is given up in the middle of a conversation, of which the report says how far it came", async () => {
    const folder = temporaryFolder()
    const lines = Array.from({ length: 1300 }, (_, i) => JSON.stringify({ role: "user", content: `n${i}` }))
    writeFiles(folder, { "talk.jsonl": lines.join("\n") })
    const front = await openFront(server)
    const left: Promise<void>[] = []
    const argv = ["import-session", join(folder, "talk.jsonl")]
    const ran = await runCommand(front.url, argv, {
      terminal: true,
      env: { STRUDEL_WAIT: "0.5" },
      onStderr: (text) => text.includes("500/1300") && left.push(front.leave()),
    })
    await Promise.all(left)
    expect(ran).toMatchObject({ code: 6, stdout: expect.stringMatching(/(500|1,000) messages imported/) })
    await front.comeBack()
    expect(await runCommand(front.url, argv)).toMatchObject({ code: 0 })
    const { items } = await createClient({ url: server.url }).session.list.query({ q: "n0" })
    expect(items).toMatchObject([{ messageCount: 1300 }])
  })
})
