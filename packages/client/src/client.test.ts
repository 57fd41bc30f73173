import { createServer, type IncomingMessage } from "node:http"
import { limits } from "@strudel-agent/contract/limits"
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest"
import { createClient } from "./client.ts"
import { type Retries, usualRetries } from "./links.ts"
import { fieldsOf, namesOf, reasonOf } from "./reason.ts"
import { waitForServer } from "./wait-for-server.ts"

interface Request {
  method: string | undefined
  path: string
  search: URLSearchParams
  headers: IncomingMessage["headers"]
  body: string
}

type Answer = { status: number; body: unknown } | "cut" | "none"

const requests: Request[] = []
/** What the next requests are answered; then each call is answered with its own path. */
let answers: Answer[] = []

const server = createServer(async (incoming, outgoing) => {
  let body = ""
  for await (const chunk of incoming.setEncoding("utf8")) body += chunk
  const { pathname, searchParams } = new URL(incoming.url ?? "", "http://localhost")
  const path = pathname.replace("/trpc/", "")
  requests.push({ method: incoming.method, path, search: searchParams, headers: incoming.headers, body })
  const answer = answers.shift()
  if (answer === "cut") return incoming.socket.destroy()
  if (answer === "none") return
  const results = path.split(",").map((name) => ({ result: { data: name } }))
  const { status, body: told } = answer ?? { status: 200, body: searchParams.has("batch") ? results : results[0] }
  outgoing.writeHead(status, { "content-type": typeof told === "string" ? "text/html" : "application/json" })
  outgoing.end(typeof told === "string" ? told : JSON.stringify(told))
})

let url = ""
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  requests.length = 0
  answers = []
})

/** As usual, without the pauses. */
const atOnce: Retries = { ...usualRetries, pause: () => 1 }
const connect = (options: Partial<Parameters<typeof createClient>[0]> = {}) =>
  createClient({ url, retries: atOnce, ...options })

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  )

const id = "018f0000-0000-7000-8000-000000000000"
const failed = (status: number, data: object) => ({ status, body: { error: { message: "no", code: -32000, data } } })
/** A query goes in a batch, which is answered as a list. */
const failedQuery = (status: number, data: object) => {
  const { body } = failed(status, data)
  return { status, body: [body] }
}
const busy = failedQuery(503, { httpStatus: 503, reason: "DATABASE_AWAY" })

describe("calls", () => {
  it("that read at the same time are one request", async () => {
    const client = connect()
    const told = await Promise.all([client.session.byId.query({ id }), client.project.list.query({})])
    expect(told).toEqual(["session.byId", "project.list"])
    expect(requests.map(({ method, path }) => [method, path])).toEqual([["GET", "session.byId,project.list"]])
    expect(JSON.parse(requests[0]?.search.get("input") ?? "")).toEqual({ 0: { id }, 1: {} })
  })

  it("that are more than the server takes at once are several", async () => {
    const client = connect()
    await Promise.all(Array.from({ length: limits.batch + 1 }, () => client.session.byId.query({ id })))
    expect(requests.map(({ path }) => path.split(",").length)).toEqual([limits.batch, 1])
  })

  it("whose input is too long for an address are sent in a body, as what they are", async () => {
    const metadata = { words: "ä".repeat(4000) }
    await connect().session.list.query({ metadata })
    expect(requests.map(({ method, path, body }) => [method, path, JSON.parse(body)])).toEqual([
      ["POST", "session.list", { metadata }],
    ])
  })

  it("bear the token, and no header of that name without one", async () => {
    await connect({ token: "secret" }).project.list.query({})
    await connect().project.list.query({})
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer secret", undefined])
  })

  it("reach an address with slashes at its end", async () => {
    expect(await connect({ url: `${url}//` }).project.list.query({})).toBe("project.list")
  })
})

describe("a call that fails", () => {
  it("is tried again where it reads, whatever stood in the way", async () => {
    answers = ["cut", { status: 502, body: "<h1>Bad gateway</h1>" }, busy]
    expect(await connect().project.list.query({})).toBe("project.list")
    expect(requests).toHaveLength(4)
  })

  it("is given up after six tries, with its reason", async () => {
    answers = Array.from({ length: 9 }, () => busy)
    expect(reasonOf(await failureOf(connect().project.list.query({})))).toBe("DATABASE_AWAY")
    expect(requests).toHaveLength(6)
  })

  it("is tried once where it writes, since nobody knows whether it was stored", async () => {
    answers = ["cut"]
    expect(reasonOf(await failureOf(connect().session.touch.mutate({ id })))).toBe("UNREACHABLE")
    expect(requests).toHaveLength(1)
  })

  it("is tried again where it appends, with the same client ids, so that it counts once", async () => {
    answers = ["cut", failed(503, { httpStatus: 503, reason: "DATABASE_AWAY" })]
    const own = "018f0000-0000-7000-8000-000000000001"
    const messages = [
      { role: "user" as const, content: "one" },
      { role: "user" as const, content: "two", clientId: own },
    ]
    await connect().message.append.mutate({ sessionId: id, messages })
    const sent = requests.map(({ body }) => JSON.parse(body).messages)
    expect(sent).toEqual(Array(3).fill(sent[0]))
    expect(sent[0]).toEqual([{ ...messages[0], clientId: expect.stringMatching(/^[0-9a-f-]{36}$/) }, messages[1]])
  })

  it("is tried again where it creates a session, under the same id", async () => {
    answers = ["cut", failed(503, { httpStatus: 503, reason: "DATABASE_AWAY" })]
    expect(await connect().session.create.mutate({ name: "Late night" })).toBe("session.create")
    const sent = requests.map(({ body }) => JSON.parse(body))
    expect(sent).toEqual(Array(3).fill({ name: "Late night", id: expect.stringMatching(/^[0-9a-f-]{36}$/) }))
    expect(new Set(sent.map((input) => input.id)).size).toBe(1)
  })

  it("reads the session that an earlier try created though its answer was lost", async () => {
    answers = ["cut", failed(409, { httpStatus: 409, reason: "SESSION_EXISTS" })]
    expect(await connect().session.create.mutate({})).toBe("session.byId")
    const [, created, read] = requests
    expect(JSON.parse(read?.search.get("input") ?? "")).toEqual({ 0: { id: JSON.parse(created?.body ?? "").id } })
  })

  it("tells that there is such a session already where the caller gave the id", async () => {
    answers = [failed(409, { httpStatus: 409, reason: "SESSION_EXISTS" })]
    expect(reasonOf(await failureOf(connect().session.create.mutate({ id })))).toBe("SESSION_EXISTS")
    answers = ["cut"]
    expect(reasonOf(await failureOf(connect().session.create.mutate({ id })))).toBe("UNREACHABLE")
    expect(requests).toHaveLength(2)
  })

  it("is given up after its time and tried again, where the client has one", async () => {
    answers = ["none", "none"]
    expect(await connect({ timeout: 500 }).project.list.query({})).toBe("project.list")
    expect(requests).toHaveLength(3)
    answers = ["none"]
    const touching = connect({ timeout: 500 }).session.touch.mutate({ id })
    expect(reasonOf(await failureOf(touching))).toBe("UNREACHABLE")
    answers = ["none"]
    const left = connect({ timeout: 60_000 }).project.list.query({}, { signal: AbortSignal.timeout(100) })
    expect(await failureOf(left)).toBeInstanceOf(Error)
  })

  it("is waited for where the server itself works on it for longer", async () => {
    answers = ["none"]
    const leaving = new AbortController()
    const listening = connect({ timeout: 200 }).song.audio.query(
      { projectId: "house", id: "night" },
      { signal: leaving.signal },
    )
    await vi.waitFor(() => expect(requests).toHaveLength(1))
    answers = ["none"]
    expect(await connect({ timeout: 200 }).project.list.query({})).toBe("project.list")
    // A second try of the first would have been one more.
    expect(requests).toHaveLength(3)
    leaving.abort()
    expect(await failureOf(listening)).toBeInstanceOf(Error)
  })

  it("is not tried again where the server refused it, and tells why", async () => {
    const data = { httpStatus: 400, reason: "BAD_INPUT", fields: { limit: "at most 200" }, names: ["a", "b"] }
    answers = [failedQuery(400, data)]
    const failure = await failureOf(connect().session.list.query({ limit: 201 }))
    expect([reasonOf(failure), fieldsOf(failure), namesOf(failure)]).toEqual([
      "BAD_INPUT",
      { limit: "at most 200" },
      ["a", "b"],
    ])
    expect(requests).toHaveLength(1)
  })

  it("has no reason of the server's where a proxy answers, and none where it is no call", async () => {
    answers = [{ status: 404, body: "<h1>Not found</h1>" }]
    const failure = await failureOf(connect().project.list.query({}))
    expect([reasonOf(failure), fieldsOf(failure), namesOf(failure)]).toEqual(["UNREACHABLE", {}, []])
    expect(reasonOf(new Error("mine"))).toBeUndefined()
  })

  it("is not tried again by whoever has left", async () => {
    const leaving = new AbortController()
    answers = Array.from({ length: 6 }, () => busy)
    const isDue: Retries["isDue"] = (call) => {
      leaving.abort()
      return atOnce.isDue(call)
    }
    const retries: Retries = { ...atOnce, isDue }
    expect(await failureOf(connect({ retries }).project.list.query({}, { signal: leaving.signal }))).toBeInstanceOf(
      Error,
    )
    expect(requests).toHaveLength(1)
  })
})

describe("whoever waits for a server that is away", () => {
  it("has calls that write tried again, too, and is told once for each", async () => {
    answers = ["cut", "cut", { status: 503, body: "<h1>Starting</h1>" }]
    let waits = 0
    const retries = waitForServer({ milliseconds: 20_000, onWait: () => void waits++ })
    expect(await connect({ retries }).session.touch.mutate({ id })).toBe("session.touch")
    expect([requests.length, waits]).toEqual([4, 1])
  })

  it("gives up when the time is over, or when waiting has lost its point", async () => {
    const over = [waitForServer({ milliseconds: 0 }), waitForServer({ milliseconds: 20_000, isOver: () => true })]
    for (const retries of over) {
      answers = ["cut"]
      requests.length = 0
      expect(reasonOf(await failureOf(connect({ retries }).session.touch.mutate({ id })))).toBe("UNREACHABLE")
      expect(requests).toHaveLength(1)
    }
  })

  it("does not wait for what the server refuses", async () => {
    answers = [failed(409, { httpStatus: 409, reason: "SESSION_TERMINATED" })]
    const retries = waitForServer({ milliseconds: 20_000 })
    await failureOf(connect({ retries }).session.touch.mutate({ id }))
    expect(requests).toHaveLength(1)
  })
})
