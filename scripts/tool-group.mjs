// node tool-group.mjs <program> <arguments>: runs a program in a process group of its own and exits as it does. When
// told to stop, or when the launcher at the other end of its channel dies, it ends the whole group and waits for that.

import { spawn, spawnSync } from "node:child_process"

const patience = 10_000
const isWindows = process.platform === "win32"
const [program, ...args] = process.argv.slice(2)

const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"], detached: !isWindows, windowsHide: true })

child.once("error", (error) => {
  console.error(`${program}: ${error.message}`)
  process.exit(127)
})
child.once("exit", (code, signal) => exitWhenGroupIsEmpty(code ?? (signal ? 1 : 0)))

let endBy = Number.POSITIVE_INFINITY
let isStopping = false

process.on("message", (message) => (message === "kill" ? kill() : stop()))
process.on("disconnect", () => (isStopping ? kill() : stop()))
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop)

function stop() {
  if (isStopping) return
  isStopping = true
  endBy = Date.now() + patience
  send("SIGTERM")
  setTimeout(kill, patience).unref()
}

function kill() {
  send("SIGKILL")
}

/** Workers may outlive the program that was asked to stop; what a program leaves behind by its own will may stay. */
function exitWhenGroupIsEmpty(code) {
  if (!isStopping || isWindows || Date.now() > endBy + 1_000 || !send(0)) process.exit(code)
  setTimeout(exitWhenGroupIsEmpty, 30, code)
}

function send(signal) {
  if (child.pid === undefined) return false
  if (isWindows) return spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" }).status === 0
  try {
    return process.kill(-child.pid, signal)
  } catch {
    return false
  }
}
