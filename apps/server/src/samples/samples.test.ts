import { readdir, readFile, utimes } from "node:fs/promises"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { get, openSampleHosts, outcome, wav } from "../testing/sample-hosts.ts"
import { parseOrigins, usualOrigins } from "./sample-origins.ts"
import { createSampleStore } from "./sample-store.ts"

let hosts: Awaited<ReturnType<typeof openSampleHosts>>
beforeEach(async () => {
  hosts = await openSampleHosts()
})
afterEach(() => hosts.close())

describe("GET /samples/", () => {
  it("fetches a sound once, keeps it, and lets browsers keep it for good", async () => {
    const { origin, visits } = await hosts.openHost((_, response) => {
      response.setHeader("content-type", "text/html")
      response.end(wav)
    })
    const app = hosts.openDoor({ origins: [origin] })
    const address = `${origin}/a b#1.wav?x=1`.replace("#", "%23")
    const first = await get(app, address)
    expect(first.statusCode).toBe(200)
    expect(first.headers).toMatchObject({
      "content-type": "audio/wav",
      "cache-control": "private, max-age=31536000, immutable",
    })
    expect(first.rawPayload.equals(wav)).toBe(true)
    const again = await get(hosts.openDoor({ origins: [origin] }), address)
    expect(again.rawPayload.equals(wav)).toBe(true)
    expect((await get(app, address, { "if-none-match": String(first.headers.etag) })).statusCode).toBe(304)
    expect(visits).toEqual(["/a%20b%231.wav?x=1"])
  })

  it("asks once for what several want at the same time", async () => {
    const { origin, visits } = await hosts.openHost((_, response) => setTimeout(() => response.end(wav), 50))
    const app = hosts.openDoor({ origins: [origin] })
    await Promise.all([1, 2, 3].map(() => get(app, `${origin}/a.wav`)))
    expect(visits).toHaveLength(1)
  })

  it("fetches a few at once, lets some wait, and refuses more in words", async () => {
    let open = 0
    let most = 0
    const { origin } = await hosts.openHost((_, response) => {
      most = Math.max(most, ++open)
      setTimeout(() => {
        open--
        response.end(wav)
      }, 100)
    })
    const app = hosts.openDoor({ origins: [origin], gate: { running: 2, waiting: 3 } })
    const answers = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => get(app, `${origin}/${n}.wav`)))
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 200, 200, 200, 200, 429, 429])
    expect(answers.find(({ statusCode }) => statusCode === 429)?.json().error.reason).toBe("SAMPLES_BUSY")
    expect(most).toBe(2)
    expect((await get(app, `${origin}/8.wav`)).statusCode).toBe(200)
  })

  it("refuses hosts that are not on the list, by whatever way they are named", async () => {
    const { origin, visits } = await hosts.openHost((_, response) => response.end(wav))
    const app = hosts.openDoor({ origins: usualOrigins })
    const port = new URL(origin).port
    for (const address of [
      `${origin}/a.wav`,
      `http://raw.githubusercontent.com/a.wav`,
      "https://raw.githubusercontent.com./a.wav",
      "https://raw.githubusercontent.com:8443/a.wav",
      "https://raw。githubusercontent.com.evil.example/a.wav",
      "https://raw.githubuserсontent.com/a.wav",
      "https://[::ffff:7f00:1]/a.wav",
      "//raw.githubusercontent.com/a.wav",
      "wss://raw.githubusercontent.com/a.wav",
      "blob:https://raw.githubusercontent.com/1f2e",
      "filesystem:https://raw.githubusercontent.com/temporary/a.wav",
      "about:blank",
      "javascript:0",
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
    const outside = await hosts.openHost((_, response) => response.end(wav))
    const inside = await hosts.openHost(({ url }, response) => {
      if (url === "/to") return response.end(wav)
      response.statusCode = 302
      response.setHeader("location", url === "/in" ? "/to" : url === "/round" ? "/round" : `${outside.origin}/secret`)
      response.end()
    })
    const app = hosts.openDoor({ origins: [inside.origin] })
    expect((await get(app, `${inside.origin}/in`)).statusCode).toBe(200)
    expect((await get(app, `${inside.origin}/out`)).json().error.reason).toBe("SAMPLE_REFUSED")
    expect((await get(app, `${inside.origin}/round`)).json().error.reason).toBe("SAMPLES_UNREACHABLE")
    expect(outside.visits).toEqual([])
  })

  it("passes on sounds and maps of sounds, and nothing else", async () => {
    const { origin } = await hosts.openHost(({ url }, response) => {
      response.end(
        url === "/map.json" ? '{"bd":"bd.wav"}' : url === "/page" ? "<!doctype html><script>1</script>" : '"x"',
      )
    })
    const app = hosts.openDoor({ origins: [origin] })
    const map = await get(app, `${origin}/map.json`)
    expect(map.headers["content-type"]).toMatch("application/json")
    expect(map.headers["cache-control"]).toBe("private, max-age=3600")
    for (const path of ["/page", "/text"]) {
      const refused = await get(app, origin + path)
      expect([refused.statusCode, refused.json().error.reason]).toEqual([415, "SAMPLE_NOT_SOUND"])
    }
  })

  it("passes on fonts as plain text, also long ones, and no other script", async () => {
    const font = `console.log('load _tone_0000_A_sf2_file');\nvar _tone_0000_A_sf2_file={\n\tzones:[{file:'${"A".repeat(5_000)}'}]};`
    const scripts: { [path: string]: string } = {
      "/font.js": font,
      "/bare.js": font.slice(font.indexOf("var")),
      "/other.js": "console.log('load _tone_a'); alert(1)",
      "/half.js": "console.log('load ",
      "/long.js": `console.log('x')${" ".repeat(5_000)}`,
    }
    const { origin } = await hosts.openHost(({ url = "" }, response) => response.end(scripts[url]))
    const app = hosts.openDoor({ origins: [origin], maxMapBytes: 4_000 })
    for (const path of ["/font.js", "/bare.js"]) {
      const answer = await get(app, origin + path)
      expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "text/plain; charset=utf-8"])
      expect(answer.body).toBe(scripts[path])
      expect(answer.headers["content-security-policy"]).toMatch("sandbox")
    }
    for (const path of ["/other.js", "/half.js", "/long.js"]) {
      expect(await outcome(app, origin + path), path).toEqual([415, "SAMPLE_NOT_SOUND"])
    }
  })

  it("says in a word why a file is not there", async () => {
    const { origin, server } = await hosts.openHost(({ url }, response) => {
      if (url === "/none") response.writeHead(404).end()
      else if (url === "/large") response.end(Buffer.concat([wav, Buffer.alloc(5_000)]))
      else if (url === "/map") response.end(`{"bd":["${"x".repeat(2_000)}"]}`)
      else if (url === "/broken") response.writeHead(500).end()
    })
    const app = hosts.openDoor({ origins: [origin], maxBytes: 4_000, maxMapBytes: 1_000, timeout: 300 })
    const reasonOf = (path: string) => outcome(app, origin + path)
    expect(await reasonOf("/none")).toEqual([404, "SAMPLE_NOT_FOUND"])
    expect(await reasonOf("/large")).toEqual([502, "SAMPLE_TOO_LARGE"])
    expect(await reasonOf("/map")).toEqual([502, "SAMPLE_TOO_LARGE"])
    expect(await reasonOf("/broken")).toEqual([502, "SAMPLES_UNREACHABLE"])
    expect(await reasonOf("/slow")).toEqual([504, "SAMPLES_TIMEOUT"])
    server.closeAllConnections()
    server.close()
    const begun = Date.now()
    expect(await reasonOf("/away")).toEqual([502, "SAMPLES_UNREACHABLE"])
    expect(Date.now() - begun).toBeLessThan(10_000)
  })
})

describe("the samples on disk", () => {
  it("keep within their room: what was not asked for the longest goes first", async () => {
    const store = createSampleStore({ folder: hosts.folder, room: 2_500 })
    const sample = (sign: string) => ({ bytes: Buffer.alloc(1_000, sign), type: "audio/wav" })
    const { tag } = await store.keep("https://a/1", sample("1"))
    const old = new Date(Date.now() - 60_000)
    await utimes(join(hosts.folder, "contents", tag), old, old)
    await store.keep("https://a/2", sample("2"))
    await store.keep("https://a/3", sample("3"))
    await store.swept()
    expect(await store.find("https://a/1")).toBeNull()
    expect(await readFile((await store.find("https://a/3"))?.file ?? "", "utf8")).toBe("3".repeat(1_000))
    expect(await readdir(join(hosts.folder, "contents"))).toHaveLength(2)
  })

  it("are remembered under a limited number of addresses, and no answer waits for that", async () => {
    const store = createSampleStore({ folder: hosts.folder, mostAddresses: 20 })
    const bytes = Buffer.alloc(1_000)
    for (let n = 0; n < 50; n++) {
      await store.keep(`https://a/x.wav?${n}`, { bytes, type: "audio/wav" })
      await store.swept()
    }
    expect((await readdir(join(hosts.folder, "addresses"))).length).toBeLessThanOrEqual(20)
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
    for (const entry of ["ftp://a.example", "blob:https://a.example", "https://a@b.example", "https://a.example?x"]) {
      expect(() => parseOrigins(entry)).toThrow("is no origin")
    }
  })
})
