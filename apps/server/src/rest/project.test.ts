import { limits } from "@strudel-agent/contract/limits"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { openRest, type Rest, readPages } from "./testing/open-rest.ts"

let rest: Rest
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const noProject = { status: 404, body: { error: { reason: "PROJECT_NOT_FOUND" } } }
const Ids = z.array(z.object({ project_id: z.string() })).transform((rows) => rows.map(({ project_id }) => project_id))

test("a project is created and read", async () => {
  const created = await rest.post("/projects", { project_id: "house", name: " House " })
  expect(created.status).toBe(201)
  expect(created.body).toEqual({
    project_id: "house",
    name: "House",
    description: "",
    metadata: {},
    clip_count: 0,
    song_count: 0,
    playlist_count: 0,
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
  })
  expect(await rest.get("/projects/house")).toMatchObject({ status: 200, body: created.body })
  expect(await rest.post("/projects", { project_id: "house", name: "Again" })).toMatchObject({
    status: 409,
    body: { error: { reason: "PROJECT_EXISTS" } },
  })
})

test("only the fields that are sent change", async () => {
  await rest.post("/projects", { project_id: "partial", name: "Old", description: "# Notes", metadata: { bpm: 90 } })
  const named = await rest.put("/projects/partial", { name: "New" })
  expect(named).toMatchObject({ status: 200, body: { name: "New", description: "# Notes", metadata: { bpm: 90 } } })
  const described = await rest.put("/projects/partial", { description: "", metadata: { key: "a" }, name: null })
  expect(described.body).toMatchObject({ name: "New", description: "", metadata: { key: "a" } })
  expect((await rest.get("/projects/partial")).body).toEqual(described.body)
})

test("a project says how much it holds, and goes with it", async () => {
  for (const clip_id of ["a", "b"]) await rest.post("/clips", { clip_id, project_id: "full", name: clip_id, code: "" })
  await rest.post("/songs", { song_id: "s", project_id: "full", name: "S", clip_ids: ["a", "b"] })
  await rest.post("/playlists", { playlist_id: "p", project_id: "full", name: "P", song_ids: ["s"] })
  expect((await rest.get("/projects/full")).body).toMatchObject({
    name: "full",
    clip_count: 2,
    song_count: 1,
    playlist_count: 1,
  })
  expect(await rest.delete("/projects/full")).toMatchObject({ status: 204, text: "" })
  for (const path of ["/clips/full/a", "/songs/full/s", "/playlists/full/p"]) {
    expect((await rest.get(path)).status).toBe(404)
  }
})

test("projects are listed by pages, the last changed first", async () => {
  for (let i = 0; i < 7; i++) await rest.post("/projects", { project_id: `paged-${i}`, name: `Paged ${i}` })
  await rest.put("/projects/paged-2", { description: "changed" })
  const pages = await readPages(rest, "/projects?q=paged&limit=3")
  expect(pages.map((page) => page.length)).toEqual([3, 3, 1])
  expect(Ids.parse(pages.flat())).toEqual([2, 6, 5, 4, 3, 1, 0].map((i) => `paged-${i}`))
  expect((await rest.get("/projects?q=pAgEd%206")).read(Ids)).toEqual(["paged-6"])
  expect((await rest.get("/projects?q=nothing")).body).toEqual([])
})

test("a project that is not there", async () => {
  expect(await rest.get("/projects/gone")).toMatchObject(noProject)
  expect(await rest.put("/projects/gone", { name: "x" })).toMatchObject(noProject)
  expect(await rest.delete("/projects/gone")).toMatchObject(noProject)
})

test.each([
  ["POST", "/projects", {}, "project_id"],
  ["POST", "/projects", { project_id: "a/b", name: "x" }, "project_id"],
  ["POST", "/projects", { project_id: "a..b", name: "x" }, "project_id"],
  ["POST", "/projects", { project_id: "a", name: "" }, "name"],
  ["POST", "/projects", { project_id: "a", name: "n".repeat(201) }, "name"],
  ["POST", "/projects", { project_id: "a", name: "a", description: "d".repeat(limits.bodyBytes + 1) }, "description"],
  ["PUT", "/projects/house", { metadata: "bpm" }, "metadata"],
  ["PUT", "/projects/house", { name: "\u0000" }, "name"],
  ["GET", "/projects/-house", undefined, "project_id"],
  ["GET", "/projects/%00", undefined, "project_id"],
  ["GET", "/projects?limit=201", undefined, "limit"],
  ["DELETE", `/projects/${"a".repeat(101)}`, undefined, "project_id"],
] as const)("%s %s is refused by the name of the field", async (method, path, payload, field) => {
  const { status, body } = await rest.send(method, path, payload ? { payload } : {})
  expect(status).toBe(400)
  expect(body).toMatchObject({ error: { reason: "BAD_INPUT", fields: { [field]: expect.any(String) } } })
})
