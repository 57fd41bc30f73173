import Fastify, { type FastifyInstance } from "fastify"
import { afterAll, beforeAll, expect, test } from "vitest"
import manifest from "../../package.json" with { type: "json" }
import { registerRest } from "./rest.ts"

let app: FastifyInstance
let address: string
beforeAll(async () => {
  app = Fastify()
  // As the door does: its policy for pages does not let inline scripts run.
  app.addHook("onRequest", async (_, reply) => {
    reply.header("content-security-policy", "script-src 'self'")
  })
  app.get("/elsewhere", async () => "not of the API")
  await registerRest(app, {
    callerFor: () => {
      throw new Error("the documentation calls nothing")
    },
  })
  address = await app.listen({ host: "127.0.0.1", port: 0 })
})
afterAll(() => app.close())

test("the document is served as JSON", async () => {
  const answer = await fetch(`${address}/api/openapi.json`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get("content-type")).toMatch(/^application\/json/)
  const document = await answer.json()
  expect(document).toMatchObject({ openapi: "3.1.0", info: { version: manifest.version } })
  expect(JSON.stringify(document)).not.toContain("elsewhere")
  expect(await (await fetch(`${address}/api/docs/json`)).json()).toEqual(document)
})

test.each(["/api/docs", "/api/docs/"])("the page at %s comes with all that it loads", async (path) => {
  const page = await fetch(address + path)
  expect(page.status).toBe(200)
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8")
  const html = await page.text()
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/)
  expect(html).not.toMatch(/\son\w+=/)
  const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => new URL(source ?? "", page.url))
  expect(sources.length).toBeGreaterThan(4)
  for (const source of sources) {
    expect(source.origin).toBe(address)
    const file = await fetch(source)
    expect(file.status, source.href).toBe(200)
    const type = source.pathname.endsWith(".js") ? /javascript/ : source.pathname.endsWith(".css") ? /css/ : /^image\//
    expect(file.headers.get("content-type"), source.href).toMatch(type)
    await file.arrayBuffer()
  }
})

test("the page's policy lets nothing run but its own files", async () => {
  const policy = (await fetch(`${address}/api/docs`)).headers.get("content-security-policy") ?? ""
  expect(policy).toContain("default-src 'none'")
  expect(policy).toMatch(/script-src 'self';/)
  expect(policy).not.toContain("http")
})

test("a file that the page does not have is not there", async () => {
  const answer = await fetch(`${address}/api/docs/static/nothing.js`)
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({ error: { reason: "PATH_NOT_FOUND" } })
})
