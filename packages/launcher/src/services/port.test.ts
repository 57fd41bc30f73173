import { once } from "node:events"
import { createServer } from "node:net"
import { freePort } from "@strudel-agent/process/free-port"
import { expect, test } from "vitest"
import { Refusal } from "../refusal.ts"
import { requirePort, whyNotFree } from "./port.ts"

async function listening() {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  return { server, port: typeof address === "object" && address ? address.port : 0 }
}

test("a busy port is refused by its number and the variable to set", async () => {
  const { server, port } = await listening()
  const words = `Port ${port} on 127.0.0.1 is in use: set PORT to another one.`
  expect(await whyNotFree("127.0.0.1", port)).toBe(words)
  await expect(requirePort("127.0.0.1", port)).rejects.toThrow(new Refusal(words))
  server.close()
})

test("a port that becomes free is waited for", async () => {
  const { server, port } = await listening()
  setTimeout(() => server.close(), 300)
  await requirePort("127.0.0.1", port, 10_000)
})

test("a free port can be listened on", async () => {
  expect(await whyNotFree("127.0.0.1", await freePort())).toBe(undefined)
})

test("an address of another machine is refused by the variable to set", async () => {
  expect(await whyNotFree("192.0.2.1", 0)).toBe("192.0.2.1 is no address of this machine: set HOST to another one.")
})
