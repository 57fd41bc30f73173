import { execFile, execFileSync, spawn } from "node:child_process"
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { createClient } from "@strudel-agent/client/client"
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest"
import { fillLibrary } from "./testing/fill-library.ts"
import { readFiles, temporaryFolder, writeFiles } from "./testing/folder.ts"
import { startTestServer, type TestServer } from "./testing/test-server.ts"

let server: TestServer
const folder = realpathSync(mkdtempSync(join(tmpdir(), "strudel-agent-bundle-")))
// Away from every node_modules: the bundle needs nothing but its own chunks.
const bundle = join(folder, "main.mjs")
const app = fileURLToPath(new URL("..", import.meta.url))
beforeAll(async () => {
  server = await startTestServer()
  execFileSync(process.execPath, ["build.mjs", bundle], { cwd: app })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const environment = () => ({ PATH: process.env.PATH, STRUDEL_URL: server.url })
const run = (argv: string[], cwd: string) =>
  promisify(execFile)(process.execPath, [bundle, ...argv], { cwd, env: environment() })

it("is a program of its own that reads from where it is called", async () => {
  const cwd = temporaryFolder()
  writeFiles(cwd, { "house/clips/kick.js": "silence" })
  expect(await run(["import", "house"], cwd)).toEqual({
    stdout: "house: 1 file, 1 created (1 clip)\nThe server listens to the code in the background: 1 left.\n",
    stderr: "",
  })
  await run(["export", "copy"], cwd)
  expect(readFiles(join(cwd, "copy"))).toEqual({ "house/clips/kick.js": "silence" })
  expect((await run(["show", "clip", "house/kick"], cwd)).stdout).toBe("silence")
  expect((await run(["--version"], cwd)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

it("ends with the code of its command", async () => {
  const cwd = temporaryFolder()
  await expect(run(["nonsense"], cwd)).rejects.toMatchObject({ code: 2 })
  await expect(run(["show", "clip", "no/thing"], cwd)).rejects.toMatchObject({
    code: 3,
    stderr: "There is no such clip.\n",
  })
})

it("reads a transcript from a pipe, and ends quietly where nobody reads its answer", async () => {
  const cwd = temporaryFolder()
  const line = JSON.stringify({ role: "user", content: "x".repeat(400_000) })
  const child = spawn(process.execPath, [bundle, "import-session", "-", "--name", "Pipe", "--json"], {
    cwd,
    env: environment(),
  })
  child.stdin.end(`${line}\n`)
  let stdout = ""
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  await new Promise((resolve) => child.on("close", resolve))
  const { session } = JSON.parse(stdout)

  const reader = spawn(process.execPath, [bundle, "show", "session", session.id], { cwd, env: environment() })
  reader.stdout.once("data", () => reader.stdout.destroy())
  let stderr = ""
  reader.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const code = await new Promise((resolve) => reader.on("exit", resolve))
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
})

it("ends in good order when it is interrupted, and with the code for that", async () => {
  const cwd = temporaryFolder()
  const files = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`long/clips/c${i}.js`, `s("bd*${i}")`]))
  writeFiles(cwd, files)
  const child = spawn(process.execPath, [bundle, "import", "long"], { cwd, env: environment() })
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  const ended = new Promise((resolve) => child.on("close", resolve))
  while ((await server.database.db.clip.count({ where: { projectId: "long" } })) === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  child.kill("SIGINT")
  expect(await ended).toBe(130)
  const imported = await server.database.db.clip.count({ where: { projectId: "long" } })
  expect(imported).toBeLessThan(400)
  expect(stdout).toBe(`long: ${imported} files, ${imported} created (${imported} clips)\n`)
  expect(stderr).toContain("Interrupted.")
  expect((await run(["import", "long"], cwd)).stdout).toContain(
    `long: 400 files, ${400 - imported} created (${400 - imported} clips), ${imported} unchanged\n`,
  )
})

/** Edits a clip of this id in an editor that saves when it may `go`. */
async function openEditor(id: string) {
  const cwd = temporaryFolder()
  const key = { projectId: "edited", id }
  const client = createClient({ url: server.url })
  await client.clip.create.mutate({ ...key, name: "Kick", code: "silence" })
  // It ends by itself should nobody let it go.
  const script = `#!/bin/sh
touch ready
i=0
while [ ! -e go ] && [ $i -lt 600 ]; do sleep 0.05; i=$((i + 1)); done
echo 's("hh")' > "$1"
touch left
`
  const editor = join(cwd, "editor.sh")
  writeFileSync(editor, script, { mode: 0o755 })
  const child = spawn(process.execPath, [bundle, "clips", "edit", `edited/${id}`], {
    cwd,
    env: { ...environment(), EDITOR: editor },
  })
  const ended = new Promise((resolve) => child.on("exit", resolve))
  const appears = async (file: string) => {
    while (!existsSync(join(cwd, file))) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await appears("ready")
  return {
    child,
    ended,
    async go() {
      writeFileSync(join(cwd, "go"), "")
      await appears("left")
    },
    stored: () => client.clip.byId.query(key),
  }
}

it("leaves interruptions to the editor while that has the terminal, and stores what was edited", async () => {
  const { child, ended, go, stored } = await openEditor("kick")
  for (const signal of ["SIGINT", "SIGINT", "SIGQUIT"] as const) {
    child.kill(signal)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  expect(child.exitCode).toBe(null)
  expect(child.signalCode).toBe(null)
  await go()
  expect(await ended).toBe(0)
  expect(await stored()).toMatchObject({ version: 2, code: 's("hh")' })
})

it("ends at once when it is told to end, also while the editor has the terminal", async () => {
  const { child, ended, go, stored } = await openEditor("hat")
  child.kill("SIGTERM")
  expect(await ended).toBe(130)
  await go()
  expect(await stored()).toMatchObject({ version: 1 })
})

it("goes on with a watch that was killed, and brings in what both sides changed meanwhile", async () => {
  const cwd = temporaryFolder()
  writeFiles(cwd, { "killed/clips/a.js": "s('a')", "killed/clips/b.js": "s('b')" })
  const child = spawn(process.execPath, [bundle, "watch", "killed", "--json"], { cwd, env: environment() })
  const ended = new Promise((resolve) => child.on("exit", (_, signal) => resolve(signal)))
  let stdout = ""
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (piece: Buffer) => {
      stdout += piece.toString()
      if (stdout.includes('"ready"')) resolve()
    })
  })
  child.kill("SIGKILL")
  expect(await ended).toBe("SIGKILL")
  writeFiles(cwd, { "killed/clips/a.js": "s('a2')" })
  const client = createClient({ url: server.url })
  await client.clip.update.mutate({ projectId: "killed", id: "b", code: "s('b2')" })
  await run(["watch", "killed", "--once"], cwd)
  expect(await client.clip.byId.query({ projectId: "killed", id: "a" })).toMatchObject({ code: "s('a2')", version: 2 })
  expect(readFiles(join(cwd, "killed"))["clips/b.js"]).toContain("s('b2')")
})

it("comes with a restore that was killed to the same end when it is run again", async () => {
  const cwd = temporaryFolder()
  const [from, to] = [await startTestServer(), await startTestServer()]
  onTestFinished(async () => {
    await Promise.all([from.close(), to.close()])
  })
  await fillLibrary(from.database, { clips: 1000, messages: 2000 })
  const call = (url: string, ...argv: string[]) =>
    promisify(execFile)(process.execPath, [bundle, ...argv], { cwd, env: { ...environment(), STRUDEL_URL: url } })
  await call(from.url, "backup", "one.gz")
  const env = { ...environment(), STRUDEL_URL: to.url }
  const child = spawn(process.execPath, [bundle, "restore", "one.gz"], { cwd, env })
  const ended = new Promise((resolve) => child.on("exit", (_, signal) => resolve(signal)))
  await vi.waitFor(async () => expect(await to.database.db.clip.count()).toBeGreaterThan(0), {
    ...{ timeout: 20_000, interval: 5 },
  })
  child.kill("SIGKILL")
  expect(await ended).toBe("SIGKILL")
  expect(await to.database.db.message.count()).toBeLessThan(2000)
  await call(to.url, "restore", "one.gz")
  await call(to.url, "backup", "two.gz")
  const files = readFiles(cwd)
  expect(files["two.gz"]).toBe(files["one.gz"])
}, 60_000)
