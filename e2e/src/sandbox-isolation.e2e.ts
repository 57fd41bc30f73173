import { createSocket } from "node:dgram"
import { once } from "node:events"
import { createServer } from "node:http"
import { expect, type Page, test } from "@playwright/test"

import { forgeries, probes } from "./sandbox-probes.ts"
import { openBench } from "./sandbox-steps.ts"
import { wholeBrowser } from "./whole-browser.ts"

test.use(wholeBrowser)

/** A server of somebody else, for HTTP and for datagrams, that writes down who came. */
async function openOther() {
  const visits: string[] = []
  const server = createServer(({ url }, response) => {
    visits.push(url ?? "")
    response.setHeader("access-control-allow-origin", "*")
    response.end("x")
  })
  server.on("upgrade", ({ url }, socket) => {
    visits.push(`upgrade ${url}`)
    socket.destroy()
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const stun = createSocket("udp4")
  stun.on("message", () => visits.push("datagram"))
  stun.bind(0, "127.0.0.1")
  await once(stun, "listening")
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  return {
    visits,
    other: `http://127.0.0.1:${port}`,
    stun: `127.0.0.1:${stun.address().port}`,
    close() {
      server.closeAllConnections()
      server.close()
      stun.close()
    },
  }
}

/** A text in single quotes, which Strudel does not read as mini notation. */
const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n")}'`

/**
 * Runs a probe as a clip: what it found is the name of the sound that the clip plays. An indirect eval sees the realm
 * itself, past what stands in for a browser's globals.
 */
function probeClip(page: Page, body: string): Promise<string> {
  const code = `
let found = 'nothing'
try { found = String(await Promise.race([(0, eval)(${quoted(`(async () => { ${body} })()`)}), new Promise((done) => setTimeout(() => done('nothing'), 900))])) } catch (error) { found = 'threw ' + error.name }
pure({ s: found })`
  return page.evaluate(async (clip) => {
    const answer = await globalThis.bench.sandbox.analyse({ sources: [{ key: "probe", code: clip }], cycles: 1 })
    if (!answer.ok) return `refused: ${answer.error.message}`
    return String(answer.haps[0]?.value.s)
  }, code)
}

async function probeFrame(page: Page, body: string): Promise<string> {
  const frame = page.frames().find((each) => each.url().endsWith("/sandbox.html"))
  if (!frame) return "the frame is gone"
  const probe = `(async () => { try { return String(await Promise.race([(async () => { ${body} })(), new Promise((done) => setTimeout(() => done('nothing'), 900))])) } catch (error) { return 'threw ' + error.name } })()`
  return frame.evaluate<string>(probe).catch((error: Error) => `lost: ${error.message.slice(0, 60)}`)
}

function watchProduct(page: Page): string[] {
  const requests: string[] = []
  page.context().on("requestfinished", (request) => {
    if (request.url().includes("?probe")) requests.push(`${request.method()} ${request.url()}`)
  })
  return requests
}

for (const [realm, probe] of [
  ["clip code", probeClip],
  ["the frame itself", probeFrame],
] as const) {
  test(`${realm} reaches nothing`, async ({ page, baseURL }) => {
    test.setTimeout(180_000)
    const other = await openOther()
    try {
      const requests = watchProduct(page)
      const popups: string[] = []
      page.context().on("page", (opened) => popups.push(opened.url()))
      await openBench(page, "/")
      const address = page.url()
      const all = probes({ ...other, own: baseURL ?? "" })
      const results: { [name: string]: string } = {}
      for (const [name, body] of Object.entries(all)) results[name] = await probe(page, body)
      console.log(
        Object.entries(results)
          .map(([name, result]) => `${name}: ${result}`)
          .join("\n"),
      )
      // What a probe cannot even try would look like a target out of reach.
      expect(Object.values(results).filter((result) => /REACHED|^refused: |SyntaxError/.test(result))).toEqual([])
      expect(Object.keys(results).length).toBeGreaterThan(40)
      expect({ visits: other.visits, requests, popups }).toEqual({ visits: [], requests: [], popups: [] })
      await fetch(`${other.other}/counted`)
      expect(other.visits).toEqual(["/counted"])
      expect(page.url()).toBe(address)
      expect(await page.evaluate(() => `${document.cookie} ${localStorage.getItem("probe")}`)).toBe(" null")
    } finally {
      other.close()
    }
  })
}

test("clip code has no hold on the messages between the worker and the player", async ({ page }) => {
  await openBench(page, "/")
  const results: { [name: string]: string } = {}
  for (const [name, body] of Object.entries(forgeries)) results[name] = await probeClip(page, body)
  console.log(JSON.stringify(results, null, 1))
  expect(Object.entries(results).filter(([, result]) => /REACHED|undefined/.test(result))).toEqual([])
})

test("a page elsewhere can neither frame the sandbox nor ask the server from it", async ({ request, baseURL }) => {
  const page = await request.get(`${baseURL}/sandbox.html`, { headers: { "sec-fetch-site": "same-origin" } })
  expect(page.headers()["content-security-policy"]).toMatch(
    /^default-src 'none'; script-src 'sha256-[\w+/=]+' 'unsafe-eval' data:; worker-src blob:; .*frame-ancestors 'self'; sandbox allow-scripts$/,
  )
  for (const origin of ["null", "http://elsewhere.example"]) {
    const refused = await request.get(`${baseURL}/api/projects`, { headers: { origin } })
    expect(refused.status()).toBe(403)
  }
})
