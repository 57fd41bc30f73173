import { type ChildProcess, spawn } from "node:child_process"
import { closeSync, mkdirSync, openSync } from "node:fs"
import { get, type OutgoingHttpHeaders } from "node:http"
import { dirname } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { shortenLog } from "@strudel-agent/process/log-file"
import { launcherFile } from "../project.ts"
import { attempt, warn } from "../say.ts"

export interface ServiceOptions {
  env: NodeJS.ProcessEnv
  cwd: string
  /** Where what it prints goes; without it, where the launcher prints. */
  logFile?: string | undefined
}

export interface Question {
  signal: AbortSignal
  headers?: OutgoingHttpHeaders
}

const logCheckMilliseconds = 60_000

/**
 * Spawns a Node program with a channel that tells it when its launcher dies, and as the leader of a process group, so
 * that Ctrl-C in a terminal reaches the launcher alone. What it prints goes to a log file if one is given, but problems
 * are always shown.
 */
export function spawnService(args: string[], { env, cwd, logFile }: ServiceOptions): ChildProcess {
  const log = logFile === undefined ? "inherit" : openLog(logFile)
  const options = { cwd, env, detached: process.platform !== "win32", windowsHide: true }
  const child = spawn(process.execPath, args, { ...options, stdio: ["ignore", log, "inherit", "ipc"] })
  if (typeof log === "number") closeSync(log)
  return child
}

/** Arguments before a program that `spawnService` spawns and that knows nothing of its launcher: it ends with this process. */
export const endWithParent = (): string[] => [
  "--import",
  `${pathToFileURL(launcherFile("bootstrap/end-with-parent.mjs"))}?parent=${process.pid}`,
]

/** A service runs without its log where there is no room for one. */
function openLog(file: string): number | "ignore" {
  let log: number | "ignore" = "ignore"
  attempt(`write ${file}`, () => {
    log = openSync(file, "a", 0o600)
  })
  return log
}

/** Keeps a log file short while this process runs. */
export function limitLog(file: string): void {
  mkdirSync(dirname(file), { recursive: true })
  shortenLog(file, warn)
  setInterval(shortenLog, logCheckMilliseconds, file, warn).unref()
}

/** Resolves when the server says that it listens, to its address. */
export function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on("message", (message: { type?: string; url?: string } | null) => {
      if (message?.type === "ready") resolve(message.url ?? "")
    })
  })
}

/** Resolves when something answers HTTP at an address, whatever it answers; rejects when it is called off. */
export async function untilAnswering(url: string, question: Question): Promise<void> {
  for (;;) {
    try {
      return await answer(url, question)
    } catch (error) {
      if (question.signal.aborted) throw error
      await sleep(50)
    }
  }
}

/**
 * Resolves when something answers HTTP at an address, and rejects where nothing does within 30 seconds. Without a
 * connection that is kept alive, for the end of which a program that is asked to stop would wait.
 */
export function answer(url: string | URL, { signal, headers = {} }: Question): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal, headers, timeout: 30_000 }, (response) => {
      response.resume()
      response.once("close", () => resolve())
    })
    request.once("error", reject).once("timeout", () => request.destroy(new Error("no answer")))
  })
}
