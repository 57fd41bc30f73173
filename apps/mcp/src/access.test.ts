import { afterAll, beforeAll, describe, expect, it } from "vitest"
import {
  buildProgram,
  connectHttp,
  connectStdio,
  revisions,
  type Server,
  startServer,
  textOf,
} from "./testing/front.ts"

const token = "a-token-of-some-length"
let server: Server
let guarded: Server
const built = buildProgram()
beforeAll(async () => {
  server = await startServer()
  guarded = await startServer({ token })
})
afterAll(async () => {
  await server.close()
  await guarded.close()
  built.remove()
})

const namesOver = async (connecting: ReturnType<typeof connectHttp>) => {
  const client = await connecting
  const { tools } = await client.listTools()
  await client.close()
  return tools.map(({ name }) => name)
}

const reading = ["search", "list", "read", "check_code", "listen", "reference", "compare_versions", "export"]

describe.each(revisions)("a client of revision %s", (revision) => {
  it.each([
    ["a header", { headers: { "x-strudel-read-only": "true" } }],
    ["its address", { query: "?read_only=true" }],
    ["its address, without a value", { query: "?read_only" }],
  ])("is given only what changes nothing by %s", async (_by, options) => {
    expect(await namesOver(connectHttp(server, { revision, ...options }))).toEqual(reading)
  })

  it.each([
    ["a header", { headers: { "x-strudel-tools": "read, search" } }],
    ["its address", { query: "?tools=read,search" }],
  ])("is given the tools that it names by %s", async (_by, options) => {
    expect(await namesOver(connectHttp(server, { revision, ...options }))).toEqual(["search", "read"])
  })

  it("is given them by flags and by the environment of the program", async () => {
    const { program } = built
    expect(await namesOver(connectStdio(server, { program, revision, args: ["--read-only"] }))).toEqual(reading)
    expect(await namesOver(connectStdio(server, { program, revision, args: ["--tools", "read,search"] }))).toEqual([
      "search",
      "read",
    ])
    const env = { STRUDEL_READ_ONLY: "true", STRUDEL_TOOLS: "save_clip,read" }
    expect(await namesOver(connectStdio(server, { program, revision, env }))).toEqual(["read"])
  })

  it("brings the token, where there is one", async () => {
    const headers = { authorization: `Bearer ${token}` }
    expect(await namesOver(connectHttp(guarded, { revision, headers }))).toContain("save_clip")
    await expect(connectHttp(guarded, { revision })).rejects.toThrow()
    const over = { program: built.program, revision }
    const known = await connectStdio(guarded, { ...over, env: { STRUDEL_TOKEN: token } })
    expect((await known.callTool({ name: "list", arguments: { kind: "clip" } })).isError).toBeFalsy()
    await known.close()
    const unknown = await connectStdio(guarded, over)
    expect(textOf(await unknown.callTool({ name: "list", arguments: { kind: "clip" } }))).toContain("STRUDEL_TOKEN")
    await unknown.close()
  })
})

it("does not call a tool that was left out", async () => {
  const client = await connectHttp(server, { query: "?read_only=1" })
  const saving = client.callTool({ name: "save_clip", arguments: { project: "p", id: "a", code: "silence" } })
  await expect(saving).rejects.toThrow(/save_clip/)
  await client.close()
  expect((await server.client.clip.list.query({})).items).toEqual([])
})

const json = { "content-type": "application/json", accept: "application/json, text/event-stream" }
const ping = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "ping" })
const post = (url: string, { headers = {}, body = ping }: { headers?: Record<string, string>; body?: string } = {}) =>
  fetch(`${url}/mcp`, { method: "POST", headers: { ...json, ...headers }, body })

/** Lists of tools that name none. */
const nameless: [by: string, query: string, headers: Record<string, string>][] = [
  ["an address", "?tools=", {}],
  ["an address with a comma alone", "?tools=,", {}],
  ["a blank header", "", { "x-strudel-tools": "" }],
]

describe("the door", () => {
  it("refuses what a page of another origin sends, and who does not know the token, in the form of its protocol", async () => {
    const foreign = await post(server.url, { headers: { origin: "https://evil.example" } })
    expect([foreign.status, await foreign.json()]).toMatchObject([
      403,
      { jsonrpc: "2.0", id: null, error: { data: { reason: "ORIGIN_REFUSED" } } },
    ])
    const stranger = await post(guarded.url)
    expect([stranger.status, stranger.headers.get("www-authenticate")]).toEqual([401, "Bearer"])
    expect(await stranger.json()).toMatchObject({ error: { data: { reason: "TOKEN_REQUIRED" } } })
    expect((await post(server.url)).status).toBe(200)
  })

  it("says that a body is no JSON, is of another type, or is too large", async () => {
    const broken = await post(server.url, { body: "{" })
    expect([broken.status, await broken.json()]).toMatchObject([400, { error: { code: -32_700 } }])
    expect((await post(server.url, { headers: { "content-type": "text/plain" } })).status).toBe(415)
    const large = await post(server.url, { body: `"${"x".repeat(17 * 1024 * 1024)}"` }).catch(() => undefined)
    expect(large?.status ?? 413).toBe(413)
  })

  it.each(nameless)(
    "refuses a list of tools without a name, by %s, rather than to give all of them",
    async (_by, query, headers) => {
      const answer = await fetch(`${server.url}/mcp${query}`, {
        method: "POST",
        headers: { ...json, ...headers },
        body: ping,
      })
      expect(answer.status).toBeGreaterThanOrEqual(400)
    },
  )

  it("refuses names of tools that do not exist, and goes on", async () => {
    const answer = await fetch(`${server.url}/mcp?tools=serch`, { method: "POST", headers: json, body: ping })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect((await post(server.url)).status).toBe(200)
  })
})

it("says how it is called where its flags or its environment are wrong, with the code for that", async () => {
  const { spawnSync } = await import("node:child_process")
  const run = (args: string[], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [built.program, ...args], { env: { PATH: process.env.PATH, ...env }, encoding: "utf8" })
  expect(run(["--help"])).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining("--read-only") })
  expect(run(["--nonsense"])).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("--nonsense") })
  expect(run(["--tools", "serch"])).toMatchObject({ status: 2, stderr: expect.stringContaining("did you mean search") })
  expect(run(["--tools", ""])).toMatchObject({ status: 2, stderr: expect.stringContaining("names none") })
  expect(run([], { STRUDEL_URL: "nowhere" })).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("STRUDEL_URL"),
  })
})

it("tells advice where no server answers, and works once there is one", async () => {
  const client = await connectStdio({ url: "http://127.0.0.1:9" }, { program: built.program })
  const result = await client.callTool({ name: "list", arguments: { kind: "clip" } })
  expect([result.isError, textOf(result)]).toEqual([true, expect.stringContaining("No server answers")])
  await expect(client.readResource({ uri: "strudel://clip/house/kick" })).rejects.toMatchObject({
    code: -32_603,
    message: expect.stringContaining("No server answers"),
  })
  const looked = await client.callTool({ name: "reference", arguments: { query: "lpf" } })
  expect(textOf(looked)).toContain("low-pass")
  await client.close()
})
