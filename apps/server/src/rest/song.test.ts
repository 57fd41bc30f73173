import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { openRest, type Rest, readPages } from "./testing/open-rest.ts"

let rest: Rest
beforeAll(async () => {
  rest = await openRest()
  for (const clip_id of ["a", "b"]) await rest.post("/clips", { clip_id, project_id: "set", name: clip_id, code: "" })
})
afterAll(() => rest.close())

const noSong = { status: 404, body: { error: { reason: "SONG_NOT_FOUND" } } }
const Ids = z.array(z.object({ song_id: z.string() })).transform((rows) => rows.map(({ song_id }) => song_id))

const create = (song_id: string, fields: Record<string, unknown> = {}) =>
  rest.post("/songs", { song_id, project_id: "set", name: song_id, ...fields })

test("a song is created and read by both paths", async () => {
  const created = await create("full", {
    name: "Full",
    body: "# Notes",
    metadata: { bpm: 90 },
    clip_ids: ["b", "a", "b"],
  })
  expect(created.status).toBe(201)
  expect(created.body).toEqual({
    song_id: "full",
    project_id: "set",
    name: "Full",
    body: "# Notes",
    metadata: { bpm: 90 },
    clip_ids: ["b", "a", "b"],
    version: 1,
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
  })
  for (const path of ["/songs/set/full", "/songs/full", "/songs/full?project_id=set"]) {
    expect(await rest.get(path)).toMatchObject({ status: 200, body: created.body })
  }
  expect(await create("full")).toMatchObject({ status: 409, body: { error: { reason: "SONG_EXISTS" } } })
  expect((await create("bare", { body: null, metadata: null, clip_ids: null })).body).toMatchObject({
    body: "",
    metadata: {},
    clip_ids: [],
  })
})

test("a song makes its project", async () => {
  expect((await create("first", { project_id: "made" })).status).toBe(201)
  expect((await rest.get("/projects/made")).body).toMatchObject({ name: "made", song_count: 1 })
})

test("only the fields that are sent change", async () => {
  await create("edited", { body: "text", clip_ids: ["a"] })
  const clips = await rest.put("/songs/set/edited", { clip_ids: ["b", "b"] })
  expect(clips).toMatchObject({ status: 200, body: { name: "edited", body: "text", clip_ids: ["b", "b"] } })
  const found = await rest.put("/songs/edited", { name: "Edited", metadata: { key: "a" }, clip_ids: null })
  expect(found).toMatchObject({ status: 200, body: { name: "Edited", metadata: { key: "a" }, clip_ids: ["b", "b"] } })
  const cleared = await rest.put("/songs/edited?project_id=set", { body: "", clip_ids: [] })
  expect(cleared).toMatchObject({ status: 200, body: { body: "", clip_ids: [] } })
  expect((await rest.get("/songs/set/edited")).body).toEqual(cleared.body)
})

test("a clip that the project has not is named by its place", async () => {
  await create("strict", { clip_ids: ["a"] })
  const answers = [
    await create("never", { clip_ids: ["a", "nope"] }),
    await rest.put("/songs/set/strict", { clip_ids: ["a", "nope"] }),
    await rest.put("/songs/strict", { clip_ids: ["a", "nope"] }),
  ]
  const problem = 'the project "set" has no clip "nope"'
  for (const { status, body } of answers) {
    expect(status).toBe(400)
    expect(body).toEqual({
      error: { reason: "BAD_INPUT", message: `clip_ids.1: ${problem}`, fields: { "clip_ids.1": problem } },
    })
  }
  expect(await rest.get("/songs/set/never")).toMatchObject(noSong)
  expect((await rest.get("/songs/set/strict")).body).toMatchObject({ clip_ids: ["a"] })
})

test("an id that several projects own is ambiguous until the project is said", async () => {
  for (const project_id of ["one", "two"]) await create("shared", { project_id })
  const ambiguous = { status: 409, body: { error: { reason: "AMBIGUOUS_ID", names: ["one", "two"] } } }
  expect(await rest.get("/songs/shared")).toMatchObject(ambiguous)
  expect(await rest.put("/songs/shared", { name: "x" })).toMatchObject(ambiguous)
  expect(await rest.delete("/songs/shared")).toMatchObject(ambiguous)
  expect(await rest.delete("/songs/shared?project_id=one")).toMatchObject({ status: 204, text: "" })
  expect(await rest.delete("/songs/shared")).toMatchObject({ status: 204, text: "" })
})

test("a song that a playlist uses stays", async () => {
  await create("held")
  await rest.post("/playlists", { playlist_id: "p", project_id: "set", name: "Friday", song_ids: ["held"] })
  for (const path of ["/songs/set/held", "/songs/held"]) {
    expect(await rest.delete(path)).toMatchObject({
      status: 409,
      body: { error: { reason: "SONG_IN_USE", names: ["Friday"] } },
    })
  }
  await rest.delete("/playlists/set/p")
  expect(await rest.delete("/songs/set/held")).toMatchObject({ status: 204 })
})

test("songs are listed by pages and by a part of their name", async () => {
  const ids = Array.from({ length: 5 }, (_, i) => `paged-${i}`)
  for (const id of ids) await create(id, { project_id: "paged" })
  const pages = await readPages(rest, "/songs?project_id=paged&limit=2")
  expect(pages.map((page) => page.length)).toEqual([2, 2, 1])
  expect(Ids.parse(pages.flat())).toEqual(ids.toReversed())
  expect((await rest.get("/songs?q=AGED-3")).read(Ids)).toEqual(["paged-3"])
})

test("a song that is not there", async () => {
  for (const path of ["/songs/gone", "/songs/set/gone", "/songs/gone?project_id=set"]) {
    expect(await rest.get(path)).toMatchObject(noSong)
    expect(await rest.put(path, { name: "x" })).toMatchObject(noSong)
    expect(await rest.delete(path)).toMatchObject(noSong)
  }
})

test.each([
  ["POST", "/songs", { project_id: "set", name: "x" }, "song_id"],
  ["POST", "/songs", { song_id: "x", project_id: "set", name: "x", clip_ids: "a" }, "clip_ids"],
  ["POST", "/songs", { song_id: "x", project_id: "set", name: "x", clip_ids: ["a", "b", "c d"] }, "clip_ids.2"],
  ["PUT", "/songs/set/x", { clip_ids: Array.from({ length: 501 }, () => "a") }, "clip_ids"],
  ["PUT", "/songs/x", { body: "\u0000" }, "body"],
  ["GET", "/songs/%00", undefined, "song_id"],
  ["GET", "/songs/set/%00", undefined, "song_id"],
  ["GET", "/songs?limit=x", undefined, "limit"],
] as const)("%s %s is refused by the name of the field", async (method, path, payload, field) => {
  const { status, body } = await rest.send(method, path, payload ? { payload } : {})
  expect(status).toBe(400)
  expect(body).toMatchObject({ error: { reason: "BAD_INPUT", fields: { [field]: expect.any(String) } } })
})
