import { chmodSync, existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { stopAtEnd } from "../ending.ts"
import type { Settings } from "../environment.ts"
import { type Holder, type Lock, readFacts, readHolder, takeLock } from "../lock.ts"
import { Refusal } from "../refusal.ts"
import { requirePort } from "./port.ts"

const lockFile = (dataDir: string) => join(dataDir, "launcher.json")

/** As long as a launcher that is stopping, or the children of one that was killed, may take to end. */
const timeout = 20_000

/** What is served already. */
interface Served {
  runningUrl: string
}

/**
 * Claims a data folder and the address for this launcher, since two of them would stop the database under each other.
 * Resolves to the lock, which keeps facts for others to read, or to where a launcher already serves what is asked for.
 * Throws a refusal if one serves the folder at another address or is about to, or if the address is taken.
 */
export async function claim({ dataDir, host, port }: Settings): Promise<(Lock & { runningUrl?: undefined }) | Served> {
  makeDataDir(dataDir)
  const end = Date.now() + timeout
  for (;;) {
    const trace = readFacts(lockFile(dataDir))
    const lock = takeLock(lockFile(dataDir), { host, port })
    if (!lock.holder) {
      await requirePort(host, port, trace?.port === port ? timeout : 0)
      stopAtEnd({ stop: () => lock.update({ isEnding: true }), kill: () => {} })
      return lock
    }
    if (!lock.holder.isEnding || Date.now() > end) return judge(lock.holder, { host, port })
    await sleep(200)
  }
}

async function judge({ pid, url, ...at }: Holder, { host, port }: { host: string; port: number }): Promise<Served> {
  if (!url || !(await isHealthy(url))) {
    throw new Refusal(`Process ${pid} is starting or stopping what uses the same data folder: try again.`)
  }
  if (at.host === host && at.port === port) return { runningUrl: url }
  throw new Refusal(
    `Already running at ${url} (process ${pid}): stop it first, or set STRUDEL_DATA_DIR to another folder as well.`,
  )
}

/** Returns where the programs of this machine reach the product: where they are told, else where it runs or would run. */
export function productUrl({ port, dataDir }: Settings): string {
  return process.env.STRUDEL_URL || readHolder(lockFile(dataDir))?.url || `http://127.0.0.1:${port}`
}

/** Tells whether a server answers at an address within two seconds. */
async function isHealthy(url: string): Promise<boolean> {
  try {
    const { ok } = await fetch(new URL("/health", url), { signal: AbortSignal.timeout(2_000) })
    return ok
  } catch {
    return false
  }
}

/** Makes the folder for its owner alone; made by root, also for the unprivileged user that PostgreSQL runs as. */
function makeDataDir(dataDir: string): void {
  if (existsSync(dataDir)) return
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o711)
}
