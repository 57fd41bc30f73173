import { randomBytes } from "node:crypto"
import helmet from "@fastify/helmet"
import type { FastifyInstance } from "fastify"
import { isUnder } from "./refusal.ts"

/** What a page may load: its own origin alone, and of inline scripts those that bear the nonce. */
const pagePolicy = (nonce: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'none'",
    "frame-ancestors 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join("; ")

/** Sets the headers that keep a page's data its own; `dev` allows what the development server of the web app needs. */
export async function registerSecurityHeaders(app: FastifyInstance, { dev }: { dev: boolean }): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    xFrameOptions: { action: "sameorigin" },
  })
  if (dev) return
  app.addHook("onRequest", async (request, reply) => {
    if (isUnder(request.url, "/api") || isUnder(request.url, "/trpc")) return
    const policy = pagePolicy(randomBytes(16).toString("base64"))
    // The web app reads the nonce out of this header and gives it to its scripts.
    request.headers["content-security-policy"] = policy
    reply.header("content-security-policy", policy)
  })
}
