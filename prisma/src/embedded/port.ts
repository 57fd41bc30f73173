import { randomInt } from "node:crypto"
import { createServer } from "node:net"

/**
 * Below the range from which systems take the local ports of outgoing connections: a client that reconnects to a
 * stopped server inside that range may meet itself and keep the port busy.
 */
const lowest = 20_000
const count = 10_000
const attempts = 20

/** Returns the wanted port if nobody listens on it at 127.0.0.1, else any free one. */
export async function freePort(wanted: number | undefined): Promise<number> {
  const candidates = Array.from({ length: attempts }, () => randomInt(lowest, lowest + count))
  for (const candidate of [...(wanted === undefined ? [] : [wanted]), ...candidates, 0]) {
    const port = await listenOnce(candidate)
    if (port !== undefined) return port
  }
  throw new Error("no free port at 127.0.0.1")
}

/** Returns the port it could listen on for a moment, or undefined if that port is taken. */
function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once("error", () => resolve(undefined))
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address ? address.port : undefined))
    })
  })
}
