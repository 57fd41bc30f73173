// node tool-group.mjs <program> <arguments>: runs a program in a process group of its own and exits as it does. When
// told to stop, or when the launcher at the other end of its channel dies, it ends the whole group and waits for that.

import { spawn, spawnSync } from "node:child_process"

const isWindows = process.platform === "win32"
/** Milliseconds until what was asked to stop is killed, and what a program that has ended left behind. */
const stopTimeout = 10_000
const leftoverTimeout = 2_000
const [program = "", ...args] = process.argv.slice(2)

const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"], detached: !isWindows, windowsHide: true })

child.once("error", (error) => {
  console.error(`${program}: ${error.message}`)
  process.exit(127)
})
child.once("exit", (code, signal) => {
  const exitCode = code ?? (signal ? 1 : 0)
  if (isWindows || !send(0)) process.exit(exitCode)
  stop(leftoverTimeout)
  exitWhenGroupIsEmpty(exitCode)
})

let isStopping = false
let killedAt = Number.POSITIVE_INFINITY

process.on("message", (message) => (message === "kill" ? kill() : stop()))
process.on("disconnect", () => (isStopping ? kill() : stop()))
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop())

function stop(milliseconds = stopTimeout): void {
  if (isStopping) return
  isStopping = true
  send("SIGTERM")
  setTimeout(kill, milliseconds)
}

function kill(): void {
  killedAt = Date.now()
  send("SIGKILL")
}

/** Workers may outlive the program that was asked to stop; what was killed may linger where nobody takes notice of it. */
function exitWhenGroupIsEmpty(code: number): void {
  if (!send(0) || Date.now() > killedAt + 1_000) process.exit(code)
  setTimeout(exitWhenGroupIsEmpty, 30, code)
}

function send(signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false
  if (isWindows) return spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" }).status === 0
  try {
    return process.kill(-child.pid, signal)
  } catch {
    return false
  }
}
