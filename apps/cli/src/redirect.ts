import type { Answer } from "@strudel-agent/client/fetch"

/** What to say and do about an answer to /health that sends to another address, which no command follows. */
export interface Redirect {
  /** Where it sends to. */
  to: string
  /** What STRUDEL_URL has to be; undefined where that is no address of a server's /health. */
  url: string | undefined
}

/** Where an answer sends to; undefined where it does not. */
export function redirectOf({ status, url, headers }: Pick<Answer, "status" | "url" | "headers">): Redirect | undefined {
  const location = headers.get("location")
  if (status < 300 || status > 399 || location === null || !URL.canParse(location, url)) return undefined
  const { origin, pathname } = new URL(location, url)
  if (origin === "null") return undefined
  const to = `${origin}${pathname}`
  return { to, url: to.endsWith("/health") ? to.slice(0, -"/health".length) : undefined }
}

/** What to do about a redirection, as the end of a sentence. */
export const mendRedirect = ({ url }: Redirect): string =>
  url === undefined ? "set STRUDEL_URL to the address of the server itself" : `set STRUDEL_URL to ${url}`
