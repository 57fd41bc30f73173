import { randomBytes } from "node:crypto"
import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from "node:http"
import { Socket } from "node:net"
import type { FastifyInstance } from "fastify"
import helmet from "helmet"
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

/** The headers that helmet sets on every answer. They are the same each time, so it is asked once. */
function unchangingHeaders(): OutgoingHttpHeaders {
  const request = new IncomingMessage(new Socket())
  const answer = new ServerResponse(request)
  helmet({
    contentSecurityPolicy: false,
    strictTransportSecurity: false,
    xFrameOptions: { action: "sameorigin" },
  })(request, answer, () => {})
  return { ...answer.getHeaders() }
}

/** Sets the headers that keep a page's data its own; `dev` allows what the development server of the web app needs. */
export function registerSecurityHeaders(app: FastifyInstance, { dev }: { dev: boolean }): void {
  const unchanging = unchangingHeaders()
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(unchanging)
    if (programDoorOf(request.url) !== undefined) return
    const frames = framePolicy(request.headers.host)
    if (dev) return void reply.header("content-security-policy", frames)
    const policy = pagePolicy(randomBytes(16).toString("base64"), frames)
    // The web app reads the nonce out of this header and gives it to its scripts.
    request.headers["content-security-policy"] = policy
    reply.header("content-security-policy", policy)
  })
}
