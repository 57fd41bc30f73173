import { gzipSync } from "node:zlib"
import type { FastifyInstance } from "fastify"

export const tuningsPath = "/tunings.json"

/** Serves the archive of scales, of which the page gives a clip those that it names; it changes with the product alone. */
export function registerTunings(app: FastifyInstance, { json, version }: { json: string; version: string }): void {
  const packed = gzipSync(json, { level: 9 })
  const tag = `"tunings-${version}"`
  app.get(tuningsPath, async (request, reply) => {
    reply.headers({ etag: tag, "cache-control": "no-cache", vary: "accept-encoding" })
    if (request.headers["if-none-match"] === tag) return reply.code(304).send()
    reply.type("application/json; charset=utf-8")
    const takesGzip = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")
    return takesGzip ? reply.header("content-encoding", "gzip").send(packed) : reply.send(json)
  })
}
