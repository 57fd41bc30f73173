import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { createClient } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { createDatabase } from "@strudel-agent/database/client"
import { lockSession } from "@strudel-agent/database/queries/session"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { buildDoor } from "./door.ts"
import { sweepIdle } from "./idle-sweep.ts"
import { openTestDoor } from "./testing/test-door.ts"

/** A stand-in for the web app that says what reached it. */
function openWebApp(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer)
  return new Promise<{ url: string; close(): void }>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      const port = typeof address === "object" && address ? address.port : 0
      resolve({
        url: `http://127.0.0.1:${port}`,
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
