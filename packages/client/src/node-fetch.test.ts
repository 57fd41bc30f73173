import { createServer, type IncomingMessage, type RequestListener } from "node:http"
import { Socket } from "node:net"
import { expect, it, onTestFinished, vi } from "vitest"
import { createClient } from "./client.ts"
import { nodeFetch } from "./node-fetch.ts"

/** A server that answers so, and how many connections it was asked over. */
async function serve(answer: RequestListener) {
  const connections = new Set<unknown>()
  const server = createServer(answer)
  server.on("connection", (socket) => connections.add(socket))
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`, connections }
}

async function textOf(message: IncomingMessage): Promise<string> {
  let text = ""
  for await (const piece of message.setEncoding("utf8")) text += piece
  return text
}

it("sends a method, headers and a text, and tells what came", async () => {
  const { url } = await serve(async (incoming, outgoing) => {
    const { method, headers } = incoming
    outgoing.writeHead(201, { "content-type": "application/json", "set-cookie": ["a=1", "b=2"] })
    outgoing.end(
      JSON.stringify([
        method,
        headers.authorization,
        headers["content-length"],
        headers.accept,
        headers["user-agent"],
        await textOf(incoming),
      ]),
    )
  })
  const answer = await nodeFetch(`${url}/x?y=1`, { method: "POST", headers: { authorization: "Bearer t" }, body: "ä" })
  expect([answer.ok, answer.status, answer.url]).toEqual([true, 201, `${url}/x?y=1`])
  expect(["Content-Type", "set-cookie", "x-none"].map((name) => answer.headers.get(name))).toEqual([
    ...["application/json", "a=1, b=2", null],
  ])
  expect(await answer.json()).toEqual(["POST", "Bearer t", "2", "*/*", "node", "ä"])
})

it("gives the pieces of an answer as they come, and lets go of it", async () => {
  const left: string[] = []
  const { url } = await serve((_, outgoing) => {
    outgoing.on("close", () => left.push("left"))
    outgoing.write(Buffer.from("🥁").subarray(0, 2))
  })
  const reader = (await nodeFetch(url)).body?.getReader()
  expect(await reader?.read()).toMatchObject({ done: false, value: Buffer.from("🥁").subarray(0, 2) })
  await reader?.cancel()
  await expect.poll(() => left).toEqual(["left"])
})

it("reads a letter that came in two pieces", async () => {
  const { url } = await serve((_, outgoing) => {
    outgoing.write(Buffer.from("🥁").subarray(0, 2))
    setTimeout(() => outgoing.end(Buffer.from("🥁").subarray(2)), 20)
  })
  expect(await (await nodeFetch(url)).text()).toBe("🥁")
})

it("keeps its connection for the next call", async () => {
  const { url, connections } = await serve((_, outgoing) => void outgoing.end("yes"))
  for (let call = 0; call < 3; call++) expect(await (await nodeFetch(url)).text()).toBe("yes")
  expect(connections.size).toBe(1)
})

it("follows no redirection, so that nobody else gets the token", async () => {
  let asked = 0
  const other = await serve((_, outgoing) => {
    asked++
    outgoing.end()
  })
  const { url } = await serve((_, outgoing) => void outgoing.writeHead(302, { location: other.url }).end())
  const answer = await nodeFetch(url, { headers: { authorization: "Bearer secret" } })
  expect([answer.status, answer.ok, asked]).toEqual([302, false, 0])
})

it("fails as fetch does where nobody answers, or the answer is cut off", async () => {
  await expect(nodeFetch("http://127.0.0.1:1")).rejects.toThrow(new TypeError("fetch failed"))
  const { url } = await serve((_, outgoing) => {
    outgoing.writeHead(200, { "content-length": "10" }).write("half")
    setTimeout(() => outgoing.destroy(), 20)
  })
  await expect((await nodeFetch(url)).text()).rejects.toThrow(new TypeError("fetch failed"))
})

it("ends with the reason of its signal: before it begins, before the answer, and within it", async () => {
  const { url } = await serve(({ url: path }, outgoing) => {
    if (path === "/begins") outgoing.write("and does not end")
  })
  const reason = new Error("enough")
  await expect(nodeFetch(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  await expect(nodeFetch(url, { signal: AbortSignal.timeout(30) })).rejects.toMatchObject({ name: "TimeoutError" })
  const leaving = new AbortController()
  const answer = await nodeFetch(`${url}/begins`, { signal: leaving.signal })
  const reading = answer.text()
  leaving.abort(reason)
  await expect(reading).rejects.toBe(reason)
})

it("gives no text of an answer that came whole and was aborted before it was read", async () => {
  const { url } = await serve((_, outgoing) => void outgoing.end("whole"))
  const leaving = new AbortController()
  const answer = await nodeFetch(url, { signal: leaving.signal })
  leaving.abort(new Error("enough"))
  await expect(answer.text()).rejects.toThrow("enough")
})

/** Does something with each socket that is given so many milliseconds, when it is. */
function socketsGiven(milliseconds: number, act: (socket: Socket) => void): void {
  const former = Socket.prototype.setTimeout
  const spy = vi.spyOn(Socket.prototype, "setTimeout").mockImplementation(function (this: Socket, ...given) {
    if (given[0] === milliseconds) act(this)
    return former.apply(this, given)
  })
  onTestFinished(() => spy.mockRestore())
}

it("gives up a server that says nothing, and none whose answer is read slowly", async () => {
  const whole = "x".repeat(5_000_000)
  const { url } = await serve(({ url: path }, outgoing) => {
    if (path === "/begins") outgoing.writeHead(200).flushHeaders()
    if (path === "/long") outgoing.end(whole)
  })
  let socket: Socket | undefined
  socketsGiven(300_000, (given) => {
    socket = given
  })
  const letItExpire = async () => {
    await expect.poll(() => socket).toBeDefined()
    socket?.emit("timeout")
    socket = undefined
  }
  const slow = await nodeFetch(`${url}/long`)
  await expect.poll(() => socket?.bytesRead).toBeGreaterThan(10_000)
  for (let times = 0; times < 3; times++) socket?.emit("timeout")
  expect(await slow.text()).toBe(whole)
  socket = undefined
  const silence = { message: "fetch failed", cause: new Error("Nothing came for five minutes") }
  const begun = await nodeFetch(`${url}/begins`)
  await letItExpire()
  await expect(begun.text()).rejects.toMatchObject(silence)
  const asked = expect(nodeFetch(`${url}/silent`)).rejects.toMatchObject(silence)
  await letItExpire()
  await asked
})

it("waits ten seconds for a connection, and tells that none came", async () => {
  const { url } = await serve((_, outgoing) => void outgoing.end())
  socketsGiven(10_000, (socket) => process.nextTick(() => socket.emit("timeout")))
  const cause = new Error("No connection within ten seconds")
  await expect(nodeFetch(url)).rejects.toMatchObject({ message: "fetch failed", cause })
})

it("carries the calls of a client, with its retries", async () => {
  let calls = 0
  const { url } = await serve((incoming, outgoing) => {
    if (++calls === 1) return void incoming.socket.destroy()
    outgoing.writeHead(200, { "content-type": "application/json" })
    outgoing.end(JSON.stringify([{ result: { data: "there" } }]))
  })
  const retries = { isDue: ({ attempts }: { attempts: number }) => attempts < 3, pause: () => 1 }
  expect(await createClient({ url, fetch: nodeFetch, retries }).project.list.query({})).toBe("there")
  expect(calls).toBe(2)
})
