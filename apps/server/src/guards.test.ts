import { request } from "node:http"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openRaw, sendRaw, statusOfRaw } from "./testing/raw-request.ts"
import { openTestDoor, type TestDoor } from "./testing/test-door.ts"

interface Sent {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** Sends a request with exactly these headers, Host included, which fetch would not let one choose. */
function send(port: number, { path, method = "GET", headers = {}, body }: Sent) {
  return new Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = ""
      response.setEncoding("utf8")
      response.on("data", (part: string) => {
        text += part
      })
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }))
    })
    sent.on("error", reject)
    sent.end(body)
  })
}

const json = { "content-type": "application/json" }

describe("without a token", () => {
  let test: TestDoor
  beforeAll(async () => {
    test = await openTestDoor({ allowedHosts: ["music.example"] })
  })
  afterAll(() => test.close())

  const own = () => `127.0.0.1:${test.port}`

  it.each(["localhost", "127.0.0.1", "[::1]", "127.0.0.1:3000", "app.localhost:9", "192.168.7.7", "music.example:443"])(
    "answers under the name %s",
    async (host) => {
      expect((await send(test.port, { path: "/api/sessions", headers: { host } })).status).toBe(200)
    },
  )

  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "evil.example:3000", "a@b"])(
    "refuses the name %j, which a DNS server could have rebound",
    async (host) => {
      const paths = ["/api/sessions", "/trpc/session.list?input=%7B%7D", "/", "/health"]
      for (const path of paths) {
        const answer = await send(test.port, { path, headers: { host } })
        expect(answer.status).toBe(403)
        if (path.startsWith("/api")) expect(JSON.parse(answer.body).error.reason).toBe("HOST_REFUSED")
      }
    },
  )

  const foreign: [string, Record<string, string>][] = [
    ["another origin", { origin: "https://evil.example" }],
    ["another port of this machine", { origin: "http://127.0.0.1:1" }],
    ["a sandboxed frame", { origin: "null" }],
    ["a page elsewhere that asks without an origin", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
    ["a page of a neighbour", { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" }],
    ["a link elsewhere", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }],
  ]
  it.each(foreign)("lets %s neither read nor write", async (_, headers) => {
    const before = (await test.client.session.list.query({})).items.length
    const host = own()
    for (const path of ["/api/sessions", "/trpc/session.list?input=%7B%7D"]) {
      const answer = await send(test.port, { path, headers: { host, ...headers } })
      expect(answer.status).toBe(403)
      expect(answer.body).toContain("ORIGIN_REFUSED")
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined()
    }
    for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x"]) {
      for (const path of ["/api/sessions", "/trpc/session.create"]) {
        const sent = { path, method: "POST", headers: { host, "content-type": type, ...headers }, body: "{}" }
        expect((await send(test.port, sent)).status).toBe(403)
      }
    }
    const preflight = { host, "access-control-request-method": "POST", ...headers }
    expect((await send(test.port, { path: "/api/sessions", method: "OPTIONS", headers: preflight })).status).toBe(403)
    expect((await test.client.session.list.query({})).items).toHaveLength(before)
  })

  it("lets its own pages and programs in", async () => {
    const host = own()
    const callers: Record<string, string>[] = [{}, { origin: `http://${own()}` }, { "sec-fetch-site": "same-origin" }]
    for (const headers of callers) {
      const sent = { path: "/api/sessions", method: "POST", headers: { host, ...json, ...headers }, body: "{}" }
      expect((await send(test.port, sent)).status).toBe(201)
    }
  })

  it.each([
    ["a user before it", ["Host: evil@127.0.0.1"]],
    ["a path behind it", ["Host: 127.0.0.1/evil"]],
    ["a query behind it", ["Host: 127.0.0.1?evil"]],
    ["a comma", ["Host: 127.0.0.1, evil.example"]],
    ["two of them", ["Host: 127.0.0.1", "Host: evil.example"]],
    ["two of them alike", ["Host: 127.0.0.1", "host: 127.0.0.1"]],
    ["nothing", ["Host:"]],
  ])("refuses a host with %s", async (_, hosts) => {
    for (const path of ["/api/sessions", "/trpc/session.list", "/", "/health", "/sandbox.html", "/samples/x"]) {
      expect([path, statusOfRaw(await sendRaw(test.port, `GET ${path} HTTP/1.1`, hosts))]).toEqual([path, 403])
    }
  })

  it("refuses a request without a host", async () => {
    expect(statusOfRaw(await sendRaw(test.port, "GET /api/sessions HTTP/1.1"))).toBe(400)
    expect(statusOfRaw(await sendRaw(test.port, "GET /api/sessions HTTP/1.0"))).toBe(403)
    expect(statusOfRaw(await sendRaw(test.port, "GET /api/sessions HTTP/1.0", ["Host: localhost"]))).toBe(200)
  })

  it.each(["GET", "HEAD", "OPTIONS", "TRACE", "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "QUERY"])(
    "refuses %s under another name",
    async (method) => {
      for (const path of ["/api/sessions", "/trpc/session.list", "/", "/health", "/nowhere"]) {
        const answer = await sendRaw(test.port, `${method} ${path} HTTP/1.1`, ["Host: evil.example"])
        // Node does not know every method in every version.
        expect([400, 403]).toContain(statusOfRaw(answer))
      }
    },
  )

  it("opens no way through to others", async () => {
    expect(await sendRaw(test.port, "CONNECT 127.0.0.1:22 HTTP/1.1", [`Host: ${own()}`])).not.toMatch(/^HTTP\/1\.1 2/)
  })

  it("judges an address in absolute form by the host that it names", async () => {
    const ask = (url: string, host: string) => sendRaw(test.port, `GET ${url} HTTP/1.1`, [`Host: ${host}`])
    expect(statusOfRaw(await ask(`http://${own()}/api/sessions`, own()))).toBe(200)
    expect(statusOfRaw(await ask(`HTTP://localhost/api/sessions`, "localhost:80"))).toBe(200)
    for (const [url, host] of [
      ["http://evil.example/api/sessions", own()],
      ["http://evil.example/api/sessions", "evil.example"],
      [`http://evil@${own()}/api/sessions`, own()],
      [`http://127.0.0.1:1/api/sessions`, own()],
    ] as const) {
      expect([url, statusOfRaw(await ask(url, host))]).toEqual([url, 403])
    }
  })

  it.each([
    ["percent codes", (path: string) => path.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)],
    ["one percent code", (path: string) => `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`],
    ["an absolute address", (path: string) => `http://127.0.0.1:${test.port}${path}`],
    ["both", (path: string) => `http://127.0.0.1:${test.port}/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`],
    ["a fragment", (path: string) => `${path}#x`],
    ["two slashes", (path: string) => `/${path}`],
  ])("refuses a link elsewhere that leads to data, written with %s", async (_, written) => {
    const link = [`Host: ${own()}`, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"]
    for (const path of ["/api/sessions", "/api", "/trpc/session.list"]) {
      const answer = await sendRaw(test.port, `GET ${written(path)} HTTP/1.1`, link)
      expect(statusOfRaw(answer)).toBe(403)
      expect(answer).toMatch(/application\/json/)
      expect(answer).toContain("ORIGIN_REFUSED")
    }
  })

  it("opens a page by a link elsewhere", async () => {
    const link = [`Host: ${own()}`, "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"]
    for (const path of ["/sessions", "/apis", "/x/api/y"]) {
      expect(statusOfRaw(await sendRaw(test.port, `GET ${path} HTTP/1.1`, link))).toBe(404)
    }
  })

  it("reads a path as the router does, whatever it is written with", async () => {
    for (const path of ["/%61pi/sessions", "/api/%73essions", `http://127.0.0.1:${test.port}/api/sessions`]) {
      const answer = await sendRaw(test.port, `GET ${path} HTTP/1.1`, [`Host: ${own()}`])
      expect([path, statusOfRaw(answer)]).toEqual([path, 200])
    }
  })

  it.each([
    ["//api/sessions", '{"error":{"reason":"PATH_NOT_FOUND"'],
    ["///api//sessions", '{"error":{"reason":"PATH_NOT_FOUND"'],
    ["/api//sessions", '{"error":{"reason":"PATH_NOT_FOUND"'],
    ["//api", '{"error":{"reason":"PATH_NOT_FOUND"'],
    ["//trpc/session.list", '{"error":{"message":'],
    ["/trpc/session.list/x", '{"error":{"message":'],
    ["/nowhere", "There is nothing at this path."],
  ])("answers %s in the form of its door", async (path, body) => {
    for (const method of ["GET", "POST", "TRACE"]) {
      const answer = await sendRaw(test.port, `${method} ${path} HTTP/1.1`, [`Host: ${own()}`])
      expect(statusOfRaw(answer)).toBe(404)
      expect(answer.split("\r\n\r\n")[1]).toContain(body)
    }
  })

  it.each(["websocket", "WebSocket", "h2c, websocket"])("opens no socket for an upgrade to %s", async (protocol) => {
    for (const path of ["/", "/_next/hmr?id=x", "/api/sessions", "/trpc/live.watch"]) {
      const { socket, ended } = openRaw(
        test.port,
        [
          `GET ${path} HTTP/1.1`,
          ...[`Host: ${own()}`, `Origin: http://${own()}`, "Connection: Upgrade", `Upgrade: ${protocol}`],
          ...["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", ""],
        ].join("\r\n"),
      )
      const answer = await ended
      expect(statusOfRaw(answer)).toBe(403)
      expect(answer).toContain("This server opens no WebSocket.")
      expect(socket.destroyed).toBe(true)
    }
  })

  it("answers a program that would rather speak HTTP/2 as any other", async () => {
    const upgrade = ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"]
    const { socket, heard } = openRaw(
      test.port,
      ["GET /api/sessions HTTP/1.1", `Host: ${own()}`, ...upgrade, "", ""].join("\r\n"),
    )
    await expect.poll(() => statusOfRaw(heard())).toBe(200)
    socket.destroy()
  })

  it("gives each answer an id, the request's own where it is a plain one", async () => {
    const answer = await send(test.port, { path: "/health", headers: { host: own(), "x-request-id": "take-1" } })
    expect(answer.headers["x-request-id"]).toBe("take-1")
    const odd = await send(test.port, { path: "/health", headers: { host: own(), "x-request-id": "a b<script>" } })
    expect(odd.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe("with a token", () => {
  const token = "a-token-of-some-length"
  let test: TestDoor
  beforeAll(async () => {
    test = await openTestDoor({ token })
  })
  afterAll(() => test.close())

  it("answers who brings it, and tells others what is missing", async () => {
    expect((await test.client.session.list.query({})).items).toEqual([])
    const rest = await send(test.port, { path: "/api/sessions" })
    expect([rest.status, JSON.parse(rest.body).error.reason]).toEqual([401, "TOKEN_REQUIRED"])
    const wrong = { authorization: "Bearer a-token-of-other-length" }
    expect((await send(test.port, { path: "/api/sessions", headers: wrong })).status).toBe(401)
    const trpc = await send(test.port, { path: "/trpc/session.list?input=%7B%7D" })
    expect([trpc.status, JSON.parse(trpc.body).error.data.reason]).toEqual([401, "TOKEN_REQUIRED"])
    expect((await send(test.port, { path: "/health" })).status).toBe(200)
  })

  it("gives a page that is opened with it a cookie that other sites cannot use", async () => {
    expect((await send(test.port, { path: "/sessions" })).status).toBe(401)
    expect((await send(test.port, { path: "/sessions?token=wrong" })).status).toBe(401)
    const opened = await send(test.port, { path: `/sessions?token=${token}` })
    expect([opened.status, opened.headers.location]).toEqual([303, "/sessions"])
    const [cookie = ""] = [opened.headers["set-cookie"]].flat()
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
    const withCookie = { cookie: cookie.split(";")[0] ?? "" }
    expect((await send(test.port, { path: "/api/sessions", headers: withCookie })).status).toBe(200)
  })

  it.each([
    [`/?q=a%20b+c&token=${token}&tag=%C3%A9&x`, "/?q=a%20b+c&tag=%C3%A9&x"],
    [`/sessions/1?token=${token}&token=${token}`, "/sessions/1"],
    [`/sessions/1?token=wrong&a=1&token=${token}`, "/sessions/1?a=1"],
    [`/clips?%74oken=${token.replace("a", "%61")}`, "/clips"],
    [`/%63lips/%C3%A9?token=${token}`, "/clips/%C3%A9"],
    [`/api/docs?token=${token}`, "/api/docs"],
    [`/health?token=${token}&x`, "/health?x"],
    [`/api/sessions?page_size=1&token=${token}`, "/api/sessions?page_size=1"],
  ])("leads %s on to the rest of the address", async (path, location) => {
    for (const method of ["GET", "HEAD"]) {
      const opened = await send(test.port, { path, method })
      expect([opened.status, opened.headers.location]).toEqual([303, location])
      expect(opened.headers["cache-control"]).toBe("no-store")
      expect(String(opened.headers["set-cookie"])).toContain("strudel_token=")
    }
  })

  it("takes no token of an address for a call that writes", async () => {
    const sent = { path: `/api/sessions?token=${token}`, method: "POST", headers: json, body: "{}" }
    expect((await send(test.port, sent)).status).toBe(401)
  })

  it("asks for it however a path is written", async () => {
    for (const path of ["/%61pi/sessions", "//api/sessions", "/health%2F", "/%2Fhealth"]) {
      expect([path, (await send(test.port, { path })).status]).toEqual([path, 401])
    }
    expect((await send(test.port, { path: "/%68ealth" })).status).toBe(200)
    // The door of the documentation, which is open, leads nowhere else.
    expect((await send(test.port, { path: "/api/docs/../sessions" })).status).toBe(404)
  })

  it("takes a cookie or a path that cannot be decoded for what it is: nothing", async () => {
    for (const path of ["/x", "/api/sessions", "/trpc/session.list?input=%7B%7D"]) {
      expect((await send(test.port, { path, headers: { cookie: "strudel_token=%" } })).status).toBe(401)
    }
    expect((await send(test.port, { path: "//" })).status).toBe(404)
    expect((await send(test.port, { path: "/health/x" })).status).toBe(401)
  })

  it("never redirects to another site", async () => {
    for (const path of [
      "//evil.example/x",
      "/\\evil.example",
      "///evil.example",
      "/\\/evil.example",
      "\\\\evil.example",
    ]) {
      const answer = await sendRaw(test.port, `GET ${path}?token=${token} HTTP/1.1`, [`Host: 127.0.0.1:${test.port}`])
      const location = /^location: (.*)\r$/im.exec(answer)?.[1] ?? "/"
      expect(location).toMatch(/^\/(?![/\\])/)
    }
  })
})
