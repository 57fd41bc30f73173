import { chmodSync, existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { stopAtEnd } from "./ending.mjs"
import { readFacts, readHolder, takeLock } from "./lock.mjs"
import { requirePort } from "./port.mjs"
import { Refusal } from "./refusal.mjs"

const lockFile = (dataDir) => join(dataDir, "launcher.json")

/** As long as a launcher that is stopping, or the children of one that was killed, may take to end. */
const patience = 20_000

/**
 * Claims a data folder and the address for this launcher, since two of them would stop the database under each other.
 * Resolves to `{ update }`, which keeps facts for others to read, or to `{ runningUrl }` if a launcher already serves
 * what is asked for. Throws a refusal if one serves the folder at another address or is about to, or if the address is
 * taken.
 */
export async function claim({ dataDir, host, port }) {
  makeDataDir(dataDir)
  const end = Date.now() + patience
  for (;;) {
    const trace = readFacts(lockFile(dataDir))
    const lock = takeLock(lockFile(dataDir), { host, port })
    if (!lock.holder) {
      await requirePort(host, port, trace?.port === port ? patience : 0)
      stopAtEnd({ stop: () => lock.update({ isEnding: true }), kill: () => {} })
      return lock
    }
    if (!lock.holder.isEnding || Date.now() > end) return judge(lock.holder, { host, port })
    await sleep(200)
  }
}

async function judge({ pid, url, ...at }, { host, port }) {
  if (!url || !(await isHealthy(url))) {
    throw new Refusal(`Process ${pid} is starting or stopping what uses the same data folder: try again.`)
  }
  if (at.host === host && at.port === port) return { runningUrl: url }
  throw new Refusal(
    `Already running at ${url} (process ${pid}): stop it first, or set STRUDEL_DATA_DIR to another folder as well.`,
  )
}

/** Returns the address of the running instance that uses a data folder, or undefined. */
export function runningUrl(dataDir) {
  return readHolder(lockFile(dataDir))?.url
}

/** Tells whether a server answers at an address within two seconds. */
async function isHealthy(url) {
  try {
    const { ok } = await fetch(new URL("/health", url), { signal: AbortSignal.timeout(2_000) })
    return ok
  } catch {
    return false
  }
}

/** Makes the folder for its owner alone; made by root, also for the unprivileged user that PostgreSQL runs as. */
function makeDataDir(dataDir) {
  if (existsSync(dataDir)) return
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o711)
}
