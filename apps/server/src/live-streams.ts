import type { ServerResponse } from "node:http"
import { Readable } from "node:stream"
import type { LiveHub } from "@strudel-agent/api/live"
import type { FastifyInstance, FastifyReply } from "fastify"
import { pathOf } from "./request-target.ts"

const isEvents = (type: unknown): boolean => String(type ?? "").startsWith("text/event-stream")

/** Whether an answer is a stream of events, open until its reader leaves. */
export const isStream = (reply: FastifyReply): boolean => isEvents(reply.getHeader("content-type"))

/**
 * Logs when a stream opens and when it ends, and ends open ones when the door begins to close: it would wait for them
 * otherwise. They end as a connection that is lost, without a word, so that their readers come again and go on.
 */
export function registerStreams(app: FastifyInstance, live: LiveHub): void {
  const streams = new Map<ServerResponse, Readable | undefined>()
  app.addHook("onSend", async (request, reply, payload) => {
    if (!(payload instanceof Response ? isEvents(payload.headers.get("content-type")) : isStream(reply))) return
    const path = pathOf(request.url)
    const opened = Date.now()
    request.log.info({ path, open: streams.size + 1 }, "stream opened")
    streams.set(reply.raw, payload instanceof Readable ? payload : undefined)
    // Fastify calls no hook where the reader leaves.
    reply.raw.once("close", () => {
      streams.delete(reply.raw)
      request.log.info({ path, seconds: Math.round((Date.now() - opened) / 1000) }, "stream ended")
    })
  })
  app.addHook("preClose", async () => {
    for (const [response, source] of streams) {
      source?.unpipe(response)
      response.end()
    }
  })
  app.addHook("onClose", async () => live.stop())
}
