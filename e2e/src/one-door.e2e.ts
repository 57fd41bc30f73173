import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { connect, type Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"
import { expect, test } from "@playwright/test"
import { isAlive } from "@strudel-agent/process/is-alive"
import { listeningSockets, processTree } from "./listening-sockets.ts"
import { type OwnProduct, startOwnProduct } from "./own-product.ts"

const token = "a-token-of-some-length"
/** Milliseconds that an end may take on a machine that does much else; the product gives itself five seconds. */
const patience = 10_000

test.describe.configure({ mode: "serial", timeout: 180_000 })

let product: OwnProduct
test.beforeAll(async () => {
  product = await startOwnProduct({ STRUDEL_TOKEN: token, LOG_LEVEL: "trace" })
})
test.afterAll(() => product.remove())

const treeOf = ({ process: { pid } }: OwnProduct): number[] => (pid === undefined ? [] : processTree(pid))

/** Sends bytes to a port of this machine and resolves to what comes until the other side ends, or for two seconds. */
function say(port: number, bytes: string | Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes))
    socket.setTimeout(2_000, () => socket.destroy())
    socket.on("data", (part) => parts.push(part)).on("error", () => {})
    socket.on("close", () => resolve(Buffer.concat(parts)))
  })
}

const request = (line: string, ...headers: string[]) => [line, ...headers, "Connection: close", "", ""].join("\r\n")

/** What asks PostgreSQL for a session, and what answers its question after a password. */
function startup(): Buffer {
  const text = Buffer.from("user\0postgres\0database\0postgres\0\0")
  const head = Buffer.alloc(8)
  head.writeInt32BE(head.length + text.length, 0)
  head.writeInt32BE(196_608, 4)
  return Buffer.concat([head, text])
}

test("nothing that listens answers under another name, or without the token", async () => {
  const sockets = listeningSockets(treeOf(product))
  const database: unknown = JSON.parse(readFileSync(join(product.dataDir, "database.json"), "utf8"))
  const ports = sockets.map(({ port }) => port)
  expect(ports).toContain(Number(new URL(product.url).port))
  expect(database).toMatchObject({ port: expect.any(Number) })
  expect(sockets.length).toBeGreaterThanOrEqual(3)
  for (const { address } of sockets) expect(address).toBe("127.0.0.1")

  const paths = [
    "/",
    "/sessions",
    "/api/sessions",
    "/trpc/session.list?input=%7B%7D",
    "/icon.svg",
    "/_next/static/x.js",
  ]
  const lines = [
    ...paths.map((path) => `GET ${path} HTTP/1.1`),
    ...["POST /api/sessions HTTP/1.1", "HEAD / HTTP/1.1", "OPTIONS /api/sessions HTTP/1.1", "TRACE / HTTP/1.1"],
    ...["CONNECT 127.0.0.1:22 HTTP/1.1", "GET http://127.0.0.1/api/sessions HTTP/1.1", "GET /%61pi/sessions HTTP/1.1"],
  ]
  const upgrade = ["Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
  let refusals = 0
  for (const port of ports) {
    for (const host of ["evil.example", `127.0.0.1:${port}`]) {
      const asked = lines.map((line) => request(line, `Host: ${host}`))
      const socket = ["GET /_next/hmr HTTP/1.1", `Host: ${host}`, "Connection: Upgrade", ...upgrade, "", ""].join(
        "\r\n",
      )
      const answers = await Promise.all([...asked, socket].map((text) => say(port, text)))
      for (const [index, answer] of answers.entries()) {
        const status = /^HTTP\/1\.1 (\d{3})/.exec(answer.toString("latin1"))?.[1]
        if (status === undefined) continue
        expect([lines[index] ?? "upgrade", host, Number(status)]).toEqual([expect.anything(), host, refused(status)])
        refusals++
      }
    }
  }
  // The front door and the web app, each under two names.
  expect(refusals).toBeGreaterThan(4 * (lines.length - 1))
})

/** The same number where a status refuses. */
const refused = (status: string) => (/^4(?!04)/.test(status) ? Number(status) : "a refusal")

test("the database lets nobody in without its password", async () => {
  const { port }: { port: number } = JSON.parse(readFileSync(join(product.dataDir, "database.json"), "utf8"))
  const asked = await say(port, startup())
  // It asks for a password by SCRAM, which tells neither side anything.
  expect([String.fromCharCode(asked[0] ?? 0), asked.readInt32BE(5)]).toEqual(["R", 10])
  const guess = Buffer.from("p\0\0\0\x0dpassword\0", "latin1")
  const answer = (await say(port, Buffer.concat([startup(), guess]))).toString("latin1")
  expect(answer).toContain("E")
  expect(answer).toMatch(/FATAL/)
})

test("a newcomer is met by a page of its own, which stays away once it is closed", async ({ page }) => {
  await page.goto(`${product.url}/welcome?token=${token}`)
  await page.goto(product.url)
  await expect(page.getByRole("heading", { level: 1, name: "Music, by asking for it" })).toBeVisible()
  await expect(page.getByRole("navigation", { name: "Main" }).locator("[aria-current]")).toHaveCount(0)
  await expect(page.getByText("There is no model to ask yet.")).toBeVisible()
  const connect = page.getByRole("group", { name: "the command that connects Claude Code" })
  await expect(connect).toContainText(`${product.url}/mcp`)
  await page.getByRole("button", { name: /^To the sessions/ }).click()
  await expect(page).toHaveURL(/\/sessions$/)
  await page.goto(product.url)
  await expect(page.getByRole("heading", { level: 1, name: "Sessions" })).toBeVisible()
  await page.keyboard.press("g")
  await page.keyboard.press("w")
  await expect(page).toHaveURL(/\/welcome$/)
})

test("who brings the token has the data and the pages, though no log can be written", async () => {
  const headers = { authorization: `Bearer ${token}` }
  const made = await fetch(`${product.url}/api/sessions`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ session_name: "Behind the door" }),
  })
  expect(made.status).toBe(201)
  const page = await fetch(`${product.url}/sessions`, { headers })
  expect(page.status).toBe(200)
  expect(await page.text()).toContain("Behind the door")
})

test("a new library shows first steps that can be taken as they stand", async ({ page }) => {
  await page.goto(`${product.url}/sessions?token=${token}`)
  const steps = page.getByRole("region", { name: "First steps" })
  // The page knows its own address once it is alive.
  await expect(steps.getByRole("group", { name: "the command that imports" })).toContainText(product.url)
  const command = async (name: string) => (await steps.getByRole("group", { name }).textContent()) ?? ""
  const run = async (text: string) => {
    const env = { ...process.env, STRUDEL_TOKEN: token, INIT_CWD: "" }
    const cwd = join(import.meta.dirname, "..", "..")
    return (await promisify(execFile)("sh", ["-c", text], { env, cwd })).stdout
  }
  const withToken = (text: string) => text.replaceAll("curl ", `curl -H "authorization: Bearer $STRUDEL_TOKEN" `)

  expect(await run(withToken(await command("the command that starts a session")))).toContain(
    '"session_name":"My agent"',
  )
  const said = await run(withToken(await command("the commands that write and read")))
  expect(said).toContain('"last_index":0')
  expect(said).toContain("Hello from my agent.")
  await expect(page.getByRole("rowheader", { name: /My agent/ })).toBeVisible()

  const music = mkdtempSync(join(tmpdir(), "strudel-agent-music-"))
  try {
    mkdirSync(join(music, "first", "clips"), { recursive: true })
    writeFileSync(join(music, "first", "clips", "kick.js"), '$: s("bd*4")')
    const bring = await command("the command that imports")
    expect(bring).toContain(`STRUDEL_URL=${product.url} `)
    expect(await run(bring.replace("~/music/projects", music))).toContain("first: 1 file, 1 created (1 clip)")
  } finally {
    rmSync(music, { recursive: true, force: true })
  }
  await steps.getByRole("button", { name: /^Play/ }).click()
  await expect(page.getByRole("region", { name: "Player" })).toContainText("A first beat")
  await steps.getByRole("button", { name: "Close, and show them no more" }).click()
  await page.reload()
  await expect(page.getByRole("rowheader", { name: /My agent/ })).toBeVisible()
  await page.waitForFunction(() => document.documentElement.dataset.alive !== undefined)
  await expect(steps).toHaveCount(0)
})

test("the end comes soon with 300 connections to everything that listens, and shuts the database down in order", async () => {
  const sockets = listeningSockets(treeOf(product))
  const door = Number(new URL(product.url).port)
  const host = `Host: 127.0.0.1:${door}`
  const own = [host, `Authorization: Bearer ${token}`]
  const endless = JSON.stringify({ code: "for(;;);" })
  const watch = encodeURIComponent(JSON.stringify({ sessions: [], library: true }))
  const head = (line: string, ...headers: string[]) => [line, ...own, ...headers, "", ""].join("\r\n")
  const texts = [
    ...[
      "",
      "GET /ses",
      `GET / HTTP/1.1\r\n${host}\r\nX: `,
      head("GET /api/sessions HTTP/1.1"),
      head("GET /clips HTTP/1.1"),
    ],
    `${head("POST /api/sessions HTTP/1.1", "Content-Type: application/json", "Content-Length: 99")}{`,
    head(`GET /trpc/live.watch?input=${watch} HTTP/1.1`, "Accept: text/event-stream"),
    `${head("POST /api/analyze HTTP/1.1", "Content-Type: application/json", `Content-Length: ${endless.length}`)}${endless}`,
    head("GET / HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket"),
  ]
  const open: Socket[] = []
  const hold = (port: number, text: string) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text))
    open.push(socket.on("error", () => {}).pause())
  }
  for (const { port } of sockets) for (let count = 0; count < 20; count++) hold(port, count % 2 ? "" : "GET / HT")
  for (let count = 0; open.length < 300; count++) hold(door, texts[count % texts.length] ?? "")
  await expect.poll(() => open.filter(({ readyState }) => readyState === "open").length).toBeGreaterThan(200)
  const before = treeOf(product)
  const { code, milliseconds } = await product.end()
  expect(code).toBe(0)
  expect(milliseconds).toBeLessThan(patience)
  // What was killed stays in the list until somebody takes notice of it.
  await expect.poll(() => before.filter(isAlive), { timeout: 10_000 }).toEqual([])
  expect(readFileSync(join(product.dataDir, "postgres.log"), "utf8").trimEnd()).toMatch(/database system is shut down$/)
  for (const socket of open) socket.destroy()
})
