import { Entry } from "@strudel-agent/reference/entry"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { z } from "zod"
import { openRest, type Rest } from "./testing/open-rest.ts"

let rest: Rest
beforeAll(async () => {
  rest = await openRest()
})
afterAll(() => rest.close())

const Found = z.object({ items: z.array(Entry), exact: z.boolean(), nearest: z.array(z.string()) })
const ifNotSame = (path: string, etag: string) => rest.send("GET", path, { headers: { "if-none-match": etag } })
const search = async (query: string) => (await rest.get(`/reference?${query}`)).read(Found)

describe("GET /reference", () => {
  test("finds by name and by purpose, of a kind alone where one is told", async () => {
    const { items, exact } = await search("q=lpf&limit=1")
    expect({ name: items[0]?.name, kind: items[0]?.kind, exact }).toEqual({ name: "lpf", kind: "control", exact: true })
    expect((await search("q=stutter")).items.map(({ name }) => name)).toContain("ply")
    expect((await search("q=jazz&kind=scale")).items.every(({ kind }) => kind === "scale")).toBe(true)
  })

  test("tells all there is where nothing is asked for, as many as are asked for", async () => {
    expect((await search("")).items).toHaveLength(20)
    expect((await search("limit=2000")).items.length).toBeGreaterThan(1000)
    expect((await rest.get("/reference?limit=2001")).status).toBe(400)
    expect((await rest.get("/reference?kind=nothing")).body).toMatchObject({
      error: { fields: { kind: expect.any(String) } },
    })
  })

  test("names what is near where nothing is called so", async () => {
    expect(await search("q=lfp")).toMatchObject({ exact: false, nearest: expect.arrayContaining(["lpf"]) })
  })

  test("answers a reader who has it already without it", async () => {
    const first = await rest.get("/reference?q=room")
    const etag = String(first.headers.etag)
    expect(first.headers["cache-control"]).toBe("private, no-cache")
    const again = await ifNotSame("/reference?q=room", etag)
    expect({ status: again.status, etag: again.headers.etag }).toEqual({ status: 304, etag })
    expect((await ifNotSame("/reference?q=lpf", etag)).status).toBe(200)
  })
})

describe("GET /reference/{name}", () => {
  test("tells what is called so, by an alias and by a sign as well", async () => {
    const byName = await rest.get("/reference/lpf")
    expect(byName.read(Entry)).toMatchObject({ name: "lpf", kind: "control", signature: "lpf(hertz)" })
    expect((await rest.get("/reference/cutoff")).body).toEqual(byName.body)
    expect((await rest.get(`/reference/${encodeURIComponent("/")}`)).body).toMatchObject({ kind: "notation" })
    const again = await ifNotSame("/reference/lpf", String(byName.headers.etag))
    expect(again.status).toBe(304)
  })

  test("takes the kind where things of several are called so", async () => {
    expect((await rest.get("/reference/square?kind=sound")).body).toMatchObject({ kind: "sound" })
    expect((await rest.get("/reference/square?kind=signal")).body).toMatchObject({ kind: "signal" })
    expect((await rest.get("/reference/square?kind=bank")).status).toBe(404)
  })

  test("names what is nearly called so where nothing is", async () => {
    const { status, body } = await rest.get("/reference/lpff")
    expect(status).toBe(404)
    const names = expect.arrayContaining(["lpf"])
    expect(body).toMatchObject({
      error: { reason: "REFERENCE_NOT_FOUND", message: expect.stringContaining("lpf"), names },
    })
    expect((await rest.get("/reference/__proto__")).status).toBe(404)
    expect((await rest.get(`/reference/${"x".repeat(201)}`)).status).toBe(400)
  })
})
