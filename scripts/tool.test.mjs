import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { test } from "node:test"
import { setTimeout as sleep } from "node:timers/promises"
import { isAlive } from "./lock.mjs"
import { runNode, runTool } from "./tool.mjs"

const quiet = { env: process.env, quiet: true }
/** A program whose child outlives it, unless both are ended; it prints their process numbers. */
const withChild = `
  const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"])
  console.log(process.pid, child.pid)
  setInterval(() => {}, 1000)
`

async function untilEnded(pids) {
  const end = Date.now() + 60_000
  while (pids.some(isAlive)) {
    assert.ok(Date.now() < end, "waited 60 s in vain")
    await sleep(20)
  }
}

const numbers = (text) => text.trim().split(" ").map(Number)

test("a tool's output and exit code come back", async () => {
  const { code, output } = await runNode(["-e", 'console.log("a b"); console.error("c"); process.exitCode = 7'], quiet)
  assert.deepEqual({ code, output }, { code: 7, output: "a b\nc\n" })
})

test("what a tool leaves behind in its group ends with it", async () => {
  const { code, output } = await runNode(["-e", `${withChild}; setTimeout(() => process.exit(3), 200)`], quiet)
  assert.equal(code, 3)
  await untilEnded(numbers(output))
})

test("a tool that is not there fails in words", async () => {
  const { code, output } = await runTool(["/nowhere/tool"], quiet)
  assert.notEqual(code, 0)
  assert.match(output, /^\/nowhere\/tool: .*ENOENT/)
})

test("a tool that takes too long fails, and all it started ends", async () => {
  const { code, output } = await runNode(["-e", withChild], { ...quiet, limit: 1_000 })
  assert.notEqual(code, 0)
  await untilEnded(numbers(output))
})

test("a tool and all it started end when the launcher is killed", async () => {
  const script = `
    import { runNode } from ${JSON.stringify(new URL("tool.mjs", import.meta.url).href)}
    await runNode(["-e", ${JSON.stringify(withChild)}], { env: process.env })
  `
  const launcher = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  const [chunk] = await once(launcher.stdout, "data")
  launcher.kill("SIGKILL")
  await untilEnded(numbers(String(chunk)))
})
