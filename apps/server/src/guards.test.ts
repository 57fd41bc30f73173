import { request } from "node:http"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
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

  it("takes a cookie or a path that cannot be decoded for what it is: nothing", async () => {
    for (const path of ["/x", "/api/sessions", "/trpc/session.list?input=%7B%7D"]) {
      expect((await send(test.port, { path, headers: { cookie: "strudel_token=%" } })).status).toBe(401)
    }
    expect((await send(test.port, { path: "//" })).status).toBe(404)
    expect((await send(test.port, { path: "/health/x" })).status).toBe(401)
  })

  it("never redirects to another site", async () => {
    const opened = await send(test.port, { path: `//evil.example/x?token=${token}` })
    expect(String(opened.headers.location ?? "/")).toMatch(/^\/(?!\/)/)
  })
})
