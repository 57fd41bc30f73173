import { gzipSync } from "node:zlib"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { openSampleHosts, outcome, wav } from "../testing/sample-hosts.ts"

let hosts: Awaited<ReturnType<typeof openSampleHosts>>
beforeEach(async () => {
  hosts = await openSampleHosts()
})
afterEach(() => hosts.close())

describe("a host of samples", () => {
  it("that is slow leaves places for others", async () => {
    const slow = await hosts.openHost(() => {})
    const quick = await hosts.openHost((_, response) => response.end(wav))
    const app = hosts.openDoor({ origins: [slow.origin, quick.origin], timeout: 2_000 })
    const waiting = Array.from({ length: 20 }, (_, n) => outcome(app, `${slow.origin}/${n}.wav`))
    await expect.poll(() => slow.visits.length).toBeGreaterThan(0)
    const first = await Promise.race([outcome(app, `${quick.origin}/a.wav`), Promise.any(waiting)])
    expect(first).toEqual([200])
    slow.server.closeAllConnections()
    slow.server.close()
    await Promise.allSettled(waiting)
  })

  it("that others lead on to has places of its own", async () => {
    const slow = await hosts.openHost(() => {})
    const quick = await hosts.openHost(({ url }, response) => {
      if (url?.startsWith("/on")) response.writeHead(302, { location: `${slow.origin}${url}` }).end()
      else response.end(wav)
    })
    const gate = { running: 2, perHost: 1, waiting: 20 }
    const app = hosts.openDoor({ origins: [slow.origin, quick.origin], gate, timeout: 2_000 })
    const led = [1, 2, 3].map((n) => outcome(app, `${quick.origin}/on/${n}.wav`))
    await expect.poll(() => slow.visits.length).toBe(1)
    expect(await Promise.race([outcome(app, `${quick.origin}/a.wav`), Promise.any(led)])).toEqual([200])
    slow.server.closeAllConnections()
    slow.server.close()
    await Promise.allSettled(led)
  })

  it("is not shut out by addresses that are none, though they bear its name", async () => {
    const { origin, visits } = await hosts.openHost((_, response) => response.end(wav))
    const app = hosts.openDoor({ origins: [origin] })
    const port = new URL(origin).port
    const bad = [
      ...["blob:", "filesystem:", "view-source:", "data:text/plain,"].map((scheme) => `${scheme}${origin}/a.wav`),
      ...[`http://user@127.0.0.1:${port}/a.wav`, `//127.0.0.1:${port}/a.wav`, "about:blank", "data:,", "blob:"],
      ...[`http://[::1]:${port}/a.wav`, `ftp://127.0.0.1:${port}/a.wav`],
    ]
    for (const address of bad) {
      expect([address, await outcome(app, address)]).toEqual([address, [403, "SAMPLE_REFUSED"]])
    }
    expect(visits).toEqual([])
    // Other ways to write the same address.
    for (const same of [`HTTP://127.0.0.1:${port}/a.wav`, `http://127.0.0.1.:${port}/a.wav`]) {
      expect(await outcome(app, same)).toEqual([200])
    }
  })

  it("is not shut out by redirects to what is no host, or not on the list", async () => {
    const elsewhere = await hosts.openHost((_, response) => response.end(wav))
    const { origin } = await hosts.openHost(({ url }, response) => {
      const location = decodeURIComponent(url?.slice(1) ?? "")
      if (location === "good.wav") return response.end(wav)
      // An origin alone is what a check of origins sees of a blob.
      response.writeHead(302, { location: location.replace("SELF", origin) }).end()
    })
    const app = hosts.openDoor({ origins: [origin] })
    const refused = [
      "blob:SELF/1f2e",
      "data:audio/wav;base64,AAAA",
      "filesystem:SELF/a",
      "about:blank",
      "file:///a.wav",
    ]
    for (const location of [...refused, `${elsewhere.origin}/a.wav`, "http://[", "javascript:0"]) {
      const answer = await outcome(app, `${origin}/${encodeURIComponent(location)}`)
      expect([location, answer]).toEqual([location, [403, "SAMPLE_REFUSED"]])
    }
    expect(await outcome(app, `${origin}/good.wav`)).toEqual([200])
    expect(elsewhere.visits).toEqual([])
  })

  it("is not shut out by a file that is slow, breaks off or is torn", async () => {
    const { origin } = await hosts.openHost(({ url, socket }, response) => {
      if (url === "/never.wav") return
      if (url === "/reset.wav") socket.destroy()
      else if (url === "/torn.wav") response.writeHead(200, { "content-length": 500 }).write(wav)
      else if (url === "/garbled.wav") response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip")
      else if (url === "/drip.wav") {
        response.write(wav)
        const drip = setInterval(() => response.write("."), 20)
        response.on("close", () => clearInterval(drip))
      } else response.end(wav)
      if (url === "/torn.wav") setTimeout(() => socket.destroy(), 20)
    })
    const app = hosts.openDoor({ origins: [origin], timeout: 300 })
    const bad = { never: "SAMPLES_TIMEOUT", drip: "SAMPLES_TIMEOUT", reset: "SAMPLES_UNREACHABLE" }
    for (const [file, reason] of Object.entries({
      ...bad,
      torn: "SAMPLES_UNREACHABLE",
      garbled: "SAMPLES_UNREACHABLE",
    })) {
      expect([file, (await outcome(app, `${origin}/${file}.wav`))[1]]).toEqual([file, reason])
      expect(await outcome(app, `${origin}/after-${file}.wav`)).toEqual([200])
    }
  })

  it("to which there is no way is let be for a while, and no other", async () => {
    const there = await hosts.openHost((_, response) => response.end(wav))
    const gone = await hosts.openHost(() => {})
    const app = hosts.openDoor({ origins: [there.origin, gone.origin] })
    gone.server.close()
    expect(await outcome(app, `${gone.origin}/a.wav`)).toEqual([502, "SAMPLES_UNREACHABLE"])
    gone.server.listen(Number(new URL(gone.origin).port), "127.0.0.1")
    expect(await outcome(app, `${gone.origin}/b.wav`)).toEqual([502, "SAMPLES_UNREACHABLE"])
    expect(gone.visits).toEqual([])
    expect(await outcome(app, `${there.origin}/a.wav`)).toEqual([200])
  })
})

describe("a file of samples", () => {
  it("is measured by what comes out of it, however it is packed", async () => {
    const bomb = gzipSync(Buffer.concat([wav, Buffer.alloc(20_000_000)]))
    const { origin } = await hosts.openHost(({ url, headers }, response) => {
      expect(headers["accept-encoding"]).toBe("identity")
      const packed = { "content-encoding": url === "/twice.wav" ? "gzip, gzip" : "gzip" }
      if (url === "/twice.wav") response.writeHead(200, packed).end(gzipSync(bomb))
      else response.writeHead(200, packed).end(url === "/bomb.wav" ? bomb : gzipSync(wav))
    })
    const app = hosts.openDoor({ origins: [origin], maxBytes: 100_000 })
    expect(bomb.length).toBeLessThan(100_000)
    expect(await outcome(app, `${origin}/bomb.wav`)).toEqual([502, "SAMPLE_TOO_LARGE"])
    expect(await outcome(app, `${origin}/twice.wav`)).toEqual([502, "SAMPLES_UNREACHABLE"])
    expect(await outcome(app, `${origin}/good.wav`)).toEqual([200])
  })

  it("that says itself that it is too large is not read", async () => {
    let sent = 0
    const { origin } = await hosts.openHost((_, response) => {
      response.writeHead(200, { "content-length": 10_000_000 })
      const more = () => {
        sent += 100_000
        if (sent < 10_000_000) response.write(Buffer.alloc(100_000), (error) => !error && more())
      }
      more()
    })
    const app = hosts.openDoor({ origins: [origin], maxBytes: 4_000 })
    expect(await outcome(app, `${origin}/a.wav`)).toEqual([502, "SAMPLE_TOO_LARGE"])
    expect(sent).toBeLessThan(10_000_000)
  })

  it("is no map of sounds when it is nested for its own sake", async () => {
    const { origin } = await hosts.openHost(({ url }, response) => {
      if (url === "/deep.json") response.end("[".repeat(500_000))
      else if (url === "/closed.json") response.end(`{"bd":${"[".repeat(90_000)}${"]".repeat(90_000)}}`)
      else response.end('{"bd":{"c3":["[[[[{{{{\\"[[.wav"]}}')
    })
    const app = hosts.openDoor({ origins: [origin] })
    for (const file of ["deep", "closed"]) {
      expect(await outcome(app, `${origin}/${file}.json`)).toEqual([415, "SAMPLE_NOT_SOUND"])
    }
    expect(await outcome(app, `${origin}/map.json`)).toEqual([200])
  })
})
