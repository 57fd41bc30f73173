import { spawn } from "node:child_process"
import { closeSync, copyFileSync, mkdirSync, openSync, statSync, truncateSync } from "node:fs"
import { get } from "node:http"
import { dirname } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

const logLimit = 10 * 1024 * 1024
const logCheckMilliseconds = 60_000

/**
 * Spawns a Node program with a channel that tells it when its launcher dies, and as the leader of a process group, so
 * that Ctrl-C in a terminal reaches the launcher alone. What it prints goes to a log file if one is given, but problems
 * are always shown.
 */
export function spawnService([...args], { env, cwd, logFile }) {
  const log = logFile === undefined ? "inherit" : openSync(logFile, "a", 0o600)
  const options = { cwd, env, detached: process.platform !== "win32", windowsHide: true }
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", log, "inherit", "ipc"] })
  if (log !== "inherit") closeSync(log)
  return child
}

/** Keeps a log file below 10 MiB by moving what it holds to a second one, `….1`, while others go on writing to it. */
export function limitLog(file) {
  mkdirSync(dirname(file), { recursive: true })
  const check = () => {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= logLimit) return
    copyFileSync(file, `${file}.1`)
    truncateSync(file)
  }
  check()
  setInterval(check, logCheckMilliseconds).unref()
}

/** Resolves when the server says that it listens, to its address. */
export function untilReady(child) {
  return new Promise((resolve) => {
    child.on("message", (message) => message?.type === "ready" && resolve(message.url))
  })
}

/** Resolves when something answers HTTP at an address, whatever it answers; rejects when it is called off. */
export async function untilAnswering(url, signal) {
  for (;;) {
    try {
      await answer(url, signal)
      return
    } catch (error) {
      if (signal.aborted) throw error
      await sleep(50)
    }
  }
}

/** Without a connection that is kept alive, for the end of which a program that is asked to stop would wait. */
function answer(url, signal) {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal, timeout: 30_000 }, (response) => {
      response.resume()
      response.once("close", resolve)
    })
    request.once("error", reject).once("timeout", () => request.destroy(new Error("no answer")))
  })
}
