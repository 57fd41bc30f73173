import { createHash } from "node:crypto"
import { gunzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openTestDoor, type TestDoor } from "./testing/test-door.ts"

const script = "globalThis.here = '<\\/script>'"
const hash = createHash("sha256").update(script).digest("base64")
const own = `default-src 'none'; script-src 'sha256-${hash}' 'unsafe-eval' data:; worker-src blob:`
const page = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${own}"><title>Sandbox</title><script>${script}</script>\n`

let test: TestDoor
beforeAll(async () => {
  test = await openTestDoor({ sandboxPage: page, token: "a-token-of-24-characters" })
})
afterAll(() => test.close())

const authorization = "Bearer a-token-of-24-characters"

describe("the sandbox page", () => {
  it("may run its one script and no other, and load nothing", async () => {
    const { headers, body } = await test.door.inject({ url: "/sandbox.html", headers: { authorization } })
    expect(body).toBe(page)
    expect(headers["content-security-policy"]).toBe(`${own}; frame-ancestors 'self'; sandbox allow-scripts`)
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "x-frame-options": "SAMEORIGIN",
    })
  })

  it("travels packed, and not at all where the browser has it", async () => {
    const packed = await test.door.inject({
      url: "/sandbox.html",
      headers: { authorization, "accept-encoding": "gzip, br" },
    })
    expect(packed.headers["content-encoding"]).toBe("gzip")
    expect(gunzipSync(packed.rawPayload).toString()).toBe(page)
    const again = await test.door.inject({
      url: "/sandbox.html",
      headers: { authorization, "if-none-match": String(packed.headers.etag) },
    })
    expect([again.statusCode, again.body]).toEqual([304, ""])
  })

  it("stands behind the guards", async () => {
    const door = (headers: { [name: string]: string }) => test.door.inject({ url: "/sandbox.html", headers })
    expect((await door({})).statusCode).toBe(401)
    expect((await door({ authorization, host: "rebound.example" })).statusCode).toBe(403)
    expect((await door({ authorization, origin: "null" })).statusCode).toBe(403)
    expect((await door({ authorization, "sec-fetch-site": "cross-site" })).statusCode).toBe(403)
  })
})

describe("other pages", () => {
  it("may frame the sandbox page of their own address alone", async () => {
    for (const host of ["127.0.0.1:3000", "localhost", "[::1]:80"]) {
      const { headers } = await test.door.inject({ url: "/health", headers: { host } })
      expect(headers["content-security-policy"]).toContain(`; frame-src ${host}/sandbox.html; `)
    }
  })

  it("cannot be given a policy by the name they are called by", async () => {
    const { headers } = await test.door.inject({ url: "/health", headers: { host: "a; script-src *" } })
    expect(headers["content-security-policy"]).toContain("; frame-src 'none'; ")
    expect(headers["content-security-policy"]).not.toContain("*")
  })

  it("of development are held to the same frames", async () => {
    const dev = await openTestDoor({ sandboxPage: page, dev: true })
    const { headers } = await dev.door.inject({ url: "/health", headers: { host: "127.0.0.1:3000" } })
    await dev.close()
    expect(headers["content-security-policy"]).toBe("frame-src 127.0.0.1:3000/sandbox.html")
  })
})
