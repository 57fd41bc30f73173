import { setTimeout as sleep } from "node:timers/promises"
import { findPostmaster } from "@strudel-agent/database/embedded/postmaster-pid"
import { dataDirOf, readState } from "@strudel-agent/database/embedded/state"
import { isAlive } from "@strudel-agent/process/is-alive"

/**
 * Ends the embedded PostgreSQL of a data folder if its server was killed and could not: at once, as if the power
 * failed, which loses nothing that was committed. Does nothing if none runs.
 */
export function endDatabase(dataDir: string): void {
  signalDatabase(dataDir, "SIGQUIT")
}

/**
 * Shuts the embedded PostgreSQL of a data folder down in order if its server was killed and could not, and resolves
 * when it is down or after so many milliseconds: what it has to write then is written without this process.
 */
export async function stopDatabase(dataDir: string, milliseconds: number): Promise<void> {
  const pid = signalDatabase(dataDir, "SIGINT")
  const end = Date.now() + milliseconds
  while (pid !== undefined && isAlive(pid) && Date.now() < end) await sleep(20)
}

/** Sends the database a signal and returns its process, or undefined if none runs. */
function signalDatabase(dataDir: string, signal: NodeJS.Signals): number | undefined {
  try {
    const state = readState(dataDir)
    const postmaster = state && findPostmaster(dataDirOf(dataDir, state))
    if (postmaster) process.kill(postmaster.pid, signal)
    return postmaster?.pid
  } catch {
    // It has stopped, or belongs to somebody else.
    return undefined
  }
}

/** Returns where the database listens, or undefined if no embedded one was ever started. */
export function databaseAddress(
  dataDir: string,
  databaseUrl: string | undefined,
): { host: string; port: number } | undefined {
  if (databaseUrl) {
    const { hostname, port } = new URL(databaseUrl)
    return { host: hostname.replace(/^\[|\]$/g, "") || "127.0.0.1", port: Number(port || 5432) }
  }
  const port = readState(dataDir)?.port
  return port === undefined ? undefined : { host: "127.0.0.1", port }
}
