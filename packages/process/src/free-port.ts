import { randomInt } from "node:crypto"
import { createServer } from "node:net"

/**
 * Below the range from which systems take the local ports of outgoing connections: a client that reconnects to a
 * stopped server inside that range may meet itself and keep the port busy.
 */
const lowest = 20_000
const count = 10_000
const attempts = 20

/** Resolves to the wanted port if nobody listens on it at 127.0.0.1, else to any free one. */
export async function freePort(wanted?: number): Promise<number> {
  const candidates = Array.from({ length: attempts }, () => randomInt(lowest, lowest + count))
  for (const candidate of [...(wanted === undefined ? [] : [wanted]), ...candidates]) {
    const port = await listenBriefly("127.0.0.1", candidate).catch(() => undefined)
    if (port !== undefined) return port
  }
  return listenBriefly("127.0.0.1", 0)
}

/** Listens for a moment, and resolves to the port, which 0 leaves to the system; rejects with why it cannot. */
export function listenBriefly(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject)
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address ? address.port : port))
    })
  })
}
