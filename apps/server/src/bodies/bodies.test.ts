import { randomUUID } from "node:crypto"
import { once } from "node:events"
import { connect } from "node:net"
import { limits } from "@strudel-agent/contract/limits"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { z } from "zod"
import { openTestDoor, type TestDoor } from "../testing/test-door.ts"

let test: TestDoor
beforeAll(async () => {
  test = await openTestDoor()
})
afterAll(() => test.close())

const Told = z.object({
  reason: z.string(),
  message: z.string().optional(),
  fields: z.record(z.string(), z.string()).optional(),
})
const Failure = z.union([
  z
    .object({ error: z.object({ data: Told, message: z.string() }) })
    .transform(({ error }) => ({ ...error.data, message: error.message })),
  z.object({ error: Told }).transform(({ error }) => error),
])

/** Sends a body; tells the status, and of a failure what it tells. */
async function send(path: string, body: RequestInit["body"], init: RequestInit = {}) {
  const headers = { "content-type": "application/json" }
  const response = await fetch(`${test.url}${path}`, { method: "POST", headers, body, ...init })
  const text = await response.text()
  return { status: response.status, ...(text.startsWith('{"error":{') ? Failure.parse(JSON.parse(text)) : {}) }
}

const json = (value: unknown): string => JSON.stringify(value)
const newSession = async () => (await test.client.session.create.mutate({})).id

/** JSON of so many bytes: an object with one member of blanks. */
const ofBytes = (bytes: number): string => json({ a: " ".repeat(bytes - 8) })

describe("a body has as many bytes as its route needs", () => {
  const mebibyte = 1024 * 1024

  it.each([
    ["/api/sessions", mebibyte, "POST"],
    ["/api/analyze", mebibyte, "POST"],
    ["/api/clips/house/kick", mebibyte, "PUT"],
    ["/api/projects/house", mebibyte, "DELETE"],
    ["/api/messages/00000000-0000-4000-8000-000000000000", 16 * mebibyte, "POST"],
    ["/trpc/session.create", mebibyte, "POST"],
    ["/trpc/clip.update", mebibyte, "POST"],
    ["/trpc/clip.list", mebibyte, "POST"],
    ["/trpc/no.such.call", mebibyte, "POST"],
    ["/trpc/message.append", 16 * mebibyte, "POST"],
    ["/trpc/project.importFiles", 16 * mebibyte, "POST"],
    ["/trpc/session.create,clip.create?batch=1", 2 * mebibyte, "POST"],
    ["/trpc/session.create,message.append?batch=1", 16 * mebibyte, "POST"],
  ])("%s", async (path, most, method) => {
    const words = `at most ${most.toLocaleString("en-US")} bytes`
    const tooLarge = { status: 413, reason: "BODY_TOO_LARGE", fields: { body: words } }
    expect(await send(path, ofBytes(most + 1), { method })).toMatchObject(tooLarge)
    const stream = new Blob([ofBytes(most + 1)]).stream()
    expect(await send(path, stream, { method, duplex: "half" })).toMatchObject(tooLarge)
    expect((await send(path, ofBytes(most), { method })).status).not.toBe(413)
  })

  it("and each call of a batch as many as it needs itself", async () => {
    const body = json({ 0: { metadata: { a: "x".repeat(2 * mebibyte) } }, 1: {} })
    expect(await send("/trpc/session.create,message.append?batch=1", body)).toMatchObject({
      status: 413,
      reason: "BODY_TOO_LARGE",
      message: expect.stringMatching(/at most 1,048,576 bytes, not 2,097,\d{3}/),
    })
  })

  it("and one that nothing takes is not read", async () => {
    for (const path of ["/nothing", "/api/nothing", "/export/sessions/a.md", "/health"]) {
      const sent = await send(path, "[".repeat(8 * mebibyte))
      expect(sent.status).toBe(404)
    }
  })
})

describe("a body that is refused", () => {
  it.each([
    ["arrays", "[".repeat(100_000), /at most 40 objects and arrays within one another/],
    ["objects", '{"a":'.repeat(100_000), /at most 40 objects and arrays within one another/],
    ["many values", `[${"[],".repeat(100_000)}[]]`, /at most 100,000 values and keys/],
    ["many keys", `{${'"a":1,'.repeat(100_000)}"a":1}`, /at most 100,000 values and keys/],
  ])("for its %s is so at every door", async (_, body, words) => {
    for (const path of ["/api/sessions", `/api/messages/${randomUUID()}`, "/api/analyze", "/trpc/message.append"]) {
      expect(await send(path, body)).toMatchObject({
        status: 400,
        reason: "BAD_INPUT",
        message: expect.stringMatching(words),
      })
    }
  })

  it("is so at the first byte that is wrong, before the rest has come", async () => {
    const { port } = test
    for (const path of [`/api/messages/${randomUUID()}`, "/trpc/message.append"]) {
      const socket = connect(port, "127.0.0.1")
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 16000000\r\n\r\n`,
      )
      socket.write('{"messages":[{"role":"user","context":{"id":107505301260286111,')
      const [answer] = await once(socket, "data")
      expect(String(answer)).toMatch(
        /^HTTP\/1\.1 400 [\s\S]*messages\.0\.context\.id: 107505301260286111 has more digits/,
      )
      socket.destroy()
    }
  })

  it("is answered also to those who send all of it before they read, and over the same connection", async () => {
    const socket = connect(test.port, "127.0.0.1")
    const body = ofBytes(8 * 1024 * 1024)
    const head = (length: number) =>
      `POST /api/sessions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`
    let heard = ""
    socket.on("data", (data) => {
      heard += data
    })
    socket.write(head(body.length))
    await new Promise((resolve) => socket.write(body, resolve))
    socket.write(`${head(2)}{}`)
    while (!heard.includes("HTTP/1.1 201")) await once(socket, "data")
    expect(heard).toMatch(/^HTTP\/1\.1 413 [\s\S]*BODY_TOO_LARGE/)
    socket.destroy()
  })

  it("names what is no UTF-8 and no JSON", async () => {
    const bytes = new Uint8Array([0x22, 0xff, 0x22])
    for (const path of ["/api/sessions", "/trpc/session.create"]) {
      expect(await send(path, bytes)).toMatchObject({ status: 400, fields: { body: "is not valid UTF-8" } })
      expect(await send(path, "{a")).toMatchObject({ status: 400, fields: { body: "is not valid JSON" } })
    }
  })
})

describe("a number that JavaScript would round", () => {
  const words = "107505301260286111 has more digits than can be kept exactly; send it as a string"
  const number = "107505301260286111"

  it.each([
    [
      "POST /api/messages/{id}",
      `{"messages":[{"role":"user","content":"x","context":{"n":${number}}}]}`,
      "messages.0.context.n",
    ],
    [
      "POST /api/messages/{id}",
      `{"messages":[{"role":"user","content":"x","code_changes":[{"camelCase":${number}}]}]}`,
      "messages.0.code_changes.0.camelCase",
    ],
    ["POST /api/sessions", `{"metadata":{"a":[0,{"b":${number}}]}}`, "metadata.a.1.b"],
    ["PATCH /api/sessions/{id}", `{"metadata":{"n":${number}}}`, "metadata.n"],
    ["PUT /api/clips/house/kick", `{"metadata":{"n":${number}}}`, "metadata.n"],
    ["POST /api/songs", `{"song_id":"a","project_id":"house","name":"A","metadata":{"n":${number}}}`, "metadata.n"],
    [
      "POST /api/playlists",
      `{"playlist_id":"a","project_id":"house","name":"A","metadata":{"n":${number}}}`,
      "metadata.n",
    ],
    ["POST /api/projects", `{"project_id":"a","name":"A","metadata":{"n":${number}}}`, "metadata.n"],
    [
      "POST /trpc/message.append",
      `{"sessionId":"{id}","messages":[{"role":"user","content":"x","context":{"n":${number}}}]}`,
      "messages.0.context.n",
    ],
    ["POST /trpc/session.create", `{"metadata":{"n":${number}}}`, "metadata.n"],
    ["POST /trpc/session.create?batch=1", `{"0":{"metadata":{"n":${number}}}}`, "metadata.n"],
    ["GET /trpc/session.list?input=", `{"metadata":{"n":${number}}}`, "metadata.n"],
    ["GET /trpc/session.list?batch=1&input=", `{"0":{"metadata":{"n":${number}}}}`, "metadata.n"],
  ])("is refused by its field: %s %s", async (call, body, field) => {
    const id = await newSession()
    const [method = "", path = ""] = call.replace("{id}", id).split(" ")
    const own = body.replace("{id}", id)
    const sent =
      method === "GET"
        ? await send(path + encodeURIComponent(own), own, { method, body: null })
        : await send(path, own, { method })
    expect(sent).toEqual({
      status: 400,
      reason: "BAD_INPUT",
      message: `${field}: ${words}`,
      fields: { [field]: words },
    })
  })

  it("is taken as it is where it is exact, and comes back as it was", async () => {
    const id = await newSession()
    const numbers =
      "[0.1,1.10,1e3,100.0,-0,9007199254740992,1e300,5e-324,1.7976931348623157e308,0.30000000000000004,107505301260286110]"
    const context = `{"numbers":${numbers},"text":"107505301260286111"}`
    const body = `{"messages":[{"role":"user","content":"x","context":${context}}]}`
    expect((await send(`/api/messages/${id}`, body)).status).toBe(201)
    await send(`/api/sessions/${id}`, `{"metadata":{"numbers":${numbers}}}`, { method: "PATCH" })
    await send(
      "/api/clips",
      `{"clip_id":"a","project_id":"exact","name":"a","code":"","metadata":{"numbers":${numbers}}}`,
    )
    const sent = JSON.parse(numbers.replace("-0", "0"))
    const { messages } = await test.client.message.list.query({ sessionId: id })
    expect(messages[0]?.context).toEqual({ numbers: sent, text: "107505301260286111" })
    expect((await test.client.session.byId.query({ id })).metadata).toEqual({ numbers: sent })
    expect((await test.client.clip.byId.query({ projectId: "exact", id: "a" })).metadata).toEqual({ numbers: sent })
  })
})

it("bodies of 16 MiB at once stop nobody", async () => {
  const sessionId = await newSession()
  const most = limits.requestBytes.append
  const bodies = [
    "[".repeat(most),
    `[${"[],".repeat(most / 3 - 1)}[]]`,
    '{"a":'.repeat(most / 5),
    ofBytes(most),
    `{"messages":[{"role":"user","content":"${"\\u0041\\n".repeat(most / 8 - 10)}"}]}`,
    `{${Array.from({ length: 1_000_000 }, (_, key) => `"k${key}":0`).join(",")}}`,
    `{${'"a":1,'.repeat(most / 6 - 2)}"a":1}`,
  ]
  let done = false
  const attack = Promise.all(bodies.map((body) => send(`/api/messages/${sessionId}`, body))).finally(() => {
    done = true
  })
  const messages = Array.from({ length: 500 }, () => ({ role: "user" as const, content: "ü\n".repeat(8000) }))
  const append = test.client.message.append.mutate({ sessionId, messages })
  let served = 0
  while (!done) {
    expect((await fetch(`${test.url}/health`)).status).toBe(200)
    served++
  }
  for (const { status } of await attack) expect(status).toBe(400)
  // Parsed at once, each of them would have kept everybody waiting for seconds.
  expect(served).toBeGreaterThan(50)
  expect((await append).messageCount).toBe(500)
}, 120_000)
