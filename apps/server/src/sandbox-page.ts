import type { FastifyInstance } from "fastify"
import { hashOf, serveBuiltText } from "./built-text.ts"

export const sandboxPath = "/sandbox.html"

/** The page's one script by its hash, workers and processors of sound that it makes itself, and no address at all. */
function policyOf(page: string): string {
  const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1]
  if (script === undefined) throw new Error("The sandbox page has no script")
  return [
    "default-src 'none'",
    `script-src 'sha256-${hashOf(script)}' 'unsafe-eval' data:`,
    "worker-src blob:",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "sandbox allow-scripts",
  ].join("; ")
}

/** Serves the page in which clip code runs, under a policy of its own. */
export function registerSandboxPage(app: FastifyInstance, page: string): void {
  const headers = { "content-security-policy": policyOf(page) }
  serveBuiltText(app, sandboxPath, { text: page, type: "text/html; charset=utf-8", headers })
}
