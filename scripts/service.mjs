import { spawn } from "node:child_process"
import { closeSync, copyFileSync, mkdirSync, openSync, rmSync, statSync, truncateSync } from "node:fs"
import { get } from "node:http"
import { dirname } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { attempt } from "./attempt.mjs"

const logLimit = 10 * 1024 * 1024
const logCheckMilliseconds = 60_000

/**
 * Spawns a Node program with a channel that tells it when its launcher dies, and as the leader of a process group, so
 * that Ctrl-C in a terminal reaches the launcher alone. What it prints goes to a log file if one is given, but problems
 * are always shown.
 */
export function spawnService([...args], { env, cwd, logFile }) {
  const log = logFile === undefined ? "inherit" : openLog(logFile)
  const options = { cwd, env, detached: process.platform !== "win32", windowsHide: true }
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", log, "inherit", "ipc"] })
  if (typeof log === "number") closeSync(log)
  return child
}

/** A service runs without its log where there is no room for one. */
function openLog(file) {
  let log = "ignore"
  attempt(`write ${file}`, () => {
    log = openSync(file, "a", 0o600)
  })
  return log
}

/**
 * Keeps a log file below 10 MiB by moving what it holds to a second one, `….1`, while others go on writing to it. On a
 * full disk what it holds is lost, and there is room again.
 */
export function limitLog(file) {
  mkdirSync(dirname(file), { recursive: true })
  shorten(file)
  setInterval(shorten, logCheckMilliseconds, file).unref()
}

/** Moves what a log file of more than `limit` bytes holds to `….1`. */
export function shorten(file, limit = logLimit) {
  if (sizeOf(file) <= limit) return
  const copy = `${file}.1`
  if (!attempt(`keep ${file}`, () => copyFileSync(file, copy))) {
    // Half of it takes room, too.
    attempt(`remove ${copy}`, () => rmSync(copy, { force: true }))
  }
  attempt(`shorten ${file}`, () => truncateSync(file))
}

function sizeOf(file) {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}

/** Resolves when the server says that it listens, to its address. */
export function untilReady(child) {
  return new Promise((resolve) => {
    child.on("message", (message) => message?.type === "ready" && resolve(message.url))
  })
}

/** Resolves when something answers HTTP at an address, whatever it answers; rejects when it is called off. */
export async function untilAnswering(url, { signal, headers }) {
  for (;;) {
    try {
      await answer(url, { signal, headers })
      return
    } catch (error) {
      if (signal.aborted) throw error
      await sleep(50)
    }
  }
}

/**
 * Resolves when something answers HTTP at an address, and rejects where nothing does within 30 seconds. Without a
 * connection that is kept alive, for the end of which a program that is asked to stop would wait.
 */
export function answer(url, { signal, headers }) {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal, headers, timeout: 30_000 }, (response) => {
      response.resume()
      response.once("close", resolve)
    })
    request.once("error", reject).once("timeout", () => request.destroy(new Error("no answer")))
  })
}
