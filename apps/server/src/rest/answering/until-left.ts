import type { FastifyReply } from "fastify"

/** Ends when who asked has left before the answer. */
export function untilLeft({ raw }: Pick<FastifyReply, "raw">): AbortSignal {
  const control = new AbortController()
  raw.once("close", () => {
    if (!raw.writableFinished) control.abort()
  })
  return control.signal
}
