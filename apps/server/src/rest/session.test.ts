import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { openRest, type Rest, readPages } from "./testing/open-rest.ts"

let rest: Rest
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const Ids = z.array(z.object({ session_id: z.string() })).transform((rows) => rows.map(({ session_id }) => session_id))
const Activity = z.object({ last_activity: z.iso.datetime().transform((text) => new Date(text)) })

/** Starts a session under an id of its own. */
async function start(fields: Record<string, unknown> = {}): Promise<string> {
  const session_id = randomUUID()
  expect((await rest.post("/sessions", { session_id, ...fields })).status).toBe(201)
  return session_id
}

const noSession = { error: { reason: "SESSION_NOT_FOUND", message: "There is no session of this id." } }

describe("POST /sessions", () => {
  test("needs nothing", async () => {
    const { status, body } = await rest.post("/sessions", {})
    expect(status).toBe(201)
    expect(body).toEqual({
      session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      agent_name: "strudel",
      answered_by: "external",
      change_mode: "direct",
      model_name: null,
      provider: null,
      session_type: null,
      item_id: null,
      project_id: null,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      last_activity: expect.stringMatching(/Z$/),
      status: "active",
      message_count: 0,
      session_name: null,
      display_name: expect.stringMatching(/^strudel · \d{4}-\d\d-\d\d$/),
      metadata: {},
    })
  })

  test("keeps every field", async () => {
    const session_id = randomUUID()
    const fields = {
      agent_name: "composer",
      model_name: "model-1",
      provider: "someone",
      session_type: "clip",
      item_id: "kick",
      project_id: "house",
    }
    const answer = await rest.post("/sessions", {
      ...fields,
      session_id: session_id.toUpperCase(),
      session_name: " Late night ",
      metadata: { bpm: 120 },
    })
    expect(answer.body).toMatchObject({
      ...fields,
      session_id,
      session_name: "Late night",
      display_name: "Late night",
      metadata: { bpm: 120, name: "Late night", created_by_user: true },
    })
    expect((await rest.get(`/sessions/${session_id}`)).body).toEqual(answer.body)
  })

  test("takes null for what may be left out", async () => {
    const fields = ["agent_name", "model_name", "provider", "session_type", "item_id", "project_id", "session_id"]
    const nulls = Object.fromEntries(
      [...fields, "session_name", "created_at", "metadata"].map((field) => [field, null]),
    )
    const { status, body } = await rest.post("/sessions", nulls)
    expect(status).toBe(201)
    expect(body).toMatchObject({ agent_name: "strudel", metadata: {} })
  })

  test("takes a talk that was held before as one of then", async () => {
    const created_at = "2025-10-03T20:00:00.000Z"
    const { status, body } = await rest.post("/sessions", { created_at })
    expect(status).toBe(201)
    expect(body).toMatchObject({ created_at, last_activity: created_at, status: "idle" })
  })

  test("refuses an id that is taken", async () => {
    const session_id = await start()
    const { status, body } = await rest.post("/sessions", { session_id })
    expect(status).toBe(409)
    expect(body).toMatchObject({ error: { reason: "SESSION_EXISTS" } })
  })

  test.each([
    [{ item_id: "kick" }, "session_type"],
    [{ session_id: "nonsense" }, "session_id"],
    [{ session_type: "drum" }, "session_type"],
    [{ project_id: "../house" }, "project_id"],
    [{ agent_name: "a".repeat(51) }, "agent_name"],
    [{ model_name: "" }, "model_name"],
    [{ provider: "\u0000" }, "provider"],
    [{ session_name: " " }, "session_name"],
    [{ created_at: "2999-01-01T00:00:00Z" }, "created_at"],
    [{ metadata: [] }, "metadata"],
    [{ metadata: { key: "\u0000" } }, "metadata"],
    [{ metadata: { key: "x".repeat(65_536) } }, "metadata"],
  ])("refuses %o by the name of the field", async (body, field) => {
    const answer = await rest.post("/sessions", body)
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual({
      error: {
        reason: "BAD_INPUT",
        message: expect.stringMatching(new RegExp(`^${field}: `)),
        fields: { [field]: expect.any(String) },
      },
    })
  })
})

describe("GET /sessions", () => {
  test("filters", async () => {
    const about = { session_type: "song", item_id: "anthem", project_id: "filtered" }
    const song = await start({ ...about, session_name: "The 100% Anthem", metadata: { tags: ["loud"] } })
    const chat = await start({ session_type: "chat", project_id: "filtered" })
    const ended = await start({ project_id: "filtered" })
    await rest.patch(`/sessions/${ended}`, { status: "terminated" })

    const list = async (query: string) => (await rest.get(`/sessions?project_id=filtered&${query}`)).read(Ids)
    expect(await list("")).toEqual([ended, chat, song])
    expect(await list("status=active")).toEqual([chat, song])
    expect(await list("status=terminated")).toEqual([ended])
    expect(await list("item_type=chat")).toEqual([chat])
    expect(await list("item_type=song&item_id=anthem")).toEqual([song])
    expect(await list("item_type=song&item_id=other")).toEqual([])
    expect(await list("q=100%25%20anth")).toEqual([song])
    expect(await list("tag=loud")).toEqual([song])
    expect(await list("tag=quiet")).toEqual([])
    expect(await list("unheard_of=1&unheard_of=2")).toEqual([ended, chat, song])
  })

  test("hands out every session once over its pages", async () => {
    const started = await Promise.all(Array.from({ length: 23 }, () => start({ project_id: "paged" })))
    const pages = await readPages(rest, "/sessions?project_id=paged&limit=5")
    expect(pages.map((page) => page.length)).toEqual([5, 5, 5, 5, 3])
    expect(Ids.parse(pages.flat()).sort()).toEqual(started.sort())
    expect(await readPages(rest, "/sessions?project_id=paged&limit=23")).toHaveLength(1)
  })

  test("hands out every session once, also while others are started", async () => {
    const started = await Promise.all(Array.from({ length: 12 }, () => start({ project_id: "live" })))
    const pages = await readPages(rest, "/sessions?project_id=live&limit=5", () => start({ project_id: "live" }))
    expect(Ids.parse(pages.flat()).sort()).toEqual(started.sort())
  })

  test("holds fifty unless told", async () => {
    await Promise.all(Array.from({ length: 51 }, () => start({ project_id: "fifty" })))
    const { body, headers } = await rest.get("/sessions?project_id=fifty")
    expect(body).toHaveLength(50)
    expect(headers["x-next-cursor"]).toEqual(expect.any(String))
  })

  test.each([
    ["limit=abc", "limit", /from 1 to 200/],
    ["limit=", "limit", /from 1 to 200/],
    ["limit=1e3", "limit", /from 1 to 200/],
    ["limit=1.5", "limit", /from 1 to 200/],
    ["limit=%205", "limit", /from 1 to 200/],
    ["limit=1&limit=2", "limit", /from 1 to 200/],
    ["limit=-1", "limit", /at least 1/],
    ["limit=0", "limit", /at least 1/],
    ["limit=201", "limit", /at most 200/],
    ["limit=100000000", "limit", /at most 200/],
    ["limit=999999999999999999999", "limit", /from 1 to 200/],
    ["cursor=nonsense", "cursor", /not one that this list gave out/],
    ["cursor=a&cursor=b", "cursor", /more than once/],
    ["status=gone", "status", /./],
    ["status=idle&status=active", "status", /more than once/],
    ["project_id=a%2Fb", "project_id", /letters, digits/],
    ["item_id=kick", "item_type", /is needed/],
    ["q=%00", "q", /NUL/],
    [`tag=${"t".repeat(201)}`, "tag", /at most 200 characters, not 201/],
  ])("refuses %s by the name of the field", async (query, field, words) => {
    const { status, body } = await rest.get(`/sessions?${query}`)
    expect(status).toBe(400)
    expect(body).toEqual({
      error: {
        reason: "BAD_INPUT",
        message: expect.stringMatching(new RegExp(`^${field}: `)),
        fields: { [field]: expect.stringMatching(words) },
      },
    })
  })
})

describe("one session", () => {
  test("is changed field by field", async () => {
    const id = await start({ model_name: "one", provider: "p", metadata: { keep: 1, change: 1 } })
    const first = await rest.patch(`/sessions/${id}`, { metadata: { change: 2, add: 3 } })
    expect(first.status).toBe(200)
    expect(first.body).toMatchObject({
      model_name: "one",
      provider: "p",
      status: "active",
      metadata: { keep: 1, change: 2, add: 3 },
    })
    const second = await rest.patch(`/sessions/${id}`, { status: "idle", model_name: null, provider: "q" })
    expect(second.body).toMatchObject({ status: "idle", model_name: null, provider: "q" })
    expect((await rest.patch(`/sessions/${id}`, {})).body).toEqual(second.body)
  })

  test("is named, and its name is cleared", async () => {
    const id = await start({ session_type: "clip", item_id: "kick", project_id: "house" })
    const named = await rest.patch(`/sessions/${id}/name`, { name: "Mine" })
    expect(named.status).toBe(200)
    expect(named.body).toMatchObject({
      session_name: "Mine",
      display_name: "Mine",
      metadata: { created_by_user: true },
    })
    const cleared = await rest.patch(`/sessions/${id}/name`, { name: null })
    expect(cleared.body).toMatchObject({ session_name: null, display_name: "clip kick · house", metadata: {} })
  })

  test.each([[{}], [{ name: "" }], [{ name: 1 }], [{ name: "n".repeat(201) }]])("is not named by %o", async (body) => {
    const answer = await rest.patch(`/sessions/${await start()}/name`, body)
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ error: { reason: "BAD_INPUT", fields: { name: expect.any(String) } } })
  })

  test("becomes active by activity where it was idle", async () => {
    const id = await start()
    const before = (await rest.patch(`/sessions/${id}`, { status: "idle" })).read(Activity)
    const touched = await rest.send("POST", `/sessions/${id}/activity`)
    expect(touched.status).toBe(200)
    expect(touched.body).toMatchObject({ status: "active" })
    expect(touched.read(Activity).last_activity.getTime()).toBeGreaterThan(before.last_activity.getTime())
  })

  test("stays terminated, but says when there was activity", async () => {
    const id = await start()
    const before = (await rest.patch(`/sessions/${id}`, { status: "terminated" })).read(Activity)
    const touched = await rest.send("POST", `/sessions/${id}/activity`, {
      headers: { "content-type": "application/json" },
    })
    expect(touched.body).toMatchObject({ status: "terminated" })
    expect(touched.read(Activity).last_activity.getTime()).toBeGreaterThan(before.last_activity.getTime())
  })

  test("is deleted with what it holds", async () => {
    const id = await start()
    await rest.post(`/messages/${id}`, { messages: [{ role: "user", content: "hello" }] })
    await rest.post(`/sessions/${id}/memory-files`, { file_path: "notes.md" })
    expect(await rest.delete(`/sessions/${id}`)).toMatchObject({ status: 204, text: "" })
    for (const path of [`/sessions/${id}`, `/messages/${id}`, `/sessions/${id}/memory-files`]) {
      expect(await rest.get(path)).toMatchObject({ status: 404, body: noSession })
    }
    expect(await rest.delete(`/sessions/${id}`)).toMatchObject({ status: 404, body: noSession })
  })

  test("is not there", async () => {
    const path = `/sessions/${randomUUID()}`
    const answers = [
      await rest.get(path),
      await rest.patch(path, { status: "idle" }),
      await rest.patch(`${path}/name`, { name: "x" }),
      await rest.send("POST", `${path}/activity`),
      await rest.delete(path),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ status: 404, body: noSession })
  })

  test.each(["nonsense", "%00", "123", "00000000-0000-0000-0000-00000000000g", "%F0%9F%A5%81"])(
    "has no id such as %s",
    async (id) => {
      const { status, body } = await rest.get(`/sessions/${id}`)
      expect(status).toBe(400)
      expect(body).toMatchObject({ error: { reason: "BAD_INPUT", fields: { session_id: "must be a UUID" } } })
    },
  )
})
