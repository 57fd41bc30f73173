import { randomUUID } from "node:crypto"
import { limits } from "@strudel-agent/contract/limits"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { openRest, type Rest } from "./testing/open-rest.ts"

let rest: Rest
let session: string
let path: string
beforeAll(async () => {
  rest = await openRest()
})
beforeEach(async () => {
  session = randomUUID()
  path = `/sessions/${session}/memory-files`
  await rest.post("/sessions", { session_id: session })
})
afterAll(() => rest.close())

const at = (filePath: string) => `${path}?file_path=${encodeURIComponent(filePath)}`
const refusal = (status: number, reason: string) => ({ status, body: { error: { reason } } })

test("a file is added and listed, the primary one first", async () => {
  expect((await rest.get(path)).body).toEqual([])
  const added = await rest.post(path, { file_path: "notes/ä b.md" })
  expect(added.status).toBe(201)
  expect(added.body).toEqual({
    file_path: "notes/ä b.md",
    is_primary: false,
    loaded: false,
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
  })
  const primary = await rest.post(path, { file_path: "zz.md", is_primary: true, loaded: true })
  expect(primary.body).toMatchObject({ is_primary: true, loaded: true })
  const { status, body } = await rest.get(path)
  expect(status).toBe(200)
  expect(body).toEqual([primary.body, added.body])
  expect(await rest.get(`${path}/primary`)).toMatchObject({ status: 200, body: primary.body })
})

test("null is as good as nothing", async () => {
  const added = await rest.post(path, { file_path: "a.md", is_primary: null, loaded: null })
  expect(added).toMatchObject({ status: 201, body: { is_primary: false, loaded: false } })
})

test("one file is primary", async () => {
  await rest.post(path, { file_path: "a.md", is_primary: true })
  await rest.post(path, { file_path: "b.md", is_primary: true })
  expect((await rest.get(`${path}/primary`)).body).toMatchObject({ file_path: "b.md" })
  const changed = await rest.patch(at("a.md"), { is_primary: true })
  expect(changed).toMatchObject({ status: 200, body: { file_path: "a.md", is_primary: true, loaded: false } })
  expect((await rest.get(path)).body).toMatchObject([
    { file_path: "a.md", is_primary: true },
    { file_path: "b.md", is_primary: false },
  ])
  await rest.patch(at("a.md"), { is_primary: false, loaded: true })
  expect((await rest.get(path)).body).toMatchObject([{ is_primary: false, loaded: true }, { is_primary: false }])
  expect(await rest.get(`${path}/primary`)).toMatchObject(refusal(404, "MEMORY_FILE_NOT_FOUND"))
})

test("a file is there once", async () => {
  await rest.post(path, { file_path: "a.md" })
  expect(await rest.post(path, { file_path: " a.md " })).toMatchObject(refusal(409, "MEMORY_FILE_EXISTS"))
})

test("a session holds a thousand", async () => {
  const sessionId = session
  await rest.database.db.memoryFile.createMany({
    data: Array.from({ length: limits.memoryFiles }, (_, i) => ({ sessionId, filePath: `${i}.md` })),
  })
  expect(await rest.post(path, { file_path: "more.md" })).toMatchObject(refusal(409, "MEMORY_FILES_FULL"))
})

test("a file is taken away", async () => {
  await rest.post(path, { file_path: "a&b=c.md" })
  expect(await rest.delete(at("a&b=c.md"))).toMatchObject({ status: 204, text: "" })
  expect((await rest.get(path)).body).toEqual([])
  expect(await rest.delete(at("a&b=c.md"))).toMatchObject(refusal(404, "MEMORY_FILE_NOT_FOUND"))
  expect(await rest.patch(at("a&b=c.md"), { loaded: true })).toMatchObject(refusal(404, "MEMORY_FILE_NOT_FOUND"))
})

test("a session that is not there has none", async () => {
  path = `/sessions/${randomUUID()}/memory-files`
  expect(await rest.get(path)).toMatchObject(refusal(404, "SESSION_NOT_FOUND"))
  expect(await rest.get(`${path}/primary`)).toMatchObject(refusal(404, "MEMORY_FILE_NOT_FOUND"))
  expect(await rest.post(path, { file_path: "a.md" })).toMatchObject(refusal(404, "SESSION_NOT_FOUND"))
  expect(await rest.patch(at("a.md"), {})).toMatchObject(refusal(404, "SESSION_NOT_FOUND"))
  expect(await rest.delete(at("a.md"))).toMatchObject(refusal(404, "MEMORY_FILE_NOT_FOUND"))
})

test.each([
  ["POST", "", {}, "file_path"],
  ["POST", "", { file_path: " " }, "file_path"],
  ["POST", "", { file_path: "a".repeat(501) }, "file_path"],
  ["POST", "", { file_path: "a\u0000" }, "file_path"],
  ["POST", "", { file_path: "a", loaded: "yes" }, "loaded"],
  ["PATCH", "", {}, "file_path"],
  ["PATCH", "?file_path=", {}, "file_path"],
  ["PATCH", "?file_path=a&file_path=b", {}, "file_path"],
  ["PATCH", "?file_path=a", { is_primary: 1 }, "is_primary"],
  ["DELETE", "", {}, "file_path"],
  ["DELETE", "?file_path=%00", {}, "file_path"],
] as const)("%s %s %o is refused by the name of the field", async (method, query, payload, field) => {
  const { status, body } = await rest.send(method, `${path}${query}`, { payload })
  expect(status).toBe(400)
  expect(body).toMatchObject({ error: { reason: "BAD_INPUT", fields: { [field]: expect.any(String) } } })
})
