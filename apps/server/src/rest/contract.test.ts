import { randomUUID } from "node:crypto"
import { type ItemKind, itemFolders, itemKinds } from "@strudel-agent/contract/item"
import { createDatabase, type Database } from "@strudel-agent/database/client"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Operation } from "./testing/documented.ts"
import { type Answer, callerOn, type Door, openDoor, openRest, pool, type Rest } from "./testing/open-rest.ts"

/** Every route that clients were promised, and the statuses of its success. */
const promised: [string, number][] = [
  ["POST /api/sessions", 201],
  ["GET /api/sessions", 200],
  ["GET /api/sessions/{session_id}", 200],
  ["PATCH /api/sessions/{session_id}", 200],
  ["PATCH /api/sessions/{session_id}/name", 200],
  ["POST /api/sessions/{session_id}/activity", 200],
  ["DELETE /api/sessions/{session_id}", 204],
  ["GET /api/messages/{session_id}", 200],
  ["POST /api/messages/{session_id}", 201],
  ["GET /api/messages/{session_id}/count", 200],
  ["GET /api/sessions/{session_id}/memory-files", 200],
  ["POST /api/sessions/{session_id}/memory-files", 201],
  ["GET /api/sessions/{session_id}/memory-files/primary", 200],
  ["PATCH /api/sessions/{session_id}/memory-files", 200],
  ["DELETE /api/sessions/{session_id}/memory-files", 204],
  ["GET /api/sessions/{session_id}/runs", 200],
  ["POST /api/sessions/{session_id}/runs", 201],
  ["GET /api/sessions/{session_id}/runs/{run_number}", 200],
  ["POST /api/sessions/{session_id}/stop", 200],
  ["GET /api/sessions/{session_id}/changes", 200],
  ["PATCH /api/sessions/{session_id}/runs/{run_number}/changes/{call_id}", 200],
  ["GET /api/projects", 200],
  ["POST /api/projects", 201],
  ["GET /api/projects/{project_id}", 200],
  ["GET /api/projects/{project_id}/clips/{clip_id}/audio", 200],
  ["GET /api/projects/{project_id}/clips/{clip_id}/similar", 200],
  ["GET /api/projects/{project_id}/songs/{song_id}/audio", 200],
  ["PUT /api/projects/{project_id}", 200],
  ["DELETE /api/projects/{project_id}", 204],
  ...itemKinds.flatMap((kind): [string, number][] => [
    [`GET /api/${itemFolders[kind]}`, 200],
    [`POST /api/${itemFolders[kind]}`, 201],
    [`GET /api/${itemFolders[kind]}/{${kind}_id}`, 200],
    [`PUT /api/${itemFolders[kind]}/{${kind}_id}`, 200],
    [`DELETE /api/${itemFolders[kind]}/{${kind}_id}`, 204],
    [`GET /api/${itemFolders[kind]}/{project_id}/{${kind}_id}`, 200],
    [`PUT /api/${itemFolders[kind]}/{project_id}/{${kind}_id}`, 200],
    [`DELETE /api/${itemFolders[kind]}/{project_id}/{${kind}_id}`, 204],
  ]),
  ["GET /api/search", 200],
  ["GET /api/reference", 200],
  ["GET /api/reference/{name}", 200],
  ["POST /api/analyze", 200],
]

/** What is answered without the database. */
const withoutData = new Set(["POST /api/analyze", "GET /api/reference", "GET /api/reference/{name}"])

/** A new item of a kind, as its route takes it. */
const itemOf = (kind: ItemKind, id: string) => ({
  ...{ project_id: "walk", name: "Walk", [`${kind}_id`]: id },
  ...(kind === "clip" ? { code: "" } : {}),
})
const titleOf = (kind: ItemKind) => `${kind.slice(0, 1).toUpperCase()}${kind.slice(1)}`
/** For each route with a body, one that it takes. */
const bodies: Record<string, unknown> = {
  createSession: {},
  updateSession: { status: "idle" },
  renameSession: { name: "Walk" },
  touchSession: undefined,
  appendMessages: { messages: [{ role: "user", content: "hello" }] },
  createMemoryFile: { file_path: "another.md" },
  updateMemoryFile: { loaded: true },
  createProject: { project_id: "another", name: "Another" },
  updateProject: { name: "Walk" },
  runAgain: {},
  stopRun: undefined,
  decideRunChange: { approved: true },
  analyze: { code: 's("bd")' },
  ...Object.fromEntries(
    itemKinds.flatMap((kind) => [
      [`create${titleOf(kind)}`, itemOf(kind, "another")],
      [`update${titleOf(kind)}`, { name: "Walk" }],
      [`updateFound${titleOf(kind)}`, { name: "Walk" }],
    ]),
  ),
}

const items = (id: string) => Object.fromEntries(itemKinds.map((kind) => [`${kind}_id`, id]))
const inThere = {
  ...{ session_id: randomUUID(), project_id: "walk", name: "lpf", ...items("there") },
  ...{ run_number: "1", call_id: "there" },
}
const notThere = {
  ...{ session_id: randomUUID(), project_id: "gone", name: "gone", ...items("gone") },
  ...{ run_number: "9", call_id: "gone" },
}
const broken = Object.fromEntries(Object.keys(notThere).map((name) => [name, "%00"]))

/** The path of a route with its parameters filled in, below /api, with the query without which it would have nothing to do. */
function fill(operation: Operation, values: Record<string, string>, filePath = "walk.md"): string {
  const path = operation.path.replace("/api", "").replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "")
  const needs = (parameter: string) => operation.parameters.some(({ name, required }) => name === parameter && required)
  if (operation.operationId === "search") return `${path}?q=walk`
  return needs("file_path") ? `${path}?file_path=${filePath}` : path
}

function call(door: Door, operation: Operation, path: string, more: { headers?: object; payload?: string } = {}) {
  const body = bodies[operation.operationId]
  const payload = body === undefined ? {} : { payload: JSON.stringify(body) }
  const headers = { ...(body === undefined ? {} : { "content-type": "application/json" }), ...more.headers }
  const { method } = operation
  if (method !== "GET" && method !== "POST" && method !== "PUT" && method !== "PATCH" && method !== "DELETE") {
    throw new Error(`the document has a method ${method}`)
  }
  return door.send(method, path, { ...payload, ...more, headers })
}

let rest: Rest
let away: Database
let unauthorised: Door
let withoutDatabase: Door
let failing: Door
beforeAll(async () => {
  rest = await openRest()
  away = createDatabase({ url: "postgresql://strudel@127.0.0.1:1/strudel", pool: { ...pool, size: 1 } })
  const callers = {
    unauthorised: callerOn(rest.database, false),
    withoutDatabase: callerOn(away),
  }
  unauthorised = await openDoor({ callerFor: () => callers.unauthorised })
  withoutDatabase = await openDoor({ callerFor: () => callers.withoutDatabase })
  failing = await openDoor({
    callerFor: () => {
      throw new Error("unexpected")
    },
  })
})
afterAll(async () => {
  for (const { app } of [unauthorised, withoutDatabase, failing]) await app.close()
  await away.close()
  await rest.close()
})

/** Whether what routes look for is there as it was put there: a route that writes may have changed it. */
let isFurnished = false

/** Puts there what the routes of one thing look for. */
async function furnish(): Promise<void> {
  if (isFurnished) return
  await rest.delete(`/sessions/${inThere.session_id}`)
  await rest.delete("/projects/walk")
  await rest.delete("/projects/another")
  await rest.post("/sessions", { session_id: inThere.session_id, answered_by: "strudel", change_mode: "staged" })
  await rest.post(`/sessions/${inThere.session_id}/memory-files`, { file_path: "walk.md", is_primary: true })
  await rest.post("/projects", { project_id: "walk", name: "Walk" })
  for (const kind of itemKinds) await rest.post(`/${itemFolders[kind]}`, itemOf(kind, "there"))
  await proposeChange()
  isFurnished = true
}

/** Lets a run propose a change, and end. */
async function proposeChange(): Promise<void> {
  const { caller } = rest
  await rest.post(`/messages/${inThere.session_id}`, { messages: [{ role: "user", content: "louder" }] })
  const worker = { worker: "walk" }
  const run = { ...worker, sessionId: inThere.session_id, number: Number(inThere.run_number) }
  for (let claimed = await caller.run.claim(worker); claimed?.run.sessionId !== inThere.session_id; ) {
    claimed = await caller.run.claim(worker)
  }
  const input = { projectId: "walk", id: "new", name: "New", code: 's("bd")' }
  await caller.run.change({ ...run, callId: inThere.call_id, path: "clip.create", input })
  await caller.run.finish({ ...run, usage: { inputTokens: 0, cachedTokens: 0, outputTokens: 0 }, cost: null })
}

describe("the document", () => {
  test("has the promised routes and no others", () => {
    const described = rest.operations.map(({ method, path, responses }) => {
      const [success, ...more] = Object.keys(responses).filter((status) => status.startsWith("2"))
      expect(more).toEqual([])
      return [`${method} ${path}`, Number(success)]
    })
    expect(described.sort()).toEqual(promised.sort())
  })

  test("names every operation once and describes it", () => {
    const ids = rest.operations.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { summary, tags, responses, operationId } of rest.operations) {
      expect(summary, operationId).toMatch(/^[A-Z].{5,}[^.]$/)
      expect(tags, operationId).toHaveLength(1)
      for (const { description } of Object.values(responses)) expect(description, operationId).toMatch(/^[A-Z].{5,}/)
    }
  })

  test("is OpenAPI 3.1 without a component that is not used", () => {
    const text = JSON.stringify(rest.document)
    expect(rest.document).toMatchObject({
      openapi: "3.1.0",
      info: { title: "Strudel Agent" },
      security: [{}, { bearer: [] }],
    })
    for (const name of Object.keys(rest.document.components.schemas)) {
      expect(text).toContain(`"#/components/schemas/${name}"`)
    }
    expect(text).not.toContain("Default Response")
  })

  test("says the limits of texts and lists", () => {
    const text = JSON.stringify(rest.document)
    expect(text).toContain('"maxLength":1048576')
    expect(text).toContain('"maxLength":262144')
    expect(text).toContain('"minItems":1,"maxItems":500')
    expect(text).toContain("At most 1,048,576 bytes of UTF-8.")
  })

  test("would not pass an answer that it does not describe", () => {
    const url = "/api/messages/x/count"
    const answer = { method: "GET", url, status: 200, text: '{"message_count":1}', headers: {} }
    expect(rest.check(answer)?.operationId).toBe("countMessages")
    expect(() => rest.check({ ...answer, text: '{"message_count":"1"}' })).toThrow(/must be integer/)
    expect(() => rest.check({ ...answer, text: '{"message_count":1,"more":1}' })).toThrow(/additional properties/)
    expect(() => rest.check({ ...answer, status: 202 })).toThrow(/not in the document/)
    expect(() => rest.check({ ...answer, headers: { "x-next-cursor": "a" } })).toThrow(/cursor/)
    expect(() => rest.check({ ...answer, method: "DELETE", url: "/api/songs/a", status: 204 })).toThrow(/empty/)
  })
})

/** Finds a promised route in the document. */
function described(route: string): Operation {
  const operation = rest.operations.find(({ method, path }) => `${method} ${path}` === route)
  if (!operation) throw new Error(`the document does not have ${route}`)
  return operation
}

async function expectRefusal(status: number, answer: Promise<Answer>): Promise<void> {
  expect(await answer).toMatchObject({ status, body: { error: { reason: expect.stringMatching(/^[A-Z_]+$/) } } })
}

// Each answer below is also checked against its schema in the document, by the door that is called.
describe("each route", () => {
  test.each(promised)("%s answers %d", async (route, success) => {
    await furnish()
    const operation = described(route)
    isFurnished = operation.method === "GET"
    expect((await call(rest, operation, fill(operation, inThere))).status).toBe(success)
  })

  test.each(promised.filter(([route]) => route.includes("{")))("%s refuses ids, broken or gone", async (route) => {
    await furnish()
    const operation = described(route)
    await expectRefusal(400, call(rest, operation, fill(operation, broken)))
    await expectRefusal(404, call(rest, operation, fill(operation, notThere, "gone.md")))
  })

  test.each(promised.filter(([route]) => !route.startsWith("GET")))("%s takes JSON of a size", async (route) => {
    const operation = described(route)
    const path = fill(operation, inThere)
    const headers = { "content-type": "application/json", "content-length": "20000000" }
    await expectRefusal(413, call(rest, operation, path, { headers, payload: "{}" }))
    const text = { headers: { "content-type": "text/plain" }, payload: "text" }
    await expectRefusal(415, call(rest, operation, path, text))
  })

  test.each(promised)("%s asks for the token and tells what fails", async (route) => {
    const operation = described(route)
    const path = fill(operation, inThere)
    await expectRefusal(401, call(unauthorised, operation, path))
    if (!withoutData.has(route)) await expectRefusal(503, call(withoutDatabase, operation, path))
    await expectRefusal(500, call(failing, operation, path))
  })

  test("keeps to the limits of its numbers", async () => {
    await furnish()
    const limited = rest.operations.flatMap((operation) =>
      operation.parameters.flatMap(({ name, in: place, schema: { type, minimum, maximum } }) => {
        if (place !== "query" || (type !== "integer" && type !== "number")) return []
        // Of an item there are not as many versions as may be asked for.
        if (name === "version") return []
        // A session is deleted once.
        if (operation.method === "DELETE") return []
        if (minimum === undefined || maximum === undefined) throw new Error(`${name} has no limits`)
        const path = fill(operation, inThere)
        return [{ query: `${path}${path.includes("?") ? "&" : "?"}${name}`, minimum, maximum }]
      }),
    )
    // One of each list of items, and those of the rest.
    expect(limited).toHaveLength(13 + itemKinds.length)
    for (const { query, minimum, maximum } of limited) {
      for (const value of [minimum, maximum]) expect((await rest.get(`${query}=${value}`)).status).toBe(200)
      for (const value of [minimum - 1, maximum + 1]) await expectRefusal(400, rest.get(`${query}=${value}`))
    }
  })
})
