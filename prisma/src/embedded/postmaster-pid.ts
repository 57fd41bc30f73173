import { spawnSync } from "node:child_process"
import { readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs"
import { join } from "node:path"
import { isAlive } from "@strudel-agent/process/is-alive"

/** What PostgreSQL writes about itself into its data folder. */
export interface PostmasterPid {
  pid: number
  port: number
  dataDir: string
}

/** Returns what postmaster.pid says, or undefined where there is none or it is only half written. */
export function readPostmasterPid(dataDir: string): PostmasterPid | undefined {
  const [pid, folder, , port] = readLines(join(dataDir, "postmaster.pid"))
  if (!folder || !(Number(pid) > 0) || !(Number(port) > 0)) return undefined
  return { pid: Number(pid), port: Number(port), dataDir: folder }
}

/** Returns the running server of a data folder, going by postmaster.pid and by what the process with that id is. */
export function findPostmaster(dataDir: string): PostmasterPid | undefined {
  const found = readPostmasterPid(dataDir)
  return found && isPostmaster(found, dataDir) ? found : undefined
}

/**
 * Removes a postmaster.pid whose process id has since gone to some other program, or to a process that ended without
 * anybody noticing: PostgreSQL would take either for a running server.
 */
export function removeStalePid(dataDir: string): void {
  const found = readPostmasterPid(dataDir)
  if (found && !isPostmaster(found, dataDir) && readPostmasterPid(dataDir)?.pid === found.pid) {
    rmSync(join(dataDir, "postmaster.pid"), { force: true })
  }
}

function isPostmaster(found: PostmasterPid, dataDir: string): boolean {
  if (!isAlive(found.pid) || !nameOf(found.pid).includes("postgres")) return false
  const here = realpathSync(dataDir)
  // PostgreSQL works inside its data folder, also after the folder was moved.
  return (workingDirectory(found.pid) ?? realpathOr(found.dataDir)) === here
}

function nameOf(pid: number): string {
  if (process.platform === "linux") return readLines(`/proc/${pid}/comm`)[0] ?? ""
  if (process.platform === "win32") {
    return spawnSync("tasklist", ["/FI", `PID eq ${pid}`, "/NH", "/FO", "CSV"], { encoding: "utf8" }).stdout ?? ""
  }
  return spawnSync("ps", ["-o", "comm=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? ""
}

function workingDirectory(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

function realpathOr(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n")
  } catch {
    return []
  }
}
