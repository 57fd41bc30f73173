import { createHash } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { createClient } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { createDatabase } from "@strudel-agent/database/client"
import { lockSession } from "@strudel-agent/database/queries/session"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { sweepIdle } from "./background/idle-sweep.ts"
import { buildDoor } from "./door.ts"
import { openRaw, sendRaw, statusOfRaw } from "./testing/raw-request.ts"
import { openTestDoor } from "./testing/test-door.ts"

/** A stand-in for the web app that says what reached it. */
function openWebApp(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer)
  return new Promise<{ url: string; server: Server; close(): void }>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      const port = typeof address === "object" && address ? address.port : 0
      resolve({
        url: `http://127.0.0.1:${port}`,
        server,
        close: () => {
          server.closeAllConnections()
          server.close()
        },
      })
    })
  })
}

describe("the way to the web app", () => {
  it("passes pages with the caller's host and a policy whose nonce both know", async () => {
    const web = await openWebApp((request, response) => response.end(JSON.stringify(request.headers)))
    const test = await openTestDoor({ webUrl: web.url })
    const response = await fetch(`${test.url}/sessions?x=1`)
    const policy = response.headers.get("content-security-policy")
    expect(policy).toMatch(/script-src 'self' 'nonce-[^']+'/)
    expect(await response.json()).toMatchObject({
      host: `127.0.0.1:${test.port}`,
      "x-forwarded-host": `127.0.0.1:${test.port}`,
      "content-security-policy": policy,
    })
    await test.close()
    web.close()
  })

  it("brings the secret that the web app knows it by, whatever the caller brings", async () => {
    const web = await openWebApp((request, response) => response.end(JSON.stringify(request.headers)))
    const webSecret = "a-secret-of-some-length"
    const test = await openTestDoor({ webUrl: web.url, webSecret })
    for (const headers of [{}, { "x-strudel-front-door": "another" }]) {
      const seen: unknown = await (await fetch(`${test.url}/sessions`, { headers })).json()
      expect(seen).toMatchObject({ "x-strudel-front-door": webSecret })
    }
    const named = ["Host: localhost", "Connection: x-strudel-front-door", "X-Strudel-Front-Door: another"]
    expect(await sendRaw(test.port, "GET / HTTP/1.0", named)).toContain(webSecret)
    await test.close()
    web.close()
  })

  it("is no way for what another door refuses, nor to another server", async () => {
    const seen: string[] = []
    const web = await openWebApp((request, response) => {
      seen.push(request.url ?? "")
      response.end("page")
    })
    const test = await openTestDoor({ webUrl: web.url })
    const get = (path: string) => sendRaw(test.port, `GET ${path} HTTP/1.1`, [`Host: 127.0.0.1:${test.port}`])
    for (const path of ["//api/x", "///api/sessions", "/api//sessions", "//trpc/x", "/trpc/a/b"]) {
      const answer = await get(path)
      expect([path, statusOfRaw(answer)]).toEqual([path, 404])
      expect(answer).toContain("application/json")
      expect(answer).toContain("PATH_NOT_FOUND")
    }
    for (const path of ["//evil.example/x", "/\\evil.example/x", "/a/../b", "/%2e%2e/x"]) {
      expect([path, statusOfRaw(await get(path))]).toEqual([path, 404])
    }
    expect(seen).toEqual([])
    expect(await get("/%61b/%C3%A9?q=%61")).toContain("page")
    expect(seen).toEqual(["/ab/%C3%A9?q=%61"])
    await test.close()
    web.close()
  })

  it("passes on what reads pages, and no body to them", async () => {
    const methods: (string | undefined)[] = []
    const web = await openWebApp((request, response) => {
      methods.push(request.method)
      response.end("page")
    })
    const test = await openTestDoor({ webUrl: web.url })
    for (const method of ["GET", "HEAD"]) expect((await fetch(`${test.url}/sessions`, { method })).status).toBe(200)
    for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
      const refused = await fetch(`${test.url}/sessions`, { method, body: "a".repeat(1_000_000) })
      expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, HEAD"])
    }
    expect(methods).toEqual(["GET", "HEAD"])
    await test.close()
    web.close()
  })

  it("opens WebSockets for pages of development alone, by which they hear of edits", async () => {
    const web = await openWebApp((_, response) => response.end("page"))
    const seen: (string | string[] | undefined)[] = []
    web.server.on("upgrade", ({ headers, url }, socket) => {
      seen.push(url, headers["x-strudel-front-door"])
      const accept = createHash("sha1").update(`${headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      const head = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"]
      socket.write([...head, `Sec-WebSocket-Accept: ${accept.digest("base64")}`, "", ""].join("\r\n"))
    })
    const test = await openTestDoor({ webUrl: web.url, webSecret: "a-secret-of-some-length", dev: true })
    const open = (path: string, origin: string[]) =>
      openRaw(
        test.port,
        [
          ...[`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${test.port}`, ...origin, "Connection: Upgrade"],
          ...["Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="],
          ...["", ""],
        ].join("\r\n"),
      )
    const own = [`Origin: http://127.0.0.1:${test.port}`]
    for (const [path, origin] of [
      ["/_next/hmr?id=1", []],
      ["/_next/hmr?id=1", ["Origin: https://evil.example"]],
      ["/sessions", own],
    ] as const) {
      expect(statusOfRaw(await open(path, [...origin]).ended)).toBe(403)
    }
    expect(seen).toEqual([])
    const { heard, ended } = open("/_next/hmr?id=1", own)
    await expect.poll(heard).toContain("101 Switching Protocols")
    await expect.poll(() => seen).toEqual(["/_next/hmr?id=1", "a-secret-of-some-length"])
    // A page that does not hear of it holds up no end.
    await test.close()
    await ended
    web.close()
  })

  it("says in words that the web app is not running", async () => {
    const test = await openTestDoor({ webUrl: "http://127.0.0.1:1" })
    const response = await fetch(`${test.url}/sessions`)
    expect([response.status, await response.text()]).toEqual([
      502,
      "The web app is not running. Try again in a moment.",
    ])
    await test.close()
  })
})

describe("without a database", () => {
  const away = createDatabase({
    url: "postgresql://nobody@127.0.0.1:1/nothing",
    pool: { size: 1, maxOverflow: 0, recycleSeconds: 60, commandTimeoutSeconds: 5, echo: false },
  })
  let url = ""
  let close = async () => {}
  beforeAll(async () => {
    const door = await buildDoor({ database: away, analyser: createAnalyser(), allowedHosts: [], version: "1.2.3" })
    url = await door.listen({ host: "127.0.0.1", port: 0 })
    close = async () => {
      await door.close()
      await away.close()
    }
  })
  afterAll(() => close())

  it("answers 503 at every door", async () => {
    const health = await fetch(`${url}/health`)
    expect([health.status, await health.json()]).toEqual([
      503,
      { status: "unavailable", database: "away", version: "1.2.3" },
    ])
    const rest = await fetch(`${url}/api/sessions`)
    expect([rest.status, await rest.json()]).toEqual([
      503,
      { error: expect.objectContaining({ reason: "DATABASE_AWAY" }) },
    ])
    const error = await createClient({ url })
      .session.create.mutate({})
      .catch((error: unknown) => error)
    expect(reasonOf(error)).toBe("DATABASE_AWAY")
  })
})

describe("the end", () => {
  it("lets a request in flight finish and then lets go of idle connections", async () => {
    const test = await openTestDoor()
    const { id } = await test.client.session.create.mutate({})
    const appended = test.database.db.$transaction(async (tx) => {
      await lockSession(tx, id)
      const append = test.client.message.append.mutate({ sessionId: id, messages: [{ role: "user", content: "hi" }] })
      await new Promise((resolve) => setTimeout(resolve, 300))
      const closed = test.close()
      await new Promise((resolve) => setTimeout(resolve, 300))
      return { append, closed }
    })
    const { append, closed } = await appended
    expect((await append).messageCount).toBe(1)
    await closed
    await expect(fetch(`${test.url}/health`)).rejects.toThrow()
  })
})

describe("the sweep", () => {
  it("makes sessions idle 15 minutes after their last activity", async () => {
    const test = await openTestDoor()
    const { id, lastActivity } = await test.client.session.create.mutate({})
    const at = (minutes: number) => new Date(Date.parse(lastActivity) + minutes * 60_000)
    expect(await sweepIdle(test.database, at(14.9))).toBe(0)
    expect(await sweepIdle(test.database, at(15.1))).toBe(1)
    expect((await test.client.session.byId.query({ id })).status).toBe("idle")
    await test.close()
  })
})
