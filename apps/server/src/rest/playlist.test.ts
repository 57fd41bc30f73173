import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { openRest, type Rest, readPages } from "./testing/open-rest.ts"

let rest: Rest
beforeAll(async () => {
  rest = await openRest()
  for (const song_id of ["a", "b"]) await rest.post("/songs", { song_id, project_id: "set", name: song_id })
})
afterAll(() => rest.close())

const noPlaylist = { status: 404, body: { error: { reason: "PLAYLIST_NOT_FOUND" } } }
const Ids = z
  .array(z.object({ playlist_id: z.string() }))
  .transform((rows) => rows.map(({ playlist_id }) => playlist_id))

const create = (playlist_id: string, fields: Record<string, unknown> = {}) =>
  rest.post("/playlists", { playlist_id, project_id: "set", name: playlist_id, ...fields })

test("a playlist is created and read by both paths", async () => {
  const created = await create("full", { body: "# Friday", metadata: { room: 2 }, song_ids: ["b", "a", "b"] })
  expect(created.status).toBe(201)
  expect(created.body).toEqual({
    playlist_id: "full",
    project_id: "set",
    name: "full",
    body: "# Friday",
    metadata: { room: 2 },
    song_ids: ["b", "a", "b"],
    version: 1,
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
  })
  for (const path of ["/playlists/set/full", "/playlists/full", "/playlists/full?project_id=set"]) {
    expect(await rest.get(path)).toMatchObject({ status: 200, body: created.body })
  }
  expect(await create("full")).toMatchObject({ status: 409, body: { error: { reason: "PLAYLIST_EXISTS" } } })
})

test("a playlist makes its project", async () => {
  expect((await create("first", { project_id: "made" })).status).toBe(201)
  expect((await rest.get("/projects/made")).body).toMatchObject({ name: "made", playlist_count: 1 })
})

test("only the fields that are sent change", async () => {
  await create("edited", { body: "text", song_ids: ["a"] })
  const songs = await rest.put("/playlists/set/edited", { song_ids: ["b", "a"] })
  expect(songs).toMatchObject({ status: 200, body: { name: "edited", body: "text", song_ids: ["b", "a"] } })
  const found = await rest.put("/playlists/edited", { name: "Edited", song_ids: null })
  expect(found).toMatchObject({ status: 200, body: { name: "Edited", song_ids: ["b", "a"] } })
  const cleared = await rest.put("/playlists/edited?project_id=set", { body: "", song_ids: [], metadata: { a: 1 } })
  expect(cleared).toMatchObject({ status: 200, body: { body: "", song_ids: [], metadata: { a: 1 } } })
  expect((await rest.get("/playlists/set/edited")).body).toEqual(cleared.body)
})

test("a song that the project has not is named by its place", async () => {
  await create("strict")
  const fields = { "song_ids.1": 'the project "set" has no song "nope"' }
  const refused = { status: 400, body: { error: { reason: "BAD_INPUT", fields } } }
  expect(await create("never", { song_ids: ["a", "nope"] })).toMatchObject(refused)
  expect(await rest.put("/playlists/set/strict", { song_ids: ["a", "nope"] })).toMatchObject(refused)
})

test("an id that several projects own is ambiguous until the project is said", async () => {
  for (const project_id of ["one", "two"]) await create("shared", { project_id })
  const ambiguous = { status: 409, body: { error: { reason: "AMBIGUOUS_ID", names: ["one", "two"] } } }
  expect(await rest.get("/playlists/shared")).toMatchObject(ambiguous)
  expect(await rest.put("/playlists/shared", { name: "x" })).toMatchObject(ambiguous)
  expect(await rest.delete("/playlists/shared")).toMatchObject(ambiguous)
  expect(await rest.delete("/playlists/shared?project_id=one")).toMatchObject({ status: 204, text: "" })
  expect(await rest.delete("/playlists/shared")).toMatchObject({ status: 204, text: "" })
  expect(await rest.get("/playlists/shared")).toMatchObject(noPlaylist)
})

test("playlists are listed by pages and by a part of their name", async () => {
  const ids = Array.from({ length: 5 }, (_, i) => `paged-${i}`)
  for (const id of ids) await create(id, { project_id: "paged" })
  const pages = await readPages(rest, "/playlists?project_id=paged&limit=2")
  expect(pages.map((page) => page.length)).toEqual([2, 2, 1])
  expect(Ids.parse(pages.flat())).toEqual(ids.toReversed())
  expect((await rest.get("/playlists?q=AGED-3")).read(Ids)).toEqual(["paged-3"])
})

test("a playlist that is not there", async () => {
  for (const path of ["/playlists/gone", "/playlists/set/gone", "/playlists/gone?project_id=set"]) {
    expect(await rest.get(path)).toMatchObject(noPlaylist)
    expect(await rest.put(path, { name: "x" })).toMatchObject(noPlaylist)
    expect(await rest.delete(path)).toMatchObject(noPlaylist)
  }
})

test.each([
  ["POST", "/playlists", { project_id: "set", name: "x" }, "playlist_id"],
  ["POST", "/playlists", { playlist_id: "x", project_id: "set", name: "x", song_ids: ["a", ""] }, "song_ids.1"],
  ["PUT", "/playlists/set/x", { song_ids: Array.from({ length: 501 }, () => "a") }, "song_ids"],
  ["PUT", "/playlists/x", { name: "" }, "name"],
  ["GET", "/playlists/%00", undefined, "playlist_id"],
  ["GET", "/playlists?limit=x", undefined, "limit"],
] as const)("%s %s is refused by the name of the field", async (method, path, payload, field) => {
  const { status, body } = await rest.send(method, path, payload ? { payload } : {})
  expect(status).toBe(400)
  expect(body).toMatchObject({ error: { reason: "BAD_INPUT", fields: { [field]: expect.any(String) } } })
})
