import { spawnSync } from "node:child_process"
import { isAlive } from "@strudel-agent/process/is-alive"
import { warn } from "./say.ts"

/** What runs and must not outlive this process. */
export interface Part {
  /** Resolves when it ended. */
  stop(): unknown
  /** Does not wait. */
  kill(): void
}

/** npm passes Ctrl-C on to a process that the terminal has sent it to already: that is one request, not two. */
const repeatMilliseconds = 1_000
const parentCheckMilliseconds = 300

const running = new Set<Part>()
let ending = false

/** Whether this process is about to exit, so that nothing is started or reported any more. */
export const isEnding = (): boolean => ending

/** Has something stopped when this process ends; returns a function that takes it back. */
export function stopAtEnd(part: Part): () => void {
  running.add(part)
  return () => void running.delete(part)
}

/** Stops all that runs, then exits. */
export async function end(exitCode: number): Promise<void> {
  if (ending) return
  ending = true
  await Promise.allSettled([...running].map(async (part) => part.stop()))
  process.exit(exitCode)
}

/**
 * Ends with an exit code when asked by Ctrl-C, a signal, or the death of the npm that started this process, which does
 * not always pass signals on. Asked once more, kills what still runs.
 */
export function endWhenAsked(exitCode: number): void {
  let askedAt: number | undefined
  const ask = () => {
    if (askedAt === undefined) {
      askedAt = Date.now()
      void end(exitCode)
    } else if (Date.now() - askedAt > repeatMilliseconds) {
      warn("Killing what still runs.")
      for (const part of running) part.kill()
      process.exit(1)
    }
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, ask)
  if (process.env.npm_lifecycle_script?.includes("run.mjs")) watchNpm(ask)
}

/** The parent is npm, or the shell that npm runs a script in, which outlives an npm that is killed. */
function watchNpm(ask: () => void): void {
  const parent = process.ppid
  const npm = parentOfShell(parent) ?? parent
  const timer = setInterval(() => {
    if (process.ppid === parent && isAlive(npm)) return
    clearInterval(timer)
    ask()
  }, parentCheckMilliseconds)
  timer.unref()
}

function parentOfShell(pid: number): number | undefined {
  const { stdout } = spawnSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" })
  const [, parent, command = ""] = /^\s*(\d+)\s+(.*)$/m.exec(stdout ?? "") ?? []
  return /(^|[/-])\w*sh$/.test(command.trim()) ? Number(parent) : undefined
}
