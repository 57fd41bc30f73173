import { join } from "node:path"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, expect, it } from "vitest"
import { temporaryFolder, writeFiles } from "../testing/folder.ts"
import { runCommand } from "../testing/run-command.ts"
import { startTestServer, type TestServer } from "../testing/test-server.ts"

const token = "a-token-of-sixteen-letters"
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ token })
})
afterAll(() => server.close())

const doctor = (env: Record<string, string> = {}, cwd = temporaryFolder()) =>
  runCommand(server.url, ["doctor"], { cwd, env: { STRUDEL_TOKEN: token, HOME: temporaryFolder(), ...env } })

it("finds nothing wrong where nothing is", async () => {
  const ran = await doctor()
  expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining("sessions, versions and files fit together") })
  expect(ran.stdout).not.toContain("PROBLEM")
  expect(ran.stdout).not.toContain(token)
})

it("tells of a server that is away, of a token that is refused, and of a setting that is wrong", async () => {
  const away = await doctor({ STRUDEL_URL: "http://127.0.0.1:1" })
  expect(away).toMatchObject({ code: 6, stdout: expect.stringContaining("PROBLEM  server: no server answers") })
  expect(await doctor({ STRUDEL_TOKEN: "another-token-of-16" })).toMatchObject({
    ...{ code: 4, stdout: expect.stringContaining("does not accept the STRUDEL_TOKEN") },
  })
  expect(await doctor({ STRUDEL_URL: "nonsense" })).toMatchObject({
    ...{ code: 2, stdout: expect.stringContaining("PROBLEM  settings: STRUDEL_URL") },
  })
})

it("looks at the settings of assistants, and tells no token of them", async () => {
  const home = temporaryFolder()
  const mcp = (path: string, strudel: object) => ({ [path]: `// mine\n${JSON.stringify({ mcpServers: { strudel } })}` })
  const url = `${server.url}/mcp`
  writeFiles(home, {
    ...mcp(".cursor/mcp.json", { url, headers: { Authorization: `Bearer ${token}` } }),
    ...mcp(".gemini/settings.json", { httpUrl: url, headers: { Authorization: "Bearer something-else-secret" } }),
    ...mcp(".codeium/windsurf/mcp_config.json", { serverUrl: "http://127.0.0.1:9/mcp" }),
    ...mcp(".config/Claude/claude_desktop_config.json", { command: "npm", args: ["--prefix", "/nowhere", "run"] }),
    ".config/zed/settings.json": `{ "theme": "secret-theme" `,
  })
  const { code, stdout } = await doctor({ HOME: home })
  expect(code).toBe(1)
  const about = (path: string) => stdout.split("\n").find((line) => line.includes(join(home, path)))
  expect(about(".cursor/mcp.json")).toMatch(/^ok .*by its address$/)
  expect(about(".gemini/settings.json")).toMatch(/^PROBLEM .*another than STRUDEL_TOKEN$/)
  expect(about(".codeium/windsurf/mcp_config.json")).toMatch(/^warning .*127\.0\.0\.1:9/)
  expect(about(".config/Claude")).toMatch(/^PROBLEM .*is not at \/nowhere$/)
  expect(about(".config/zed")).toMatch(/^PROBLEM .*no JSON$/)
  expect(stdout).not.toMatch(/secret/)
})

it("warns where the database takes too long to look through all, and does not call it broken", async () => {
  const { db } = server.database
  const client = createClient({ url: server.url, token })
  const { id } = await client.session.create.mutate({ name: "Slow" })
  let running: ReturnType<typeof doctor> | undefined
  await db.$transaction(
    async (tx) => {
      await tx.$executeRaw`LOCK TABLE messages IN ACCESS EXCLUSIVE MODE`
      running = doctor()
      // Ended by hand, as a statement is that takes too long.
      const cancelled = () => db.$executeRaw`
        SELECT pg_cancel_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%message_count%'`
      await expect.poll(cancelled, { timeout: 15_000 }).toBe(1)
      await running
    },
    { timeout: 30_000 },
  )
  const ran = await running
  expect(ran).toMatchObject({ code: 0, stdout: expect.stringMatching(/warning +database: it took too long/) })
  await client.session.delete.mutate({ id })
}, 40_000)

it("finds what does not fit together in the database", async () => {
  const client = createClient({ url: server.url, token })
  const { id } = await client.session.create.mutate({ name: "Talk" })
  await client.message.append.mutate({ sessionId: id, messages: [{ role: "user", content: "a" }] })
  await client.clip.create.mutate({ projectId: "house", id: "kick", name: "Kick", code: "silence" })
  const { db } = server.database
  await db.session.update({ where: { id }, data: { messageCount: 3 } })
  await db.clipVersion.deleteMany({ where: { clipId: "kick" } })
  const content = Buffer.from("x")
  await db.projectFile.create({
    data: { projectId: "house", path: "clips/none.js", content, itemType: "clip", itemId: "none" },
  })
  const ran = await runCommand(server.url, ["doctor", "--json"], { env: { STRUDEL_TOKEN: token } })
  expect(ran.code).toBe(1)
  const messages = [
    `session ${id} counts 3 messages and has 1, or a gap among them`,
    "clip house/kick is at version 1 and has 0 versions",
    "file house/clips/none.js is kept of an item that is not there",
  ]
  expect(ran.json()).toMatchObject({
    findings: expect.arrayContaining(messages.map((message) => expect.objectContaining({ level: "problem", message }))),
  })
})
