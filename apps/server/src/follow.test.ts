import { createServer, type Server } from "node:http"
import { connect as connectTcp, createServer as createTcpServer, type Socket } from "node:net"
import { type Client, createClient } from "@strudel-agent/client/client"
import { usualRetries } from "@strudel-agent/client/links"
import { reasonOf } from "@strudel-agent/client/reason"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openTestDoor, type TestDoor } from "./testing/test-door.ts"

let test: TestDoor
beforeAll(async () => {
  test = await openTestDoor()
})
afterAll(() => test.close())

const newSession = async () => (await test.client.session.create.mutate({})).id

const append = (sessionId: string, ...contents: string[]) =>
  test.client.message.append.mutate({
    sessionId,
    messages: contents.map((content) => ({ role: "user" as const, content })),
  })

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `${from + i}`)

/** Reads so many messages of a session, then leaves. */
async function read(following: AsyncIterable<{ content: string }>, count: number): Promise<string[]> {
  const contents: string[] = []
  for await (const { content } of following) {
    contents.push(content)
    if (contents.length === count) break
  }
  return contents
}

it("gives what is there and what comes, each once and in order, from where its reader is", async () => {
  const sessionId = await newSession()
  await append(sessionId, ...numbers(0, 5))
  const reading = read(test.client.follow(sessionId, { after: 1 }), 6)
  await append(sessionId, ...numbers(5, 8))
  expect(await reading).toEqual(numbers(2, 8))
})

it("ends without an error when its reader has enough", async () => {
  const sessionId = await newSession()
  await append(sessionId, "one")
  const leaving = new AbortController()
  const seen: string[] = []
  for await (const { content } of test.client.follow(sessionId, { signal: leaving.signal })) {
    seen.push(content)
    setTimeout(() => leaving.abort(), 50)
  }
  expect(seen).toEqual(["one"])
  expect(await read(test.client.follow(sessionId, { signal: AbortSignal.abort() }), 1)).toEqual([])
})

it("keeps no more than some messages for a reader that takes its time, and loses none", async () => {
  const sessionId = await newSession()
  for (let from = 0; from < 5000; from += 500) await append(sessionId, ...numbers(from, from + 500))
  const contents: string[] = []
  for await (const { content } of test.client.follow(sessionId)) {
    contents.push(content)
    if (contents.length % 1000 === 0) await new Promise((resolve) => setTimeout(resolve, 200))
    if (contents.length === 5000) break
  }
  expect(contents).toEqual(numbers(0, 5000))
})

it("tells that there is no such session, or no longer", async () => {
  const nowhere = read(test.client.follow("018f0000-0000-7000-8000-000000000000"), 1)
  expect(await nowhere.catch(reasonOf)).toBe("SESSION_NOT_FOUND")
  const sessionId = await newSession()
  await append(sessionId, "one")
  const reading = read(test.client.follow(sessionId), 2).catch(reasonOf)
  await test.client.session.delete.mutate({ id: sessionId })
  expect(await reading).toBe("SESSION_NOT_FOUND")
})

it("tells what the server refuses", async () => {
  expect(await read(test.client.follow("x"), 1).catch(reasonOf)).toBe("BAD_INPUT")
  const guarded = await openTestDoor({ token: "a-token-of-some-length" })
  const stranger = createClient({ url: guarded.url })
  expect(await read(stranger.follow(await newSession()), 1).catch(reasonOf)).toBe("TOKEN_REQUIRED")
  await guarded.close()
})

/** An address before the door that can be shut, as when the server restarts, or answer what a proxy does without it. */
async function openGate() {
  const sockets = new Set<Socket>()
  let away: Server | undefined
  const gate = createTcpServer((socket) => {
    const onward = connectTcp(test.port, "127.0.0.1")
    for (const each of [socket, onward]) {
      sockets.add(each)
      each.on("error", () => undefined).on("close", () => sockets.delete(each))
    }
    socket.pipe(onward).pipe(socket)
  })
  const listen = (server: { listen(port: number, host: string, done: () => void): unknown }, port: number) =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve))
  await listen(gate, 0)
  const address = gate.address()
  const port = typeof address === "object" && address ? address.port : 0
  const closing = () => new Promise<void>((resolve) => gate.close(() => resolve()))
  return {
    url: `http://127.0.0.1:${port}`,
    cut: () => sockets.forEach((socket) => void socket.destroy()),
    async shut() {
      const closed = closing()
      this.cut()
      await closed
    },
    async answer503() {
      away = createServer((_, response) => response.writeHead(503, { "content-type": "text/html" }).end("starting"))
      await listen(away, port)
    },
    async open() {
      away?.closeAllConnections()
      await new Promise((resolve) => (away ? away.close(resolve) : resolve(undefined)))
      away = undefined
      await listen(gate, port)
    },
    async close() {
      this.cut()
      await closing()
    },
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

it("goes on where it was when its connection is cut, refused, or answered by a proxy alone", async () => {
  const gate = await openGate()
  const client: Client = createClient({ url: gate.url, retries: { ...usualRetries, pause: () => 1 } })
  const sessionId = await newSession()
  const seen: string[] = []
  const reading = (async () => {
    for await (const { content } of client.follow(sessionId)) if (seen.push(content) === 40) return
  })()
  const until = async (count: number) => {
    while (seen.length < count) await pause(10)
  }
  await append(sessionId, ...numbers(0, 10))
  await until(10)
  gate.cut()
  await append(sessionId, ...numbers(10, 20))
  await until(20)
  await gate.shut()
  await append(sessionId, ...numbers(20, 30))
  await pause(300)
  await gate.open()
  await until(30)
  await gate.shut()
  await gate.answer503()
  await append(sessionId, ...numbers(30, 40))
  const leaving = AbortSignal.timeout(300)
  expect(await read(client.follow(sessionId, { signal: leaving }), 1)).toEqual([])
  await pause(300)
  await gate.open()
  await reading
  expect(seen).toEqual(numbers(0, 40))
  await gate.close()
})
