import assert from "node:assert/strict"
import { once } from "node:events"
import { createServer } from "node:net"
import { test } from "node:test"
import { freePort, requirePort, whyNotFree } from "./port.mjs"
import { Refusal } from "./refusal.mjs"

async function listening() {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  return { server, port: server.address().port }
}

test("a busy port is refused by its number and the variable to set", async () => {
  const { server, port } = await listening()
  const words = `Port ${port} on 127.0.0.1 is in use: set PORT to another one.`
  assert.equal(await whyNotFree("127.0.0.1", port), words)
  await assert.rejects(requirePort("127.0.0.1", port), new Refusal(words))
  server.close()
})

test("a port that becomes free is waited for", async () => {
  const { server, port } = await listening()
  setTimeout(() => server.close(), 300)
  await requirePort("127.0.0.1", port, 10_000)
})

test("a free port can be listened on", async () => {
  assert.equal(await whyNotFree("127.0.0.1", await freePort()), undefined)
})

test("an address of another machine is refused by the variable to set", async () => {
  assert.equal(await whyNotFree("192.0.2.1", 0), "192.0.2.1 is no address of this machine: set HOST to another one.")
})
