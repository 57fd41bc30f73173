import { resolve } from "node:path"
import { UsageError } from "./failure.ts"

export interface Env {
  /** The server's address, without a path. */
  url: string
  token: string | undefined
  /** For how many milliseconds to wait for a server that does not answer. */
  waitMilliseconds: number
  /** Whether failures are told with their stack. */
  debug: boolean
  /** The command that edits a text. */
  editor: string | undefined
  /** Where relative paths start: npm changes the folder, and says in INIT_CWD where the user is. */
  folder: string
  /** Where the user's own settings of other programs lie; on Windows also the folder of those. */
  home: string | undefined
  appData: string | undefined
  /** Where a server that is started here keeps its data, where that is told. */
  dataFolder: string | undefined
}

const usualUrl = "http://127.0.0.1:3000"
const usualWait = "10"
/** Seconds. */
const longestWait = 3600

function readWait(given: string): number {
  const seconds = Number(given)
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(given) && seconds <= longestWait) return seconds
  throw new UsageError(`STRUDEL_WAIT is "${given}", but it is a number of seconds from 0 to ${longestWait}.`)
}

/** Reads the settings of a command; throws a usage error that names the variable that is wrong. */
export function readEnv(source: Record<string, string | undefined>, cwd: string): Env {
  const given = source.STRUDEL_URL || usualUrl
  const url = given.trim().replace(/\/+$/, "")
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError(`STRUDEL_URL is "${given}", but an address looks like ${usualUrl}.`)
  }
  return {
    url,
    token: source.STRUDEL_TOKEN || undefined,
    waitMilliseconds: readWait(source.STRUDEL_WAIT || usualWait) * 1000,
    debug: /(?:^|[\s,])strudel(?:$|[\s,:])/.test(source.DEBUG ?? ""),
    editor: source.VISUAL || source.EDITOR || undefined,
    folder: resolve(cwd, source.INIT_CWD || "."),
    home: source.HOME || source.USERPROFILE || undefined,
    appData: source.APPDATA || undefined,
    dataFolder: source.STRUDEL_DATA_DIR || undefined,
  }
}
