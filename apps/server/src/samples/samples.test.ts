import { once } from "node:events"
import { mkdtemp, readdir, readFile, rm, utimes } from "node:fs/promises"
import { createServer, type RequestListener, type Server } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import Fastify, { type FastifyInstance } from "fastify"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { parseOrigins, usualOrigins } from "./sample-origins.ts"
import { createSampleStore } from "./sample-store.ts"
import { registerSamples, type SamplesOptions } from "./samples-door.ts"

const wav = Buffer.concat([Buffer.from("RIFF\u0024\u0000\u0000\u0000WAVE", "latin1"), Buffer.alloc(64)])

let folder: string
let closing: (() => Promise<unknown>)[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "samples-"))
  closing = [() => rm(folder, { recursive: true })]
})
afterEach(async () => {
  for (const close of closing.reverse()) await close()
})

async function openUpstream(listener: RequestListener): Promise<{ server: Server; origin: string; visits: string[] }> {
  const visits: string[] = []
  const server = createServer((request, response) => {
    visits.push(request.url ?? "")
    listener(request, response)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  closing.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return { server, origin: `http://127.0.0.1:${port}`, visits }
}

function openDoor(options: Partial<SamplesOptions>): FastifyInstance {
  const app = Fastify()
  registerSamples(app, { origins: [], folder, ...options })
  closing.push(() => app.close())
  return app
}

const get = (app: FastifyInstance, address: string, headers = {}) =>
  app.inject({ url: `/samples/${encodeURIComponent(address)}`, headers })

describe("GET /samples/", () => {
  it("fetches a sound once, keeps it, and lets browsers keep it for good", async () => {
    const { origin, visits } = await openUpstream((_, response) => {
      response.setHeader("content-type", "text/html")
      response.end(wav)
    })
    const app = openDoor({ origins: [origin] })
    const address = `${origin}/a b#1.wav?x=1`.replace("#", "%23")
    const first = await get(app, address)
    expect(first.statusCode).toBe(200)
    expect(first.headers).toMatchObject({
      "content-type": "audio/wav",
      "cache-control": "private, max-age=31536000, immutable",
    })
    expect(first.rawPayload.equals(wav)).toBe(true)
    const again = await get(openDoor({ origins: [origin] }), address)
    expect(again.rawPayload.equals(wav)).toBe(true)
    expect((await get(app, address, { "if-none-match": String(first.headers.etag) })).statusCode).toBe(304)
    expect(visits).toEqual(["/a%20b%231.wav?x=1"])
  })

  it("asks once for what several want at the same time", async () => {
    const { origin, visits } = await openUpstream((_, response) => setTimeout(() => response.end(wav), 50))
    const app = openDoor({ origins: [origin] })
    await Promise.all([1, 2, 3].map(() => get(app, `${origin}/a.wav`)))
    expect(visits).toHaveLength(1)
  })

  it("fetches a few at once, lets some wait, and refuses more in words", async () => {
    let open = 0
    let most = 0
    const { origin } = await openUpstream((_, response) => {
      most = Math.max(most, ++open)
      setTimeout(() => {
        open--
        response.end(wav)
      }, 100)
    })
    const app = openDoor({ origins: [origin], gate: { running: 2, waiting: 3 } })
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => get(app, `${origin}/${n}.wav`)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 200, 200, 200, 429, 429])
    expect(answers.find(({ statusCode }) => statusCode === 429)?.json().error.reason).toBe("SAMPLES_BUSY")
    expect(most).toBe(2)
    expect((await get(app, `${origin}/8.wav`)).statusCode).toBe(200)
  })

  it("refuses hosts that are not on the list, by whatever way they are named", async () => {
    const { origin, visits } = await openUpstream((_, response) => response.end(wav))
    const app = openDoor({ origins: usualOrigins })
    const port = new URL(origin).port
    for (const address of [
      `${origin}/a.wav`,
      `http://raw.githubusercontent.com/a.wav`,
      `https://raw.githubusercontent.com@127.0.0.1:${port}/a.wav`,
      `https://user:pass@raw.githubusercontent.com/a.wav`,
      "file:///etc/passwd",
      "data:application/json,{}",
      "samples",
      "",
    ]) {
      const refused = await get(app, address)
      expect([address, refused.statusCode, refused.json().error.reason]).toEqual([address, 403, "SAMPLE_REFUSED"])
    }
    expect(visits).toEqual([])
  })

  it("follows redirects within the list alone", async () => {
    const outside = await openUpstream((_, response) => response.end(wav))
    const inside = await openUpstream(({ url }, response) => {
      if (url === "/to") return response.end(wav)
      response.statusCode = 302
      response.setHeader("location", url === "/in" ? "/to" : url === "/round" ? "/round" : `${outside.origin}/secret`)
      response.end()
    })
    const app = openDoor({ origins: [inside.origin] })
    expect((await get(app, `${inside.origin}/in`)).statusCode).toBe(200)
    expect((await get(app, `${inside.origin}/out`)).json().error.reason).toBe("SAMPLE_REFUSED")
    expect((await get(app, `${inside.origin}/round`)).json().error.reason).toBe("SAMPLES_UNREACHABLE")
    expect(outside.visits).toEqual([])
  })

  it("passes on sounds and maps of sounds, and nothing else", async () => {
    const { origin } = await openUpstream(({ url }, response) => {
      response.end(
        url === "/map.json" ? '{"bd":"bd.wav"}' : url === "/page" ? "<!doctype html><script>1</script>" : '"x"',
      )
    })
    const app = openDoor({ origins: [origin] })
    const map = await get(app, `${origin}/map.json`)
    expect(map.headers["content-type"]).toMatch("application/json")
    expect(map.headers["cache-control"]).toBe("private, max-age=3600")
    for (const path of ["/page", "/text"]) {
      const refused = await get(app, origin + path)
      expect([refused.statusCode, refused.json().error.reason]).toEqual([415, "SAMPLE_NOT_SOUND"])
    }
  })

  it("says in a word why a file is not there", async () => {
    const { origin, server } = await openUpstream(({ url }, response) => {
      if (url === "/none") response.writeHead(404).end()
      else if (url === "/large") response.end(Buffer.concat([wav, Buffer.alloc(5_000)]))
      else if (url === "/map") response.end(`{"bd":["${"x".repeat(2_000)}"]}`)
      else if (url === "/broken") response.writeHead(500).end()
    })
    const app = openDoor({ origins: [origin], maxBytes: 4_000, maxMapBytes: 1_000, timeout: 300 })
    const reasonOf = async (path: string) => {
      const answer = await get(app, origin + path)
      return [answer.statusCode, answer.json().error.reason]
    }
    expect(await reasonOf("/none")).toEqual([404, "SAMPLE_NOT_FOUND"])
    expect(await reasonOf("/large")).toEqual([502, "SAMPLE_TOO_LARGE"])
    expect(await reasonOf("/map")).toEqual([502, "SAMPLE_TOO_LARGE"])
    expect(await reasonOf("/broken")).toEqual([502, "SAMPLES_UNREACHABLE"])
    expect(await reasonOf("/slow")).toEqual([504, "SAMPLES_TIMEOUT"])
    server.closeAllConnections()
    server.close()
    const begun = Date.now()
    expect(await reasonOf("/away")).toEqual([502, "SAMPLES_UNREACHABLE"])
    expect(Date.now() - begun).toBeLessThan(1_000)
  })
})

describe("the samples on disk", () => {
  it("keep within their room: what was not asked for the longest goes first", async () => {
    const store = createSampleStore({ folder, room: 2_500 })
    const sample = (sign: string) => ({ bytes: Buffer.alloc(1_000, sign), type: "audio/wav" })
    const { tag } = await store.keep("https://a/1", sample("1"))
    const old = new Date(Date.now() - 60_000)
    await utimes(join(folder, "contents", tag), old, old)
    await store.keep("https://a/2", sample("2"))
    await store.keep("https://a/3", sample("3"))
    await store.swept()
    expect(await store.find("https://a/1")).toBeNull()
    expect(await readFile((await store.find("https://a/3"))?.file ?? "", "utf8")).toBe("3".repeat(1_000))
    expect(await readdir(join(folder, "contents"))).toHaveLength(2)
  })

  it("are remembered under a limited number of addresses, and no answer waits for that", async () => {
    const store = createSampleStore({ folder, mostAddresses: 20 })
    const bytes = Buffer.alloc(1_000)
    for (let n = 0; n < 50; n++) {
      await store.keep(`https://a/x.wav?${n}`, { bytes, type: "audio/wav" })
      await store.swept()
    }
    expect((await readdir(join(folder, "addresses"))).length).toBeLessThanOrEqual(20)
    expect(await store.find("https://a/x.wav?49")).not.toBeNull()
    expect(await store.find("https://a/x.wav?0")).toBeNull()
  })
})

describe("the list of origins", () => {
  it("takes hosts as https, and http where it says so", () => {
    expect(parseOrigins("samples.example, https://b.example/,http://127.0.0.1:5432")).toEqual([
      "https://samples.example",
      "https://b.example",
      "http://127.0.0.1:5432",
    ])
    expect(() => parseOrigins("https://a.example/folder")).toThrow("is no origin")
    expect(() => parseOrigins("ftp://a.example")).toThrow("is no origin")
  })
})
