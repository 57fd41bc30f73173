import { randomUUID } from "node:crypto"
import { createLiveHub } from "@strudel-agent/api/live"
import { appRouter } from "@strudel-agent/api/root"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { fetchRequestHandler } from "@trpc/server/adapters/fetch"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openTestDoor, type TestDoor } from "../testing/test-door.ts"

let test: TestDoor
const sessionId = randomUUID()
const analyser = createAnalyser()

beforeAll(async () => {
  test = await openTestDoor()
  await test.client.session.create.mutate({ id: sessionId })
  const messages = ["one", 'line\n"🥁"', "three"].map((content) => ({ role: "user" as const, content }))
  await test.client.message.append.mutate({ sessionId, messages })
})
afterAll(async () => {
  await analyser.close()
  await test.close()
})

interface Asked {
  query: Record<string, string>
  headers?: Record<string, string>
  /** How many events are read; all there are where it is left out. */
  events?: number
}

const urlOf = ({ query }: Asked) => `${test.url}/trpc/live.watch?${new URLSearchParams(query)}`

/** What a stream tells; positions name the server that told them. */
async function told(response: Response, { events = Number.POSITIVE_INFINITY }: Asked) {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ""
  while (text.split("\n\n\n").length - 1 < events) {
    const part = await reader?.read()
    if (!part || part.done) break
    text += decoder.decode(part.value, { stream: true })
  }
  await reader?.cancel()
  // What comes in one piece may be more than was asked for.
  text = text.split("\n\n\n").slice(0, events).join("\n\n\n")
  return {
    status: response.status,
    headers: ["content-type", "cache-control", "x-accel-buffering"].map((name) => response.headers.get(name)),
    text: text.replace(/^id: .*$/gm, (id) => id.replace(/[0-9a-f]{12}/g, "…")),
  }
}

/** What tRPC's own handler answers on the same database. */
async function official(asked: Asked) {
  const { database } = test
  const live = createLiveHub({ database })
  const control = new AbortController()
  const answer = await fetchRequestHandler({
    endpoint: "/trpc",
    req: new Request(urlOf(asked), { headers: asked.headers ?? {}, signal: control.signal }),
    router: appRouter,
    createContext: () => ({ database, analyser, live, authorised: true, address: "127.0.0.1" }),
  })
  const heard = await told(answer, asked)
  control.abort()
  live.stop()
  return heard
}

const input = (value: unknown) => ({ input: JSON.stringify(value) })
const watched = { sessions: [{ sessionId, after: -1 }] }
const gone = `-;${randomUUID()}:0`

const asked: [string, Asked][] = [
  ["messages", { query: input(watched), events: 2 }],
  ["messages behind one", { query: input({ sessions: [{ sessionId, after: 1 }] }), events: 2 }],
  ["a session that is not there", { query: input({ sessions: [{ sessionId: randomUUID(), after: 0 }] }), events: 1 }],
  ["bad input", { query: input({ sessions: "none" }) }],
  ["no input", { query: {} }],
  ["an input that is no object", { query: input("text") }],
  ["a position that is none, in a header", { query: input(watched), headers: { "last-event-id": "none" } }],
  ["a position that is none, in the address", { query: { ...input(watched), lastEventId: "none" } }],
  ["a position of a session that is not watched", { query: { ...input(watched), lastEventId: gone }, events: 2 }],
]

it.each(asked)("%s are told byte for byte as by tRPC's own handler", async (_, each) => {
  const answer = await told(await fetch(urlOf(each), { headers: each.headers ?? {} }), each)
  expect(answer).toEqual(await official(each))
})

it("a reader that never reads holds no more than a page, and is let go of when it leaves", async () => {
  const { id } = await test.client.session.create.mutate({})
  const control = new AbortController()
  const url = urlOf({ query: input({ sessions: [{ sessionId: id, after: -1 }] }) })
  const response = await fetch(url, { signal: control.signal })
  expect(response.status).toBe(200)
  const content = "x".repeat(900_000)
  for (let count = 0; count < 30; count++) {
    await test.client.message.append.mutate({ sessionId: id, messages: [{ role: "user", content }] })
  }
  expect((await test.client.live.listeners.query({ sessionId: id })).listeners).toBe(1)
  control.abort()
  await expect
    .poll(async () => (await test.client.live.listeners.query({ sessionId: id })).listeners, { timeout: 20_000 })
    .toBe(0)
}, 60_000)
