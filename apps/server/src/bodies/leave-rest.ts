import type { IncomingMessage } from "node:http"
import type { FastifyInstance } from "fastify"

/** What is thrown away of a body that an answer did not wait for, in bytes, and for how many milliseconds. */
const most = 32 * 1024 * 1024
const longest = 10_000

/**
 * Throws away what comes of a body after its answer, so that a client which sends before it reads gets to read the
 * answer. Of one that goes on and on the connection is closed.
 */
function throwAway(message: IncomingMessage): void {
  let left = most
  const timer = setTimeout(() => message.socket.destroy(), longest)
  timer.unref()
  message.on("data", (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) message.socket.destroy()
  })
  message.once("close", () => clearTimeout(timer))
  message.resume()
}

/** Answers requests whose bodies are not read, or not to their end, so that their clients get the answer. */
export function leaveRestOfBodies(app: FastifyInstance): void {
  app.addHook("onSend", async ({ raw }, reply) => {
    if (raw.complete !== false || reply.statusCode < 400) return
    reply.removeHeader("connection")
    throwAway(raw)
  })
}
