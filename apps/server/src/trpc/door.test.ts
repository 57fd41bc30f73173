import { randomUUID } from "node:crypto"
import { connect, createServer, type Socket } from "node:net"
import { createClient } from "@strudel-agent/client/client"
import { fieldsOf, namesOf, reasonOf } from "@strudel-agent/client/reason"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openTestDoor, type TestDoor } from "../testing/test-door.ts"

let test: TestDoor
beforeAll(async () => {
  test = await openTestDoor()
})
afterAll(() => test.close())

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

const newSession = async () => (await test.client.session.create.mutate({})).id

/** Reads a whole session, page by page from its end. */
async function readAll(sessionId: string): Promise<{ index: number; content: string }[]> {
  const all: { index: number; content: string }[] = []
  for (let before: number | undefined; ; before = all[0]?.index) {
    const { messages, hasMore } = await test.client.message.list.query({ sessionId, before, limit: 200 })
    all.unshift(...messages.map(({ messageIndex, content }) => ({ index: messageIndex, content })))
    if (!hasMore) return all
  }
}

describe("typed failures", () => {
  it("reach the client with reason, fields and names", async () => {
    const missing = await failureOf(test.client.session.byId.query({ id: randomUUID() }))
    expect(reasonOf(missing)).toBe("SESSION_NOT_FOUND")
    const bad = await failureOf(test.client.session.list.query({ limit: 100_000_000 }))
    expect([reasonOf(bad), fieldsOf(bad)]).toEqual(["BAD_INPUT", { limit: "at most 200" }])
    for (const projectId of ["a", "b"]) {
      await test.client.clip.create.mutate({ projectId, id: "kick", name: "Kick", code: "" })
    }
    expect(namesOf(await failureOf(test.client.clip.find.query({ id: "kick" })))).toEqual(["a", "b"])
    const nobody = createClient({
      url: "http://127.0.0.1:1",
      fetch: async () => Promise.reject(new TypeError("refused")),
    })
    expect(reasonOf(await failureOf(nobody.session.create.mutate({})))).toBe("UNREACHABLE")
    expect(reasonOf(new Error("mine"))).toBeUndefined()
  })

  it("tell nothing of an unexpected error", async () => {
    await test.database.db.$executeRaw`ALTER TABLE saved_views RENAME TO secret_views`
    const response = await fetch(
      `${test.url}/trpc/view.list?input=${encodeURIComponent(JSON.stringify({ page: "clips" }))}`,
    )
    await test.database.db.$executeRaw`ALTER TABLE secret_views RENAME TO saved_views`
    const body = await response.text()
    expect(response.status).toBe(500)
    expect(JSON.parse(body).error).toMatchObject({
      message: "Something went wrong on the server.",
      data: { reason: "INTERNAL" },
    })
    expect(body).not.toMatch(/saved|secret|stack|prisma/i)
  })
})

describe("limits before any work", () => {
  it("refuses a batch of more than 20 calls", async () => {
    const batch = (count: number) =>
      fetch(`${test.url}/trpc/${Array.from({ length: count }, () => "session.list").join(",")}?batch=1&input=%7B%7D`)
    expect((await batch(21)).status).toBe(400)
    const allowed = await batch(20)
    expect(allowed.status).toBe(400)
    expect(await allowed.json()).toHaveLength(20)
  })

  it("refuses a body over 16 MiB", async () => {
    const response = await fetch(`${test.url}/trpc/session.create`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"name":"${"x".repeat(17 * 1024 * 1024)}"}`,
    }).catch((error: unknown) => error)
    // The door stops reading; the sender may see the answer or the closed connection.
    if (!(response instanceof Response)) return expect(response).toBeInstanceOf(TypeError)
    expect([response.status, await response.json()]).toEqual([
      413,
      { error: expect.objectContaining({ data: expect.objectContaining({ reason: "BODY_TOO_LARGE" }) }) },
    ])
  })

  it("takes nothing but JSON, so that no form of another page could be a call", async () => {
    for (const type of ["multipart/form-data; boundary=x", "application/octet-stream", "text/plain"]) {
      const headers = { "content-type": type }
      const response = await fetch(`${test.url}/trpc/session.create`, { method: "POST", headers, body: "--x--" })
      expect([response.status, await response.json()]).toEqual([
        415,
        { error: expect.objectContaining({ data: expect.objectContaining({ reason: "BODY_NOT_JSON" }) }) },
      ])
    }
  })

  it("answers a query whose input is too long for an address", async () => {
    const metadata = { words: "a".repeat(60_000) }
    const { id } = await test.client.session.create.mutate({ metadata })
    const found = await test.client.session.list.query({ metadata })
    expect(found.items.map((session) => session.id)).toEqual([id])
  })

  it("refuses invalid JSON and unknown procedures in words", async () => {
    const post = (path: string, body: string) =>
      fetch(`${test.url}/trpc/${path}`, { method: "POST", headers: { "content-type": "application/json" }, body })
    const reasonOfPost = async (path: string, body: string) => {
      const response = await post(path, body)
      return [response.status, await response.json()]
    }
    const told = (reason: string) => ({ error: expect.objectContaining({ data: expect.objectContaining({ reason }) }) })
    expect(await reasonOfPost("session.create", "{bad")).toEqual([400, told("BAD_INPUT")])
    expect(await reasonOfPost("session.explode", "{}")).toEqual([404, told("PATH_NOT_FOUND")])
    const wrongMethod = await fetch(`${test.url}/trpc/session.create?input=%7B%7D`)
    expect([wrongMethod.status, await wrongMethod.json()]).toEqual([405, told("METHOD_NOT_ALLOWED")])
  })
})

/** A proxy that cuts connections at random: some before the answer, some before the request arrives. */
async function openCuttingProxy(target: number) {
  const sockets = new Set<Socket>()
  let cuts = 0
  const proxy = createServer((client) => {
    const server = connect(target, "127.0.0.1")
    for (const socket of [client, server]) {
      sockets.add(socket)
      socket.on("error", () => {})
      socket.on("close", () => {
        client.destroy()
        server.destroy()
        sockets.delete(socket)
      })
    }
    const cutNow = (chance: number) => {
      if (Math.random() >= chance) return false
      cuts++
      client.destroy()
      server.destroy()
      return true
    }
    client.on("data", (chunk) => cutNow(0.08) || server.write(chunk))
    server.on("data", (chunk) => cutNow(0.12) || client.write(chunk))
  })
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve))
  const address = proxy.address()
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    cuts: () => cuts,
    close: () => {
      for (const socket of sockets) socket.destroy()
      proxy.close()
    },
  }
}

describe("many writers of one session", () => {
  it("store 32 × 100 messages as 0…3199, none lost, none twice, no error", async () => {
    const sessionId = await newSession()
    await Promise.all(
      Array.from({ length: 32 }, async (_, writer) => {
        const client = createClient({ url: test.url })
        for (let i = 0; i < 100; i++) {
          await client.message.append.mutate({ sessionId, messages: [{ role: "user", content: `${writer}:${i}` }] })
        }
      }),
    )
    const all = await readAll(sessionId)
    expect(all.map(({ index }) => index)).toEqual(Array.from({ length: 3200 }, (_, i) => i))
    expect(new Set(all.map(({ content }) => content)).size).toBe(3200)
    expect((await test.client.message.count.query({ sessionId })).messageCount).toBe(3200)
    for (let writer = 0; writer < 32; writer++) {
      const own = all.flatMap(({ content }) => (content.startsWith(`${writer}:`) ? [content] : []))
      expect(own).toEqual(Array.from({ length: 100 }, (_, i) => `${writer}:${i}`))
    }
  }, 300_000)

  it("lose and double nothing while their connections are cut at random", async () => {
    const sessionId = await newSession()
    const proxy = await openCuttingProxy(test.port)
    await Promise.all(
      Array.from({ length: 8 }, async (_, writer) => {
        const client = createClient({ url: proxy.url })
        for (let i = 0; i < 50; i++) {
          const message = { role: "user" as const, content: `${writer}:${i}`, clientId: randomUUID() }
          for (;;) {
            // Whoever gives up after six tries sends the same message again.
            const failure = await failureOf(client.message.append.mutate({ sessionId, messages: [message] }))
            if (failure === undefined) break
            expect(reasonOf(failure)).toBe("UNREACHABLE")
          }
        }
      }),
    )
    proxy.close()
    const all = await readAll(sessionId)
    expect(proxy.cuts()).toBeGreaterThan(20)
    expect(all.map(({ index }) => index)).toEqual(Array.from({ length: 400 }, (_, i) => i))
    expect(new Set(all.map(({ content }) => content)).size).toBe(400)
  }, 300_000)
})
