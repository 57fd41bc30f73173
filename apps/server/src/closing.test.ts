import { once } from "node:events"
import { createServer } from "node:http"
import { connect } from "node:net"
import { lockSession } from "@strudel-agent/database/queries/session"
import { countWaiting } from "@strudel-agent/database/testing/waiting"
import { describe, expect, it } from "vitest"
import { openRaw } from "./testing/raw-request.ts"
import { openTestDoor } from "./testing/test-door.ts"

/** Milliseconds that a door may take to close on a machine that does much else; it gives itself two seconds. */
const patience = 8000

describe("the end of a door", () => {
  it("comes soon with 300 connections of every kind", async () => {
    // A host of samples and a web app that never answer.
    const silent = createServer(() => {}).listen(0, "127.0.0.1")
    await once(silent, "listening")
    const address = silent.address()
    const origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
    const test = await openTestDoor({ webUrl: origin, samples: { origins: [origin], folder: "/nonexistent" } })
    const session = await test.client.session.create.mutate({})
    const long = await test.client.session.create.mutate({})
    const messages = Array.from({ length: 8 }, () => ({ role: "user" as const, content: "x".repeat(1024 * 1024) }))
    await test.client.message.append.mutate({ sessionId: long.id, messages })

    const head = (line: string, ...headers: string[]) =>
      [line, `Host: 127.0.0.1:${test.port}`, ...headers, "", ""].join("\r\n")
    const watch = encodeURIComponent(
      JSON.stringify({ sessions: [{ sessionId: session.id, after: -1 }], library: true }),
    )
    const endless = JSON.stringify({ code: "for(;;);" })
    const kinds: Record<string, string> = {
      idle: "",
      "kept alive": head("GET /api/sessions HTTP/1.1"),
      "half a request line": "GET /api/sess",
      "half a head": `GET /api/sessions HTTP/1.1\r\nHost: 127.0.0.1:${test.port}\r\nX-A: `,
      "half a body": `${head("POST /api/sessions HTTP/1.1", "Content-Type: application/json", "Content-Length: 999")}{`,
      "half a chunk": `${head("POST /trpc/session.create HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked")}5\r\n{`,
      "a stream": head(`GET /trpc/live.watch?input=${watch} HTTP/1.1`, "Accept: text/event-stream"),
      "a page that is never made": head("GET /sessions HTTP/1.1"),
      "a sample that never comes": head(`GET /samples/${encodeURIComponent(`${origin}/a.wav`)} HTTP/1.1`),
      "code that never ends": `${head("POST /api/analyze HTTP/1.1", "Content-Type: application/json", `Content-Length: ${endless.length}`)}${endless}`,
      "a socket of another protocol": head("GET / HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket"),
    }
    const open = Object.values(kinds).flatMap((text) => Array.from({ length: 26 }, () => openRaw(test.port, text)))
    // Their readers take nothing of what they asked for.
    const slow = Array.from({ length: 14 }, () => {
      const socket = connect(test.port, "127.0.0.1", () => {
        socket.pause().write(head(`GET /sessions/${long.id}.json HTTP/1.1`))
      })
      socket.on("error", () => {})
      return socket
    })
    expect(open.length + slow.length).toBe(300)
    const streams = () => open.filter(({ heard }) => heard().includes("event-stream")).length
    await expect.poll(streams, { timeout: 60_000 }).toBe(26)

    const begin = Date.now()
    await test.close()
    expect(Date.now() - begin).toBeLessThan(patience)
    await Promise.all(open.map(({ ended }) => ended))
    for (const socket of slow) socket.destroy()
    silent.closeAllConnections()
    silent.close()
  }, 120_000)

  it("waits for what can be finished, at each address it listens at", async () => {
    const test = await openTestDoor({}, { host: "localhost" })
    const addresses = test.door.addresses().map((each) => (typeof each === "object" ? each.address : each))
    const { id } = await test.client.session.create.mutate({})
    const appended = await test.database.db.$transaction(async (tx) => {
      await lockSession(tx, id)
      const answers = addresses.map(async (address) => {
        const host = address.includes(":") ? `[${address}]` : address
        const response = await fetch(`http://${host}:${test.port}/api/messages/${id}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ messages: [{ role: "user", content: "hi" }] }),
        })
        return response.status
      })
      const waiting = () => countWaiting(test.database.db)
      await expect.poll(waiting, { timeout: 20_000 }).toBe(addresses.length)
      const closed = test.door.close()
      await new Promise((resolve) => setTimeout(resolve, 300))
      return { answers, closed }
    })
    expect(await Promise.all(appended.answers)).toEqual(addresses.map(() => 201))
    await appended.closed
    await test.close()
  })
})
