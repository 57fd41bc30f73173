import { randomBytes } from "node:crypto"
import helmet from "@fastify/helmet"
import type { FastifyInstance } from "fastify"
import { programDoorOf } from "./refusal.ts"
import { sandboxPath } from "./sandbox-page.ts"

/** What a page may load: its own origin alone, and of inline scripts those that bear the nonce. */
const pagePolicy = (nonce: string, frames: string): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    frames,
    "frame-ancestors 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join("; ")

/** The sandbox page alone, so that what runs in its frame cannot tell anything by navigating it. */
function framePolicy(host: string | undefined): string {
  // A source without a scheme is one of the page's own; anything but a name and a port could add to the policy.
  const isName = host !== undefined && /^[\w.[\]:-]+$/.test(host)
  return isName ? `frame-src ${host}${sandboxPath}` : "frame-src 'none'"
}

/** Sets the headers that keep a page's data its own; `dev` allows what the development server of the web app needs. */
export async function registerSecurityHeaders(app: FastifyInstance, { dev }: { dev: boolean }): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    xFrameOptions: { action: "sameorigin" },
  })
  app.addHook("onRequest", async (request, reply) => {
    if (programDoorOf(request.url) !== undefined) return
    const frames = framePolicy(request.headers.host)
    if (dev) return void reply.header("content-security-policy", frames)
    const policy = pagePolicy(randomBytes(16).toString("base64"), frames)
    // The web app reads the nonce out of this header and gives it to its scripts.
    request.headers["content-security-policy"] = policy
    reply.header("content-security-policy", policy)
  })
}
