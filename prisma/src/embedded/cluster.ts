import type { Log } from "../log.ts"
import type { Account } from "./account.ts"
import type { Binaries } from "./binaries.ts"

/** One data folder and all that is needed to run PostgreSQL on it. */
export interface Cluster {
  dataDir: string
  logFile: string
  password: string
  account: Account
  binaries: Binaries
  /** Trades every guarantee after a crash for speed. */
  ephemeral: boolean
  log: Log
}

/**
 * The environment for PostgreSQL's programs: the user's PG* variables must not reach them, nor a broken locale, nor what
 * keeps the server small by giving back memory that PostgreSQL would use again at once.
 */
export function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|MALLOC_)/i.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: "C" }
}
