import type { FastifyInstance } from "fastify"
import { serveBuiltText } from "./built-text.ts"

export const sandboxPath = "/sandbox.html"

/** The policy that the page brings, and what only a header can say. */
function policyOf(page: string): string {
  const own = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(page)?.[1]
  if (own === undefined) throw new Error("The sandbox page has no policy")
  return `${own}; frame-ancestors 'self'; sandbox allow-scripts`
}

/** Serves the page in which clip code runs, under a policy of its own. */
export function registerSandboxPage(app: FastifyInstance, page: string): void {
  const headers = { "content-security-policy": policyOf(page) }
  serveBuiltText(app, sandboxPath, { text: page, type: "text/html; charset=utf-8", headers })
}
