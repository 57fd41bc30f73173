import { brotliDecompressSync, gunzipSync } from "node:zlib"
import { afterAll, beforeAll, expect, it } from "vitest"
import { openRest, type Rest } from "../testing/open-rest.ts"

let rest: Rest
let sessionId: string
beforeAll(async () => {
  rest = await openRest()
  const { caller } = rest
  sessionId = (await caller.session.create({ name: "é" })).id
  const messages = Array.from({ length: 40 }, (_, n) => ({
    role: "user" as const,
    content: `${n} ${"kick ".repeat(40)}🥁`,
  }))
  await caller.message.append({ sessionId, messages })
  await caller.clip.create({ projectId: "p", id: "large", name: "Large", code: "// kick\n".repeat(1000) })
})
afterAll(() => rest.close())

const get = (path: string, headers: Record<string, string>) => rest.app.inject({ url: `/api${path}`, headers })

it.each([
  ["gzip", gunzipSync],
  ["br", brotliDecompressSync],
] as const)("a page comes in %s where that is asked for", async (encoding, unpack) => {
  for (const path of [`/messages/${sessionId}`, "/clips?project_id=p", "/clips/p/large"]) {
    const plain = await get(path, {})
    const packed = await get(path, { "accept-encoding": `${encoding}, identity;q=0.5` })
    expect([plain.headers["content-encoding"], packed.headers["content-encoding"]]).toEqual([undefined, encoding])
    expect(packed.headers.vary).toContain("accept-encoding")
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2)
    expect(unpack(packed.rawPayload).toString()).toBe(plain.payload)
  }
})

it("what is small, not asked for or refused comes as it is", async () => {
  const answers = await Promise.all([
    get("/sessions", { "accept-encoding": "gzip" }),
    get(`/messages/${sessionId}`, { "accept-encoding": "gzip;q=0" }),
    get(`/messages/${sessionId}`, { "accept-encoding": "zstd" }),
    get("/sessions/none", { "accept-encoding": "gzip" }),
  ])
  expect(answers.map(({ headers }) => headers["content-encoding"])).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

it.each(["/sessions", "/clips", "page"])(
  "%s is not told again to who has it, and is where it changed",
  async (name) => {
    const path = name === "page" ? `/messages/${sessionId}` : name
    const first = await rest.get(path)
    const tag = String(first.headers.etag)
    expect(tag).toMatch(/^W\/"[\w-]{27}"$/)
    const ask = (value: string) => rest.send("GET", path, { headers: { "if-none-match": value } })
    for (const value of [tag, `"other", ${tag}`, tag.replace("W/", ""), "*"]) {
      const again = await ask(value)
      expect([again.status, again.text, again.headers.etag]).toEqual([304, "", tag])
    }
    await rest.caller.message.append({ sessionId, messages: [{ role: "user", content: "more" }] })
    await rest.caller.clip.create({ projectId: "p", id: `more-${name.replace("/", "")}`, name: "More", code: "" })
    const changed = await ask(tag)
    expect([changed.status, changed.headers.etag === tag]).toEqual([200, false])
    expect((await ask("no tag")).status).toBe(400)
  },
)
