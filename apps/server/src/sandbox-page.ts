import { createHash } from "node:crypto"
import { gzipSync } from "node:zlib"
import type { FastifyInstance } from "fastify"

export const sandboxPath = "/sandbox.html"

const base64 = (text: string): string => createHash("sha256").update(text).digest("base64")

/** The page's one script by its hash, workers and processors of sound that it makes itself, and no address at all. */
function policyOf(page: string): string {
  const script = /<script>([\s\S]*)<\/script>/.exec(page)?.[1]
  if (script === undefined) throw new Error("The sandbox page has no script")
  return [
    "default-src 'none'",
    `script-src 'sha256-${base64(script)}' 'unsafe-eval' data:`,
    "worker-src blob:",
    "frame-ancestors 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "sandbox allow-scripts",
  ].join("; ")
}

/** Serves the page in which clip code runs, under a policy of its own. */
export function registerSandboxPage(app: FastifyInstance, page: string): void {
  const policy = policyOf(page)
  const tag = `"${base64(page)}"`
  const packed = gzipSync(page, { level: 9 })
  app.get(sandboxPath, async (request, reply) => {
    reply.headers({
      "content-security-policy": policy,
      etag: tag,
      "cache-control": "no-cache",
      vary: "accept-encoding",
    })
    if (request.headers["if-none-match"] === tag) return reply.code(304).send()
    reply.type("text/html; charset=utf-8")
    const takesGzip = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")
    return takesGzip ? reply.header("content-encoding", "gzip").send(packed) : reply.send(page)
  })
}
