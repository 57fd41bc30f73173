import { connect, createServer, type Socket } from "node:net"
import { onTestFinished } from "vitest"
import type { TestServer } from "./test-server.ts"

/**
 * An address of a test server that stays while the server goes away and comes back, as one that restarts: it breaks off
 * every connection meanwhile.
 */
export async function openFront(server: TestServer) {
  const sockets = new Set<Socket>()
  let isAway = false
  const front = createServer((client) => {
    if (isAway) return void client.destroy()
    const door = connect(Number(new URL(server.url).port), "127.0.0.1")
    for (const [socket, peer] of [
      [client, door],
      [door, client],
    ] as const) {
      sockets.add(socket)
      socket.on("error", () => {})
      socket.on("close", () => {
        sockets.delete(socket)
        peer.destroy()
      })
      socket.pipe(peer)
    }
  })
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void front.close())
  const address = front.address()
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    async leave() {
      isAway = true
      for (const socket of sockets) socket.destroy()
      await server.shut()
    },
    async comeBack() {
      await server.reopen()
      isAway = false
    },
  }
}
