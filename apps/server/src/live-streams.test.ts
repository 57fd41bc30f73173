import { type Client, createClient, type Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { limits } from "@strudel-agent/contract/limits"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import type { FastifyBaseLogger } from "fastify"
import { pino } from "pino"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { buildDoor } from "./door.ts"
import { openTestDoor, type TestDoor } from "./testing/test-door.ts"

const token = "a-token-of-some-length"

let test: TestDoor
const lines: { msg: string; path?: string; ms?: number; seconds?: number }[] = []
const log: FastifyBaseLogger = pino({ level: "info" }, { write: (line: string) => lines.push(JSON.parse(line)) })
beforeAll(async () => {
  test = await openTestDoor({ log })
})
afterAll(() => test.close())

type Message = Outputs["message"]["list"]["messages"][number]

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 15_000
  while (!holds()) {
    if (Date.now() > end) throw new Error(`did not come to be: ${holds}`)
    await pause(10)
  }
}

const newSession = async (client = test.client) => (await client.session.create.mutate({})).id

const append = (client: Client, sessionId: string, content = "hi") =>
  client.message.append.mutate({ sessionId, messages: [{ role: "user", content }] })

/** Listens to a session through the client. */
function listen(client: Client, sessionId: string, after = -1) {
  const messages: Message[] = []
  const states: string[] = []
  let failure: unknown
  const { unsubscribe } = client.live.watch.subscribe(
    { sessions: [{ sessionId, after }] },
    {
      onData({ data }) {
        if (data.type === "messages") messages.push(...data.messages)
      },
      onConnectionStateChange: ({ state }) => states.push(state),
      onComplete: () => states.push("complete"),
      onError(error) {
        failure = error
      },
    },
  )
  return { messages, states, unsubscribe, failure: () => failure, indexes: () => messages.map((m) => m.messageIndex) }
}

const streamUrl = (url: string) =>
  `${url}/trpc/live.watch?input=${encodeURIComponent(JSON.stringify({ library: true }))}`

/** Opens a stream and waits for its first bytes. */
async function openRaw(url: string, headers: Record<string, string> = {}) {
  const control = new AbortController()
  const response = await fetch(streamUrl(url), { headers, signal: control.signal })
  const reader = response.body?.getReader()
  const first = new TextDecoder().decode((await reader?.read())?.value)
  return { response, first, reader, leave: () => control.abort() }
}

describe("live events through the door", () => {
  it("reach a listener of the client as they come, each once", async () => {
    const sessionId = await newSession()
    await append(test.client, sessionId, "before")
    const listener = listen(test.client, sessionId)
    await until(() => listener.messages.length === 1)
    const times: number[] = []
    for (let i = 1; i <= 20; i++) {
      const sent = Date.now()
      await append(test.client, sessionId, `${i}`)
      await until(() => listener.messages.length > i)
      times.push(Date.now() - sent)
    }
    // A busy machine may take its time with some.
    expect(times.toSorted((one, other) => one - other)[10]).toBeLessThan(1000)
    expect(listener.indexes()).toEqual(Array.from({ length: 21 }, (_, i) => i))
    const { messages } = await test.client.message.list.query({ sessionId })
    expect(listener.messages).toEqual(messages)
    listener.unsubscribe()
  })

  it("need the token as everything does: as a bearer, or by the page's cookie", async () => {
    const guarded = await openTestDoor({ token })
    const requests: (string | null)[] = []
    const client = createClient({
      url: guarded.url,
      token,
      fetch: (input, init) => {
        const request = new Request(input, init)
        if (request.url.includes("live.watch")) requests.push(request.headers.get("authorization"))
        return fetch(request)
      },
    })
    const sessionId = await newSession(client)
    const listener = listen(client, sessionId)
    await append(client, sessionId)
    await until(() => listener.messages.length === 1)
    expect(requests).toEqual([`Bearer ${token}`])
    listener.unsubscribe()

    const stranger = listen(createClient({ url: guarded.url }), sessionId)
    await until(() => stranger.failure() !== undefined)
    expect([reasonOf(stranger.failure()), stranger.messages]).toEqual(["UNREACHABLE", []])

    const refused = await fetch(streamUrl(guarded.url))
    expect(refused.status).toBe(401)
    const foreign = await fetch(streamUrl(test.url), { headers: { origin: "https://elsewhere.example" } })
    expect(foreign.status).toBe(403)
    const page = await openRaw(guarded.url, { cookie: `strudel_token=${token}` })
    expect([page.response.status, page.response.headers.get("content-type")]).toEqual([200, "text/event-stream"])
    expect(page.first).toContain("event: connected")
    page.leave()
    await guarded.close()
  })

  it("are refused in words above the limit, until somebody leaves", async () => {
    const { perAddress } = limits.streams
    const streams = await Promise.all(Array.from({ length: perAddress }, () => openRaw(test.url)))
    await pause(200)
    const sessionId = await newSession()
    const refused = listen(test.client, sessionId)
    await until(() => refused.failure() !== undefined)
    expect(reasonOf(refused.failure())).toBe("TOO_MANY_STREAMS")
    expect(String(refused.failure())).toContain(`${perAddress} are allowed from one address`)
    for (const { leave } of streams) leave()
    await pause(200)
    const listener = listen(test.client, sessionId)
    await append(test.client, sessionId)
    await until(() => listener.messages.length === 1)
    listener.unsubscribe()
  })

  it("have lines of their own in the log, which tell no hung request", async () => {
    await pause(100)
    lines.length = 0
    const stream = await openRaw(test.url)
    await until(() => lines.some(({ msg }) => msg === "stream opened"))
    stream.leave()
    await until(() => lines.some(({ msg }) => msg === "stream ended"))
    expect(lines.map(({ msg, path }) => [msg, path])).toEqual([
      ["stream opened", "/trpc/live.watch"],
      ["stream ended", "/trpc/live.watch"],
    ])
    expect(lines[1]).toMatchObject({ seconds: 0 })
  })
})

describe("the end of a server with open streams", () => {
  it("comes soon, and its listeners go on at the next server without loss", async () => {
    const options = { database: test.database, analyser: createAnalyser(), allowedHosts: [], version: "0.0.0-test" }
    const before = await buildDoor(options)
    const url = await before.listen({ host: "127.0.0.1", port: 0 })
    const { port } = new URL(url)
    const client = createClient({ url })
    const sessionId = await newSession()
    const listeners = [listen(client, sessionId), listen(client, sessionId)]
    const page = await openRaw(url)
    await append(client, sessionId)
    await until(() => listeners.every(({ messages }) => messages.length === 1))

    const begin = Date.now()
    await before.close()
    expect(Date.now() - begin).toBeLessThan(10_000)
    const end = await page.reader?.read().then(
      async (part) => (part.done ? part : page.reader?.read()),
      () => undefined,
    )
    // The stream says nothing of an end, which would keep its reader from coming again.
    expect(new TextDecoder().decode(end?.value)).not.toContain("event: return")

    await append(test.client, sessionId, "while it was away")
    const after = await buildDoor(options)
    await after.listen({ host: "127.0.0.1", port: Number(port) })
    await append(test.client, sessionId, "after")
    await until(() => listeners.every(({ messages }) => messages.length === 3))
    for (const { indexes, states, unsubscribe } of listeners) {
      expect(indexes()).toEqual([0, 1, 2])
      expect(states).not.toContain("complete")
      unsubscribe()
    }
    await after.close()
  })
})
