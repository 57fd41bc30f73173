import { limits } from "@strudel-agent/contract/limits"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { openRest, type Rest, readPages } from "./testing/open-rest.ts"

let rest: Rest
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const noClip = { status: 404, body: { error: { reason: "CLIP_NOT_FOUND" } } }
const Ids = z.array(z.object({ clip_id: z.string() })).transform((rows) => rows.map(({ clip_id }) => clip_id))

const create = (project_id: string, clip_id: string, fields: Record<string, unknown> = {}) =>
  rest.post("/clips", { project_id, clip_id, name: clip_id, code: 's("bd")', ...fields })

test("a clip is created with its project and read by both paths", async () => {
  const created = await create("fresh", "kick", { name: "Kick", metadata: { bpm: 120, tags: ["drums"] } })
  expect(created.status).toBe(201)
  expect(created.body).toEqual({
    clip_id: "kick",
    project_id: "fresh",
    name: "Kick",
    code: 's("bd")',
    metadata: { bpm: 120, tags: ["drums"] },
    version: 1,
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
    state: null,
    problem: null,
  })
  expect((await rest.get("/projects/fresh")).body).toMatchObject({ name: "fresh", clip_count: 1 })
  for (const path of ["/clips/fresh/kick", "/clips/kick", "/clips/kick?project_id=fresh"]) {
    expect(await rest.get(path)).toMatchObject({ status: 200, body: created.body })
  }
  expect(await create("fresh", "kick")).toMatchObject({ status: 409, body: { error: { reason: "CLIP_EXISTS" } } })
})

test("only the fields that are sent change, as the next version", async () => {
  await create("edits", "bass", { metadata: { bpm: 90 } })
  const coded = await rest.put("/clips/edits/bass", { code: "note(36)" })
  expect(coded).toMatchObject({
    status: 200,
    body: { name: "bass", code: "note(36)", metadata: { bpm: 90 }, version: 2 },
  })
  const found = await rest.put("/clips/bass", { name: "Bass", metadata: { key: "a" }, code: null })
  expect(found).toMatchObject({
    status: 200,
    body: { name: "Bass", code: "note(36)", metadata: { key: "a" }, version: 3 },
  })
  const named = await rest.put("/clips/bass?project_id=edits", { name: "Sub" })
  expect(named).toMatchObject({ status: 200, body: { name: "Sub", version: 4 } })
  expect((await rest.get("/clips/edits/bass")).body).toEqual(named.body)
  expect(await rest.put("/clips/bass?project_id=other", { name: "x" })).toMatchObject(noClip)
})

describe("an id that several projects own", () => {
  test("is ambiguous until the project is said", async () => {
    for (const project of ["zeta", "alpha"]) await create(project, "shared")
    const answers = [
      await rest.get("/clips/shared"),
      await rest.put("/clips/shared", { name: "x" }),
      await rest.delete("/clips/shared"),
    ]
    for (const { status, body } of answers) {
      expect(status).toBe(409)
      expect(body).toEqual({
        error: {
          reason: "AMBIGUOUS_ID",
          message: "Several projects have an item of this id: alpha, zeta. Say which.",
          names: ["alpha", "zeta"],
        },
      })
    }
    expect((await rest.get("/clips/shared?project_id=zeta")).body).toMatchObject({ project_id: "zeta" })
    expect(await rest.delete("/clips/shared?project_id=zeta")).toMatchObject({ status: 204, text: "" })
    expect((await rest.get("/clips/shared")).body).toMatchObject({ project_id: "alpha" })
    expect(await rest.delete("/clips/shared")).toMatchObject({ status: 204, text: "" })
    expect(await rest.get("/clips/shared")).toMatchObject(noClip)
  })
})

test("a clip that a song uses stays", async () => {
  await create("used", "held")
  await rest.post("/songs", { project_id: "used", song_id: "s1", name: "Sunrise", clip_ids: ["held"] })
  for (const path of ["/clips/used/held", "/clips/held"]) {
    expect(await rest.delete(path)).toMatchObject({
      status: 409,
      body: { error: { reason: "CLIP_IN_USE", names: ["Sunrise"] } },
    })
  }
  await rest.delete("/songs/used/s1")
  expect(await rest.delete("/clips/used/held")).toMatchObject({ status: 204 })
})

test("clips are filtered", async () => {
  await create("filters", "one", { name: "Deep 100%", metadata: { bpm: 90.5, scale: "C:minor", tags: ["low"] } })
  await create("filters", "two", { code: "note('c e g')", metadata: { bpm: 120, tags: ["low", "high"] } })
  await create("filters", "three")
  const list = async (query: string) => (await rest.get(`/clips?project_id=filters&${query}`)).read(Ids)
  expect(await list("")).toEqual(["three", "two", "one"])
  expect(await list("q=100%25")).toEqual(["one"])
  expect(await list("q=C%20E")).toEqual(["two"])
  expect(await list("tag=low")).toEqual(["two", "one"])
  expect(await list("tag=high")).toEqual(["two"])
  expect(await list("scale=C:minor")).toEqual(["one"])
  expect(await list("bpm_min=90.5")).toEqual(["two", "one"])
  expect(await list("bpm_min=90.6")).toEqual(["two"])
  expect(await list("bpm_max=119.99")).toEqual(["one"])
  expect(await list("bpm_min=100&bpm_max=100")).toEqual([])
  expect(await list("nothing=1&nothing=2")).toEqual(["three", "two", "one"])
  expect(await list("sort=bpm")).toEqual(["one", "two", "three"])
  expect(await list("sound=loud,bright")).toEqual([])
  expect(await rest.get("/clips?sound=loud,purple")).toMatchObject({
    status: 400,
    body: { error: { fields: { sound: "must be some of quiet, loud, bright, dense, clips, with commas between" } } },
  })
})

test("every clip is on one page", async () => {
  const ids = Array.from({ length: 11 }, (_, i) => `c${i}`)
  await Promise.all(ids.map((id) => create("paged", id)))
  const pages = await readPages(rest, "/clips?project_id=paged&limit=4")
  expect(pages.map((page) => page.length)).toEqual([4, 4, 3])
  expect(Ids.parse(pages.flat()).sort()).toEqual(ids.sort())
})

test("a clip that is not there", async () => {
  for (const path of ["/clips/gone", "/clips/nowhere/gone", "/clips/gone?project_id=nowhere"]) {
    expect(await rest.get(path)).toMatchObject(noClip)
    expect(await rest.put(path, { name: "x" })).toMatchObject(noClip)
    expect(await rest.delete(path)).toMatchObject(noClip)
  }
})

test("code of exactly the limit", async () => {
  const code = "x".repeat(limits.codeBytes)
  expect((await create("long", "long", { code })).status).toBe(201)
  expect(await rest.put("/clips/long/long", { code: `${code}x` })).toMatchObject({
    status: 400,
    body: { error: { fields: { code: "at most 262,144 bytes, not at least 262,145 bytes" } } },
  })
})

const whole = { project_id: "a", clip_id: "a", name: "a", code: "" }

test.each([
  ["POST", "/clips", { ...whole, clip_id: undefined }, "clip_id"],
  ["POST", "/clips", { ...whole, clip_id: "a b" }, "clip_id"],
  ["POST", "/clips", { ...whole, project_id: "" }, "project_id"],
  ["POST", "/clips", { ...whole, name: " " }, "name"],
  ["POST", "/clips", { ...whole, code: undefined }, "code"],
  ["POST", "/clips", { ...whole, code: "a\u0000" }, "code"],
  ["POST", "/clips", { ...whole, metadata: 1 }, "metadata"],
  ["PUT", "/clips/a/a", { code: 1 }, "code"],
  ["PUT", "/clips/a", { name: "n".repeat(201) }, "name"],
  ["GET", "/clips/%00", undefined, "clip_id"],
  ["GET", "/clips/a/..b", undefined, "clip_id"],
  ["GET", "/clips/_a/b", undefined, "project_id"],
  ["GET", "/clips/a?project_id=", undefined, "project_id"],
  ["DELETE", "/clips/a?project_id=a&project_id=b", undefined, "project_id"],
  ["GET", "/clips?bpm_min=fast", undefined, "bpm_min"],
  ["GET", "/clips?bpm_min=1e2", undefined, "bpm_min"],
  ["GET", "/clips?bpm_max=-1", undefined, "bpm_max"],
  ["GET", "/clips?bpm_max=10001", undefined, "bpm_max"],
  ["GET", "/clips?bpm_max=90&bpm_max=91", undefined, "bpm_max"],
  ["GET", "/clips?limit=0", undefined, "limit"],
  ["GET", "/clips?cursor=bm8", undefined, "cursor"],
] as const)("%s %s %o is refused by the name of the field", async (method, path, payload, field) => {
  const { status, body } = await rest.send(method, path, payload ? { payload } : {})
  expect(status).toBe(400)
  expect(body).toMatchObject({ error: { reason: "BAD_INPUT", fields: { [field]: expect.any(String) } } })
})
