import { randomUUID } from "node:crypto"
import { createServer } from "node:net"
import { limits } from "@strudel-agent/contract/limits"
import { createDatabase } from "@strudel-agent/database/client"
import { createTestDatabase } from "@strudel-agent/database/testing/test-database"
import Fastify from "fastify"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { registerRest } from "../rest.ts"
import { callerOn, openDoor, openRest, pool, type Rest } from "../testing/open-rest.ts"

let rest: Rest
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const json = { "content-type": "application/json" }
const notFound = { error: { reason: "PATH_NOT_FOUND", message: "There is nothing at this path." } }
const badBody = (problem: string) => ({
  status: 400,
  body: { error: { reason: "BAD_INPUT", message: `body: ${problem}`, fields: { body: problem } } },
})

/** A log that keeps what it is told. */
function keepLog() {
  const errors: unknown[] = []
  const warnings: unknown[] = []
  const log = { error: (entry: unknown) => errors.push(entry), warn: (entry: unknown) => warnings.push(entry) }
  return { log, errors, warnings }
}

/** A port of this machine that nothing listens on. */
function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
      )
    })
  })
}

describe("a body", () => {
  test.each(["{", "{'a': 1}", "nothing", '{"a": 1}}', "\u0000"])("of %j is not JSON", async (payload) => {
    expect(await rest.send("POST", "/sessions", { headers: json, payload })).toMatchObject(badBody("is not valid JSON"))
  })

  test("in another encoding is refused rather than stored with other letters", async () => {
    const payload = Buffer.from('{"session_name": "caf\xe9"}', "latin1")
    expect(await rest.send("POST", "/sessions", { headers: json, payload })).toMatchObject(
      badBody("is not valid UTF-8"),
    )
  })

  test.each([undefined, "", "null"])("is missing where it is %j", async (payload) => {
    for (const headers of [json, {}]) {
      const answer = await rest.send("POST", "/sessions", { headers: payload ? json : headers, payload })
      expect(answer).toMatchObject(badBody("is missing"))
    }
  })

  test.each(["[]", '"text"', "1"])("of %s is no object", async (payload) => {
    const { status, body } = await rest.send("POST", "/sessions", { headers: json, payload })
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { reason: "BAD_INPUT", fields: { body: expect.stringMatching(/object/) } } })
  })

  test("cannot reach an object's prototype", async () => {
    const payload = '{"metadata": {"__proto__": {"polluted": true}}}'
    expect(await rest.send("POST", "/sessions", { headers: json, payload })).toMatchObject({ status: 400 })
  })

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "nonsense", ""])(
    "of type %j is refused",
    async (type) => {
      for (const method of ["POST", "PUT"] as const) {
        const path = method === "POST" ? "/sessions" : "/clips/a/b"
        const answer = await rest.send(method, path, { headers: { "content-type": type }, payload: "a=1" })
        expect(answer).toMatchObject({ status: 415, body: { error: { reason: "BODY_NOT_JSON" } } })
      }
    },
  )

  test("may name its encoding and be padded up to the limit", async () => {
    const payload = "{}".padEnd(limits.requestBytes.usual)
    const headers = { "content-type": "application/json; charset=utf-8" }
    expect((await rest.send("POST", "/sessions", { headers, payload })).status).toBe(201)
    expect(await rest.send("POST", "/sessions", { headers, payload: `${payload} ` })).toMatchObject({
      status: 413,
      body: { error: { reason: "BODY_TOO_LARGE", message: "The body may have at most 1,048,576 bytes." } },
    })
  })

  test("of nothing but a content type is none, also on a DELETE", async () => {
    const session_id = randomUUID()
    await rest.post("/sessions", { session_id })
    expect((await rest.send("GET", `/sessions/${session_id}`, { headers: json })).status).toBe(200)
    expect((await rest.send("DELETE", `/sessions/${session_id}`, { headers: json })).status).toBe(204)
  })
})

describe("a path", () => {
  test.each([
    ["GET", ""],
    ["GET", "/"],
    ["GET", "/nothing"],
    ["POST", "/nothing"],
    ["DELETE", "/sessions/a/b/c"],
    ["GET", "/searches"],
    ["GET", "/clips/a/b/c"],
    ["GET", `/clips/${"a".repeat(5001)}`],
    ["OPTIONS", "/nothing"],
  ] as const)("that is not there: %s %s", async (method, path) => {
    const answer = await rest.send(method, path)
    expect(answer).toMatchObject({ status: 404, body: notFound })
    expect(answer.headers["content-type"]).toMatch(/^application\/json/)
  })

  test("that is not there is said before its body is read", async () => {
    const answer = await rest.send("POST", "/nothing", { headers: { "content-type": "text/plain" }, payload: "text" })
    expect(answer).toMatchObject({ status: 404, body: notFound })
  })

  test.each([
    ["PUT", "/sessions", "GET, HEAD, POST"],
    ["DELETE", "/messages/00000000-0000-0000-0000-000000000000", "GET, HEAD, POST"],
    ["POST", "/clips/house/kick", "DELETE, GET, HEAD, PUT"],
    ["GET", "/sessions/00000000-0000-0000-0000-000000000000/activity", "POST"],
  ] as const)("that takes other methods: %s %s", async (method, path, allow) => {
    expect(await rest.send(method, path)).toMatchObject({
      status: 405,
      headers: { allow },
      body: { error: { reason: "METHOD_NOT_ALLOWED" } },
    })
  })

  test("that cannot be decoded", async () => {
    expect(await rest.get("/clips/%zz")).toMatchObject({ status: 400, body: { error: { reason: "BAD_INPUT" } } })
  })

  test("below /api is never left to a route for all paths", async () => {
    const app = Fastify()
    app.all("/*", async () => "the web app")
    await registerRest(app, { callerFor: () => rest.caller })
    expect((await app.inject("/apiary")).payload).toBe("the web app")
    for (const url of ["/api", "/api/", "/api/nothing", "/api?x=1"]) {
      expect((await app.inject(url)).json()).toEqual(notFound)
    }
    await app.close()
  })
})

test("a caller without the token is told how to send it", async () => {
  const caller = callerOn(rest.database, false)
  const door = await openDoor({ callerFor: () => caller })
  for (const path of ["/sessions", "/clips/kick", "/messages/00000000-0000-0000-0000-000000000000"]) {
    expect(await door.get(path)).toMatchObject({
      status: 401,
      headers: { "www-authenticate": "Bearer" },
      body: { error: { reason: "TOKEN_REQUIRED" } },
    })
  }
  await door.app.close()
})

describe("a failure that nobody expects", () => {
  const answer = {
    status: 500,
    body: { error: { reason: "INTERNAL", message: "Something went wrong on the server." } },
  }

  test("of the database is written down with its cause and told without it", async () => {
    const broken = await openRest()
    const { log, errors } = keepLog()
    const door = await openDoor({ callerFor: () => broken.caller, log })
    await broken.database.db.$executeRawUnsafe("ALTER TABLE clips RENAME COLUMN code TO sauce")
    expect(await door.get("/clips")).toEqual(expect.objectContaining(answer))
    expect(errors).toEqual([{ err: expect.objectContaining({ message: expect.stringContaining("code") }) }])
    await door.app.close()
    await broken.close()
  })

  test("of the door itself as well", async () => {
    const { log, errors } = keepLog()
    const failure = new Error("the secret is 42")
    const door = await openDoor({
      callerFor: () => {
        throw failure
      },
      log,
    })
    expect(await door.get("/clips")).toEqual(expect.objectContaining(answer))
    expect(errors).toEqual([{ err: failure }])
    await door.app.close()
  })
})

describe("a database", () => {
  test("that is away", async () => {
    const url = `postgresql://strudel@127.0.0.1:${await closedPort()}/strudel`
    const database = createDatabase({ url, pool: { ...pool, size: 1 } })
    const { log, warnings } = keepLog()
    const caller = callerOn(database)
    const door = await openDoor({ callerFor: () => caller, log })
    const id = randomUUID()
    const answers = [
      await door.get("/sessions"),
      await door.get(`/messages/${id}`),
      await door.post(`/messages/${id}`, { messages: [{ role: "user", content: "hello" }] }),
      await door.post("/clips", { clip_id: "a", project_id: "a", name: "a", code: "" }),
      await door.delete("/songs/a"),
    ]
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 503, headers: { "retry-after": "1" } })
      expect(answer).toMatchObject({ body: { error: { reason: "DATABASE_AWAY" } } })
    }
    expect(warnings).toHaveLength(answers.length)
    await door.app.close()
    await database.close()
  })

  test("that takes too long", async () => {
    const test = await createTestDatabase()
    const database = createDatabase({ url: test.url, pool: { ...pool, commandTimeoutSeconds: 1 } })
    const slow = createDatabase({ url: test.url, pool })
    const { log, warnings } = keepLog()
    const caller = callerOn(database)
    const door = await openDoor({ callerFor: () => caller, log })
    await door.post("/projects", { project_id: "held", name: "Held" })
    await slow.db.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM projects WHERE id = 'held' FOR UPDATE`
      expect(await door.put("/projects/held", { name: "Free" })).toMatchObject({
        status: 503,
        body: { error: { reason: "DATABASE_TIMEOUT" } },
      })
    })
    expect(warnings).toHaveLength(1)
    await door.app.close()
    await Promise.all([database.close(), slow.close()])
    await test.close()
  })
})
