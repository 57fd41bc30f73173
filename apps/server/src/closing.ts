import type { IncomingMessage, ServerResponse } from "node:http"
import { Socket } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import type { FastifyInstance } from "fastify"

/** Milliseconds that requests in flight have to finish when the door closes. */
const longestClose = 2000

/**
 * Notes the connections of every request from here on. Returns what ends them when the door closes: requests in flight
 * have two seconds to finish, then every connection ends, whatever is sent or waited for on it. A server waits for the
 * last of them otherwise.
 */
export function noteConnections(app: FastifyInstance): () => Promise<void> {
  const connections = new Set<Socket>()
  const inFlight = new Set<ServerResponse>()
  const note = (socket: Socket) => {
    connections.add(socket)
    socket.once("close", () => connections.delete(socket))
  }
  app.server.on("connection", note)
  app.addHook("onRequest", async ({ raw }: { raw: IncomingMessage }, { raw: response }: { raw: ServerResponse }) => {
    // Where the door listens at two addresses, the connections of the second are another server's.
    if (raw.socket instanceof Socket && !connections.has(raw.socket)) note(raw.socket)
    inFlight.add(response)
    response.once("close", () => inFlight.delete(response))
  })
  return async () => {
    const end = Date.now() + longestClose
    while (inFlight.size > 0 && Date.now() < end) await sleep(20)
    for (const socket of connections) socket.destroy()
  }
}
