import { randomUUID } from "node:crypto"
import { createLiveHub } from "@strudel-agent/api/live"
import { appRouter } from "@strudel-agent/api/root"
import { limits } from "@strudel-agent/contract/limits"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { fetchRequestHandler } from "@trpc/server/adapters/fetch"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openTestDoor, type TestDoor } from "../testing/test-door.ts"

let test: TestDoor
const sessionId = randomUUID()
const analyser = createAnalyser()

beforeAll(async () => {
  test = await openTestDoor()
  await test.client.session.create.mutate({ id: sessionId, name: 'A "quoted" 名' })
  await test.client.message.append.mutate({
    sessionId,
    messages: [
      { role: "user", content: 'line\n"🥁"', clientId: randomUUID(), context: { item_type: "clip", more: [1] } },
    ],
  })
  await test.client.clip.create.mutate({ projectId: "p", id: "kick", name: "Kick", code: 's("bd")\n' })
})
afterAll(async () => {
  await analyser.close()
  await test.close()
})

interface Call {
  path: string
  input?: unknown
  /** What stands in the address instead of the input. */
  raw?: string
  batch?: boolean
  method?: string
  body?: string
  headers?: Record<string, string>
}

function requestOf({ path, input, raw, batch, method = "GET", body, headers = {} }: Call): Request {
  const query = new URLSearchParams()
  if (batch) query.set("batch", "1")
  if (raw !== undefined) query.set("input", raw)
  else if (input !== undefined && method === "GET") query.set("input", JSON.stringify(input))
  const sent = body ?? (method === "POST" && input !== undefined ? JSON.stringify(input) : undefined)
  const type = method === "POST" ? { "content-type": "application/json" } : {}
  const init = { method, headers: { ...type, ...headers }, ...(sent === undefined ? {} : { body: sent }) }
  return new Request(`${test.url}/trpc/${path}?${query}`, init)
}

/** JSON without the blanks that PostgreSQL puts between the members of a value that was stored. */
const withoutBlanks = (json: string): string => JSON.stringify(JSON.parse(json))

const told = async (response: Response, { path }: Call) => ({
  status: response.status,
  type: response.headers.get("content-type"),
  varies: response.headers
    .get("vary")
    ?.split(", ")
    .filter((name) => name !== "accept-encoding")
    .join(", "),
  body: /\.(list|cards)\b/.test(path) ? withoutBlanks(await response.text()) : await response.text(),
})

/** What tRPC's own handler answers on the same database. */
const official = async (call: Call) => {
  const { database } = test
  return told(
    await fetchRequestHandler({
      endpoint: "/trpc",
      req: requestOf(call),
      router: appRouter,
      createContext: () => ({
        ...{ database, analyser, live: createLiveHub({ database }) },
        ...{ authorised: true, address: "127.0.0.1" },
      }),
      maxBatchSize: limits.batch,
      allowMethodOverride: true,
    }),
    call,
  )
}

const both = { 0: { id: sessionId }, 1: { id: randomUUID() }, 2: { limit: 0 } }
const paths = "session.byId,session.byId,session.list"

const calls: [string, () => Call][] = [
  ["a query", () => ({ path: "session.byId", input: { id: sessionId } })],
  ["a page of messages", () => ({ path: "message.list", input: { sessionId } })],
  ["a page of sessions", () => ({ path: "session.list", input: {} })],
  ["a page of sessions that goes on", () => ({ path: "session.list", input: { limit: 1, sort: "messages" } })],
  ["a page of clips", () => ({ path: "clip.list", input: { projectId: "p" } })],
  ["a page of cards", () => ({ path: "clip.cards", input: { projectId: "p" } })],
  ["an empty page", () => ({ path: "clip.list", input: { projectId: "none" } })],
  ["no input", () => ({ path: "session.facets" })],
  ["an empty input", () => ({ path: "session.facets", raw: "" })],
  ["an input of null", () => ({ path: "session.byId", raw: "null" })],
  ["what is missing", () => ({ path: "session.byId", input: { id: randomUUID() } })],
  ["bad input", () => ({ path: "session.byId", input: { id: "x" } })],
  ["more bad input", () => ({ path: "session.list", input: { limit: 1e9, sort: "none" } })],
  ["JSON that is none", () => ({ path: "session.byId", raw: "[" })],
  ["an unknown procedure", () => ({ path: "session.explode", input: {} })],
  ["a name of Object.prototype", () => ({ path: "constructor", input: {} })],
  ["no procedure", () => ({ path: "session", input: {} })],
  [
    "a batch",
    () => ({ path: "session.byId,message.list", batch: true, input: { 0: { id: sessionId }, 1: { sessionId } } }),
  ],
  ["a batch of one", () => ({ path: "session.byId", batch: true, input: { 0: { id: sessionId } } })],
  ["a batch of which some fail", () => ({ path: paths, batch: true, input: both })],
  ["a batch that all fail", () => ({ path: paths, batch: true, input: { 0: {}, 1: {}, 2: { limit: 0 } } })],
  ["a batch without inputs", () => ({ path: "session.facets,session.facets", batch: true })],
  ["a batch whose input is a list", () => ({ path: paths, batch: true, input: [1] })],
  ["a batch with one that is unknown", () => ({ path: "session.byId,session.no", batch: true, input: both })],
  ["a batch of queries and mutations", () => ({ path: "session.byId,session.touch", batch: true, input: both })],
  ["a batch that is too long", () => ({ path: Array(21).fill("session.facets").join(","), batch: true, input: {} })],
  ["a list of paths that is no batch", () => ({ path: paths, input: both })],
  ["a query by POST", () => ({ path: "session.byId", method: "POST", input: { id: sessionId } })],
  ["a batch of queries by POST", () => ({ path: paths, method: "POST", batch: true, input: both })],
  ["a mutation", () => ({ path: "session.markSeen", method: "POST", input: { id: sessionId, count: 1 } })],
  ["a mutation of bad input", () => ({ path: "session.rename", method: "POST", input: { id: sessionId } })],
  ["a mutation of nothing", () => ({ path: "session.delete", method: "POST", input: { id: randomUUID() } })],
  ["a mutation by GET", () => ({ path: "session.touch", input: { id: sessionId } })],
  ["a mutation by PUT", () => ({ path: "session.touch", method: "PUT" })],
  [
    "a batch of mutations",
    () => ({
      path: "session.markSeen,session.markSeen",
      method: "POST",
      batch: true,
      input: { 0: { id: sessionId, count: 1 } },
    }),
  ],
  [
    "a stream of answers",
    () => ({
      path: "session.byId",
      batch: true,
      input: { 0: { id: sessionId } },
      headers: { "trpc-accept": "application/jsonl" },
    }),
  ],
  ["parameters of a connection", () => ({ path: "session.byId&connectionParams=1", input: { id: sessionId } })],
]

it.each(calls)("%s is answered byte for byte as by tRPC's own handler", async (_, make) => {
  const call = make()
  const answer = await told(await fetch(requestOf(call)), call)
  expect(answer).toEqual(await official(call))
})
