import { connect, createServer, type Socket } from "node:net"
import type { Place } from "./place.ts"

/**
 * One address for several servers: each connection goes to the next of them that takes it. Resolves to the address.
 */
export async function openBalancer(place: Place, ports: number[]): Promise<string> {
  const sockets = new Set<Socket>()
  let turn = 0
  const pass = (client: Socket, tries: number) => {
    const port = ports[turn++ % ports.length] ?? 0
    const server = connect(port, "127.0.0.1")
    let isOpen = false
    server.once("connect", () => {
      isOpen = true
      client.pipe(server)
      server.pipe(client)
    })
    server.on("error", () => {
      if (isOpen || tries === 0 || client.destroyed) return client.destroy()
      pass(client, tries - 1)
    })
    server.on("close", () => isOpen && client.destroy())
    client.on("close", () => server.destroy())
    sockets.add(server)
    server.once("close", () => sockets.delete(server))
  }
  const balancer = createServer({ pauseOnConnect: false }, (client) => {
    sockets.add(client)
    client.once("close", () => sockets.delete(client))
    client.on("error", () => client.destroy())
    pass(client, ports.length)
  })
  await new Promise<void>((resolve) => balancer.listen(0, "127.0.0.1", resolve))
  place.onLeave(() => {
    balancer.close()
    for (const socket of sockets) socket.destroy()
  })
  const address = balancer.address()
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
}
