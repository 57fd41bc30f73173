import type { Client } from "@modelcontextprotocol/client"
import { createClient } from "@strudel-agent/client/client"
import { allTools } from "@strudel-agent/tools/all-tools"
import { callTool } from "@strudel-agent/tools/call-tool"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { connectHttp, fieldOf, type Server, startServer, textOf } from "./testing/front.ts"

let server: Server
let client: Client
beforeAll(async () => {
  server = await startServer()
  client = await connectHttp(server)
})
afterAll(async () => {
  await client.close()
  await server.close()
})

const call = (name: string, input: Record<string, unknown>) => client.callTool({ name, arguments: input })
const ids = (count: number) => Array.from({ length: count }, (_, index) => `none-${index}`)

it("does not compare versions of which all of many lines differ, and names both", async () => {
  const lines = (word: string) => Array.from({ length: 20_000 }, (_, index) => `// ${word}${index}`).join("\n")
  const key = { projectId: "large", id: "a" }
  await server.client.clip.create.mutate({ ...key, name: "A", code: lines("a") })
  await server.client.clip.update.mutate({ ...key, code: lines("b") })
  const compared = await call("compare_versions", { uri: "strudel://clip/large/a" })
  expect(compared.structuredContent).toMatchObject({ from: 1, to: 2, same: false })
  expect(String(fieldOf(compared, "diff"))).toMatch(
    /too different to compare.*strudel:\/\/clip\/large\/a\/1 and strudel:\/\/clip\/large\/a\/2/,
  )
})

describe("what is arranged", () => {
  it("has at most 500 clips in all its sections, which are counted before one is read", async () => {
    const sections = ids(11).map((name) => ({ name, bars: 1, clips: ids(50) }))
    const refused = await call("arrange_song", { project: "p", id: "s", sections })
    expect(textOf(refused)).toContain("sections: at most 500 clips in all of them together, not 550")
  })

  it("names ten of what is missing, and how many more", async () => {
    const sections = [{ name: "A", bars: 1, clips: ids(12) }]
    const clips = textOf(await call("arrange_song", { project: "p", id: "s", sections }))
    expect(clips).toContain("no clips none-0, none-1")
    expect(clips).toContain("none-9, and 2 more.")
    const songs = textOf(await call("arrange_playlist", { project: "p", id: "l", songs: ids(25) }))
    expect(songs).toContain("none-9, and 15 more.")
  })

  it.each([
    ["arrange_song", "clip.byId", { sections: [{ name: "A", bars: 1, clips: ["kick"] }] }],
    ["arrange_playlist", "song.byId", { songs: ["first"] }],
  ])("takes nothing for missing of which no answer came (%s)", async (name, path, input) => {
    const away = createClient({
      url: server.url,
      retries: { isDue: () => false, pause: () => 0 },
      fetch: (address, init) =>
        String(address).includes(path) ? Promise.reject(new TypeError("fetch failed")) : fetch(address, init),
    })
    const tool = allTools.find((each) => each.name === name)
    if (!tool) throw new Error(`there is no ${name}`)
    const result = await callTool(tool, { project: "p", id: "x", ...input }, { client: away, pageUrl: server.url })
    expect(result).toMatchObject({ ok: false, text: expect.stringContaining("No server answers") })
    expect(result.text).not.toContain("has no")
  })
})

it("answers HEAD as what it is not asked by, and not with a fault of its own", async () => {
  expect((await fetch(`${server.url}/mcp`, { method: "HEAD" })).status).toBe(404)
})

it("refuses a body of nothing as no JSON", async () => {
  const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" }
  const answer = await fetch(`${server.url}/mcp`, { method: "POST", headers, body: "" })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ error: { code: -32_700 } })
})
