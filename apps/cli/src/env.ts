import { resolve } from "node:path"
import { UsageError } from "./failure.ts"

export interface Env {
  /** The server's address, without a path. */
  url: string
  token: string | undefined
  /** Whether failures are told with their stack. */
  debug: boolean
  /** Where relative paths start: npm changes the folder, and says in INIT_CWD where the user is. */
  folder: string
}

const usualUrl = "http://127.0.0.1:3000"

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
    debug: /(?:^|[\s,])strudel(?:$|[\s,:])/.test(source.DEBUG ?? ""),
    folder: resolve(cwd, source.INIT_CWD || "."),
  }
}
