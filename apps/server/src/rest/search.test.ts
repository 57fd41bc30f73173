import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { openRest, type Rest, readPages } from "./testing/open-rest.ts"

let rest: Rest
const sessionId = "0198a000-0000-7000-8000-0000000000c1"
beforeAll(async () => {
  rest = await openRest()
  await rest.post("/clips", {
    clip_id: "snare",
    project_id: "house",
    name: "Snare",
    code: 's("sd*2")\n  .every(4, x => x.fast(2))',
  })
  await rest.post("/songs", { song_id: "snare-song", project_id: "techno", name: "Snare Song", body: "No drums." })
  await rest.post("/sessions", { session_id: sessionId, session_name: "Drum talk", project_id: "house" })
  await rest.post(`/messages/${sessionId}`, { messages: [{ role: "user", content: "Make the <snare> louder" }] })
})
afterAll(() => rest.close())

const Hits = z.array(z.looseObject({ kind: z.string(), id: z.string() }))
const search = async (query: string) =>
  (await rest.get(`/search?${query}`)).read(Hits).map(({ kind, id }) => `${kind} ${id}`)

describe("GET /search", () => {
  test("finds every kind, the best first, with its place and its text", async () => {
    const { status, body } = await rest.get("/search?q=snare")
    expect(status).toBe(200)
    expect(body).toMatchObject([
      { kind: "clip", id: "snare", project_id: "house", session_id: null, title: "Snare", note: "house", line: null },
      { kind: "song", id: "snare-song", project_id: "techno", title: "Snare Song" },
      {
        kind: "message",
        id: `${sessionId}/0`,
        project_id: "house",
        session_id: sessionId,
        message_index: 0,
        title: "Drum talk",
        snippet: "Make the <snare> louder",
        snippet_parts: [
          { text: "Make the <", hit: false },
          { text: "snare", hit: true },
          { text: "> louder", hit: false },
        ],
      },
    ])
    const code = await rest.get(`/search?q=${encodeURIComponent("x => x.fast(2)")}`)
    expect(code.body).toMatchObject([{ kind: "clip", id: "snare", line: 2 }])
  })

  test("filters by kind and project, in the text and beside it", async () => {
    expect(await search("q=snare&kind=song,message")).toEqual(["song snare-song", `message ${sessionId}/0`])
    expect(await search("q=snare&project_id=techno")).toEqual(["song snare-song"])
    expect(await search("q=snare+kind:clip")).toEqual(["clip snare"])
    expect([await search("q="), await search(""), await search("kind=clip&project_id=house")]).toEqual([[], [], []])
  })

  test("says of which kinds more was found than is ranked", async () => {
    expect((await rest.get("/search?q=snare")).headers["x-more-kinds"]).toBeUndefined()
    await rest.database.db.$executeRaw`
      INSERT INTO clips (project_id, id, name, code) SELECT 'house', 'many' || i, 'Woodblock', '' FROM generate_series(1, 500) i`
    expect((await rest.get("/search?q=woodblock&limit=5")).headers["x-more-kinds"]).toBe("clip")
  })

  test("comes in pages", async () => {
    const pages = await readPages(rest, "/search?q=snare&limit=1")
    expect(pages.map((page) => Hits.parse(page).map(({ kind }) => kind))).toEqual([["clip"], ["song"], ["message"]])
  })

  test.each([
    ["q=a&kind=drum", "kind"],
    ["q=a&kind=", "kind"],
    ["q=a&project_id=%2F", "project_id"],
    ["q=a&cursor=x", "cursor"],
    [`q=${"x".repeat(201)}`, "q"],
  ])("refuses ?%s", async (query, field) => {
    const answer = await rest.get(`/search?${query}`)
    expect(answer).toMatchObject({ status: 400, body: { error: { reason: "BAD_INPUT" } } })
    expect(answer.text).toContain(`"${field}"`)
  })
})
