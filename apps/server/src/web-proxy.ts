import type { IncomingHttpHeaders } from "node:http"
import httpProxy from "@fastify/http-proxy"
import type { FastifyInstance, FastifyRequest } from "fastify"

/** Passes every request that no other door takes to the web app. */
export async function registerWeb(app: FastifyInstance, webUrl: string): Promise<void> {
  await app.register(async (scope) => {
    // Bodies pass as they come: a parser would read them, and limit them.
    scope.removeAllContentTypeParsers()
    await scope.register(httpProxy, {
      upstream: webUrl,
      websocket: true,
      wsClientOptions: {
        rewriteRequestHeaders: (headers: IncomingHttpHeaders, request: FastifyRequest) => ({
          ...headers,
          host: request.headers.host,
          origin: request.headers.origin,
          cookie: request.headers.cookie ?? "",
        }),
      },
      replyOptions: {
        rewriteRequestHeaders: (request, { expect: _, ...headers }) => ({
          ...headers,
          host: request.headers.host,
          "x-forwarded-host": request.headers.host,
          "x-forwarded-proto": request.protocol,
          "x-forwarded-for": request.ip,
        }),
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
