import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { untilEnded } from "../testing/waiting.ts"
import { endWithParent, spawnService } from "./service.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strudel-service-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test("a service runs without a log where there can be none, and with one that takes nothing", async () => {
  const program = "for (let i = 0; i < 1000; i++) console.log('x'.repeat(1000)); setTimeout(() => process.exit(7), 50)"
  for (const logFile of [join(folder, "no", "such", "folder.log"), "/dev/full"]) {
    const child = spawnService(["-e", program], { env: process.env, cwd: folder, logFile })
    expect(await once(child, "exit")).toEqual([7, null])
  }
})

/** Forks itself; the fork waits for a word, as that of `next dev` does. */
const forking = `
  if (process.argv[2] === "fork") process.on("message", (word) => process.exit(word === "go on" ? 7 : 1))
  else {
    const fork = require("node:child_process").fork(__filename, ["fork"])
    fork.once("exit", (code) => process.exit(code ?? 1))
    setTimeout(() => fork.connected && fork.send("go on"), 1000)
  }`

test("what a service forks waits for what it is told", async () => {
  const program = join(folder, "forking.cjs")
  writeFileSync(program, forking)
  const child = spawnService([...endWithParent(), program], { env: process.env, cwd: folder })
  expect(await once(child, "exit")).toEqual([7, null])
})

test("a service that knows nothing of its launcher ends with it", async () => {
  const child = spawnService([...endWithParent(), "-e", "setInterval(() => {}, 1000); process.send('up')"], {
    env: process.env,
    cwd: folder,
  })
  await once(child, "message")
  child.disconnect()
  expect(await once(child, "exit")).toEqual([null, "SIGTERM"])
})

test("a service whose launcher dies before it has begun ends, too", async () => {
  const file = join(folder, "pid")
  const begin = `
    const { spawn } = require("node:child_process")
    const args = process.argv.slice(1)
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "ignore", "ipc"], detached: true })
    require("node:fs").writeFileSync(${JSON.stringify(file)}, String(child.pid))
    process.kill(process.pid, "SIGKILL")`
  const ends = endWithParent().map((text) => text.replace(/parent=\d+/, "parent=PARENT"))
  const launcher = spawn(process.execPath, [
    "-e",
    begin.replace("process.argv.slice(1)", 'process.argv.slice(1).map((text) => text.replace("PARENT", process.pid))'),
    "--",
    ...ends,
    "-e",
    "setInterval(() => {}, 1000)",
  ])
  await once(launcher, "exit")
  await untilEnded([Number(readFileSync(file, "utf8"))])
})
