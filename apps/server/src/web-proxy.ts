import type { IncomingHttpHeaders } from "node:http"
import httpProxy from "@fastify/http-proxy"
import { ApiError } from "@strudel-agent/api/errors"
import type { FastifyInstance, FastifyRequest } from "fastify"
import { programDoorOf, refuse } from "./refusal.ts"

export interface WebOptions {
  url: string
  /** What the web app knows this door by; it refuses everyone else. */
  secret?: string | undefined
  /** Whether it is the one of development, whose pages open a WebSocket. */
  dev: boolean
}

/** The header that carries the secret; apps/web/front-door.mjs asks for it. */
const secretHeader = "x-strudel-front-door"

/** Passes every request that no other door takes to the web app; what was meant for another is refused in its form. */
export async function registerWeb(app: FastifyInstance, { url, secret, dev }: WebOptions): Promise<void> {
  const known = secret === undefined ? {} : { [secretHeader]: secret }
  await app.register(async (scope) => {
    // In development bodies pass as they come: a parser would read them.
    scope.removeAllContentTypeParsers()
    scope.addHook("onRequest", async (request, reply) => {
      if (programDoorOf(request.url) !== undefined) return refuse(request, reply, new ApiError("PATH_NOT_FOUND"))
      // Pages are only read: what would write to them is no page's, and its body would be passed on whatever its length.
      if (!dev && request.method !== "GET" && request.method !== "HEAD") {
        return refuse(request, reply.header("allow", "GET, HEAD"), new ApiError("METHOD_NOT_ALLOWED"))
      }
    })
    // What cannot be passed on: a path that begins with two slashes, or that leads upwards.
    scope.setErrorHandler((error, request, reply) => {
      const status = error instanceof Error && "statusCode" in error ? error.statusCode : 500
      if (status !== 400) request.log.error({ err: error }, "a request could not be passed to the web app")
      return refuse(request, reply, new ApiError(status === 400 ? "PATH_NOT_FOUND" : "INTERNAL"))
    })
    await scope.register(httpProxy, {
      upstream: url,
      websocket: dev,
      wsClientOptions: {
        rewriteRequestHeaders: (headers: IncomingHttpHeaders, request: FastifyRequest) => ({
          ...headers,
          host: request.headers.host,
          origin: request.headers.origin,
          cookie: request.headers.cookie ?? "",
          ...known,
        }),
      },
      replyOptions: {
        rewriteRequestHeaders: (request, { expect: _, ...headers }) => ({
          ...headers,
          host: request.headers.host,
          "x-forwarded-host": request.headers.host,
          "x-forwarded-proto": request.protocol,
          "x-forwarded-for": request.ip,
          ...known,
        }),
        // How long a connection lasts is settled with each side by itself.
        rewriteHeaders: ({ connection: _, "keep-alive": __, ...headers }) => headers,
        onError: (reply, { error }) => {
          const slow = "statusCode" in error && error.statusCode === 504
          reply
            .code(slow ? 504 : 502)
            .type("text/plain; charset=utf-8")
            .send(slow ? "The web app takes too long." : "The web app is not running. Try again in a moment.")
        },
      },
    })
  })
}
