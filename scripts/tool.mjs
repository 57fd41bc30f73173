import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { isEnding, stopAtEnd } from "./ending.mjs"
import { root } from "./project.mjs"

const group = fileURLToPath(new URL("tool-group.mjs", import.meta.url))

/**
 * Runs a program to its end, showing its output or, if it is quiet, returning it. Resolves to `{ code, output }`; the
 * program and all it started end with this process, and are stopped after `limit` milliseconds.
 */
export async function runTool([program, ...args], { env, cwd = root, quiet = false, limit } = {}) {
  const stdio = ["ignore", ...(quiet ? ["pipe", "pipe"] : ["inherit", "inherit"]), "ipc"]
  const options = { cwd, env, stdio, detached: process.platform !== "win32", windowsHide: true }
  const leader = spawn(process.execPath, [group, program, ...args], options)
  const output = []
  for (const stream of [leader.stdout, leader.stderr]) stream?.on("data", (chunk) => output.push(chunk))

  const closed = untilClosed(leader)
  const tell = (words) => leader.connected && leader.send(words, () => {})
  const stop = () => {
    tell("stop")
    return closed
  }
  const takeBack = stopAtEnd({ stop, kill: () => tell("kill") })
  const timer = limit === undefined ? undefined : setTimeout(stop, limit)

  const code = await closed
  clearTimeout(timer)
  takeBack()
  // Whoever waits for the result of a program that was stopped waits until this process exits.
  return isEnding() ? new Promise(() => {}) : { code: code ?? 1, output: Buffer.concat(output).toString() }
}

/** Runs a Node program as `runTool` does. */
export function runNode([script, ...args], options) {
  return runTool([process.execPath, script, ...args], options)
}

/** Resolves to the exit code, without waiting long for those who inherited the output and outlive the program. */
function untilClosed(child) {
  return new Promise((resolve) => {
    child.once("close", (code) => resolve(code))
    child.once("exit", (code) => setTimeout(resolve, 500, code))
  })
}
