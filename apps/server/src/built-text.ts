import { createHash } from "node:crypto"
import { gzipSync } from "node:zlib"
import type { FastifyInstance } from "fastify"

interface BuiltText {
  text: string
  /** Its media type. */
  type: string
  headers?: Record<string, string>
}

/** The SHA-256 of a text in base 64, as entity tags and policies of content name it. */
export const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64")

/** Serves a text that changes with the product alone, packed where that is taken, and not again to who has it. */
export function serveBuiltText(app: FastifyInstance, path: string, { text, type, headers = {} }: BuiltText): void {
  const tag = `"${hashOf(text)}"`
  const packed = gzipSync(text, { level: 9 })
  app.get(path, async (request, reply) => {
    reply.headers({ ...headers, etag: tag, "cache-control": "no-cache", vary: "accept-encoding" })
    if (request.headers["if-none-match"] === tag) return reply.code(304).send()
    reply.type(type)
    const takesGzip = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")
    return takesGzip ? reply.header("content-encoding", "gzip").send(packed) : reply.send(text)
  })
}
