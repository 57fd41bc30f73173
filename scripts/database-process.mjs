import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { isAlive } from "./lock.mjs"
import { readJson } from "./project.mjs"

/**
 * Ends the embedded PostgreSQL of a data folder if its server was killed and could not: at once, as if the power
 * failed, which loses nothing that was committed. Does nothing if none runs.
 */
export function endDatabase(dataDir) {
  signalDatabase(dataDir, "SIGQUIT")
}

/**
 * Shuts the embedded PostgreSQL of a data folder down in order if its server was killed and could not, and resolves
 * when it is down or after so many milliseconds: what it has to write then is written without this process.
 */
export async function stopDatabase(dataDir, milliseconds) {
  const pid = signalDatabase(dataDir, "SIGINT")
  const end = Date.now() + milliseconds
  while (pid !== undefined && isAlive(pid) && Date.now() < end) await sleep(20)
}

/** Sends the database a signal and returns its process, or undefined if none runs. */
function signalDatabase(dataDir, signal) {
  try {
    const cluster = resolve(dataDir, readJson(join(dataDir, "database.json")).dataDir)
    const pid = Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[0])
    // A file that a crash left behind may name a process that has nothing to do with it.
    if (!commandOf(pid).includes(cluster)) return undefined
    process.kill(pid, signal)
    return pid
  } catch {
    // There is no embedded database, or it has stopped.
    return undefined
  }
}

/** Returns where the database listens as `{ host, port }`, or undefined if no embedded one was ever started. */
export function databaseAddress({ dataDir, databaseUrl }) {
  if (databaseUrl) {
    const { hostname, port } = new URL(databaseUrl)
    return { host: hostname.replace(/^\[|\]$/g, "") || "127.0.0.1", port: Number(port || 5432) }
  }
  try {
    const { port } = readJson(join(dataDir, "database.json"))
    return port === undefined ? undefined : { host: "127.0.0.1", port }
  } catch (error) {
    if (error.code === "ENOENT") return undefined
    throw error
  }
}

function commandOf(pid) {
  return spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? ""
}
