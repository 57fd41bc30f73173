import { spawn } from "node:child_process"
import { once } from "node:events"
import { expect, test } from "vitest"
import { makeProgram } from "./testing/program.ts"
import { untilEnded } from "./testing/waiting.ts"
import { runNode, runTool } from "./tool.ts"

const quiet = { env: process.env, quiet: true }
/** A program whose child outlives it, unless both are ended; it prints their process numbers. */
const withChild = `
  const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"])
  console.log(process.pid, child.pid)
  setInterval(() => {}, 1000)
`

const numbers = (text: string) => text.trim().split(" ").map(Number)

test("a tool's output and exit code come back", async () => {
  const { code, output } = await runNode(["-e", 'console.log("a b"); console.error("c"); process.exitCode = 7'], quiet)
  expect({ code, output }).toEqual({ code: 7, output: "a b\nc\n" })
})

test("what a tool leaves behind in its group ends with it", async () => {
  const { code, output } = await runNode(["-e", `${withChild}; setTimeout(() => process.exit(3), 200)`], quiet)
  expect(code).toBe(3)
  await untilEnded(numbers(output))
})

test("a tool that is not there fails in words", async () => {
  const { code, output } = await runTool(["/nowhere/tool"], quiet)
  expect(code).not.toBe(0)
  expect(output).toMatch(/^\/nowhere\/tool: .*ENOENT/)
})

test("a tool that takes too long fails, and all it started ends", async () => {
  const { code, output } = await runNode(["-e", withChild], { ...quiet, limit: 1_000 })
  expect(code).not.toBe(0)
  await untilEnded(numbers(output))
})

test("a tool and all it started end when the launcher is killed", async () => {
  const program = makeProgram(`
    import { runNode } from "./tool.ts"
    await runNode(["-e", ${JSON.stringify(withChild)}], { env: process.env })
  `)
  const launcher = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] })
  const [chunk] = await once(launcher.stdout, "data")
  launcher.kill("SIGKILL")
  await untilEnded(numbers(String(chunk)))
})
