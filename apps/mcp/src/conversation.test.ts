import type { Client } from "@modelcontextprotocol/client"
import { createClient } from "@strudel-agent/client/client"
import { allTools } from "@strudel-agent/tools/all-tools"
import { callTool } from "@strudel-agent/tools/call-tool"
import { afterAll, beforeAll, expect, it } from "vitest"
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

/** The bytes of the file that an answer brings. */
function fileOf({ content }: { content: unknown }): Buffer {
  const parts: unknown[] = Array.isArray(content) ? content : []
  for (const part of parts) {
    if (typeof part !== "object" || part === null || !("resource" in part)) continue
    const { resource } = part
    if (typeof resource === "object" && resource !== null && "blob" in resource)
      return Buffer.from(String(resource.blob), "base64")
  }
  throw new Error("no file came")
}

it("makes a song of three clips from nothing: mends an invented function, versions, arranges and takes it out as MIDI", async () => {
  const session = String(fieldOf(await call("begin_session", { name: "First song", project: "night" }), "session_id"))
  const said = await call("append_messages", {
    session_id: session,
    messages: [{ role: "user", content: "Make me a dark little techno song." }],
  })
  const origin = { session_id: session, message_index: fieldOf(said, "last_index") }

  await call("save_clip", { project: "night", id: "kick", name: "Kick", code: 'setcpm(128/4)\ns("bd*4")', ...origin })
  await call("save_clip", {
    project: "night",
    id: "hats",
    name: "Hats",
    code: 'setcpm(128/4)\ns("hh*8").gain(.6)',
    ...origin,
  })

  const invented = {
    project: "night",
    id: "bass",
    name: "Bass",
    code: 'setcpm(128/4)\nnote("c2*8").s("sawtooth").lowpas(400)',
    ...origin,
  }
  const refused = await call("save_clip", invented)
  expect(refused.isError).toBe(true)
  expect(textOf(refused)).toMatch(
    /Nothing is stored.*line 2.*`lowpas` is not a function here: did you mean `\w+`\?.*Instead: .*lpf/s,
  )
  expect((await call("read", { uri: "strudel://clip/night/bass" })).isError).toBe(true)

  expect(textOf(await call("reference", { query: "darker low-pass" }))).toContain("lpf")
  const mended = await call("save_clip", { ...invented, code: invented.code.replace("lowpas", "lpf") })
  expect(mended.structuredContent).toMatchObject({ plays: true, bpm: 128, version: 1, created: true, errors: [] })

  const second = await call("save_clip", {
    project: "night",
    id: "bass",
    code: 'setcpm(128/4)\nnote("c2 c2 eb2 c2 g1 c2 bb1 c2").s("sawtooth").lpf(sine.range(200, 900))',
    expected_version: 1,
    ...origin,
  })
  expect(second.structuredContent).toMatchObject({ version: 2, created: false })
  const compared = await call("compare_versions", { uri: "strudel://clip/night/bass" })
  expect(textOf(compared)).toMatch(/^-note\("c2\*8"\).*^\+note\("c2 c2 eb2/ms)

  const song = {
    project: "night",
    id: "first",
    name: "First",
    sections: [
      { name: "Door", bars: 4, clips: ["kick"] },
      { name: "Stairs", bars: 8, clips: ["kick", "hats"] },
      { name: "Floor", bars: 16, clips: ["kick", "hats", "bass"] },
    ],
    ...origin,
  }
  expect((await call("arrange_song", song)).structuredContent).toMatchObject({ bars: 28, created: true })
  const stored = await server.client.song.byId.query({ projectId: "night", id: "first" })
  expect(stored.clipIds).toEqual(["kick", "kick", "hats", "kick", "hats", "bass"])

  const midi = fileOf(await call("export", { uri: "strudel://song/night/first", format: "midi" }))
  expect(midi.subarray(0, 4).toString()).toBe("MThd")
  // A track each for the tempo, the drum, the hat and the bass.
  expect(midi.readUInt16BE(10)).toBe(4)
  const code = textOf(await call("export", { uri: "strudel://song/night/first", format: "code" }))
  expect(await server.client.clip.analyze.mutate({ code })).toMatchObject({ ok: true })
  expect(textOf(await call("export", { uri: "strudel://song/night/first", format: "strudel_link" }))).toMatch(
    /^https:\/\/strudel\.cc\/#/,
  )

  const { items } = await server.client.clip.history.query({ projectId: "night", id: "bass" })
  expect(items.map(({ sessionId, messageIndex }) => [sessionId, messageIndex])).toEqual([
    [session, 0],
    [session, 0],
  ])
})

it("refuses a stale version with both texts, and loses neither", async () => {
  const clip = { project: "stale", id: "a" }
  await call("save_clip", { ...clip, code: 's("bd")' })
  await call("save_clip", { ...clip, code: 's("sd")', expected_version: 1 })
  const refused = await call("save_clip", { ...clip, code: 's("cp")', expected_version: 1 })
  expect(refused.isError).toBe(true)
  expect(textOf(refused)).toMatch(/at version 2, not 1.*expected_version: 2.*s\("sd"\).*s\("cp"\)/s)
  const unread = await call("save_clip", { ...clip, code: 's("cp")' })
  expect(textOf(unread)).toMatch(/exists already, as version 2.*s\("sd"\)/s)
  expect((await server.client.clip.byId.query({ projectId: "stale", id: "a" })).code).toBe('s("sd")')

  const song = { project: "stale", id: "s", sections: [{ name: "A", bars: 4, clips: ["a"] }] }
  await call("arrange_song", song)
  const other = await call("arrange_song", { ...song, sections: [{ name: "B", bars: 2, clips: ["a"] }] })
  expect(textOf(other)).toMatch(/exists already, as version 1.*## A \(4 bars\).*## B \(2 bars\)/s)
})

it("answers a list of twenty clips in under 2,000 tokens", async () => {
  for (let index = 0; index < 20; index++) {
    await server.client.clip.create.mutate({
      projectId: "many",
      id: `a-clip-with-a-name-of-usual-length-${index}`,
      name: `A clip with a name of usual length ${index}`,
      code: 's("bd*4, hh*8")',
      metadata: { bpm: 124, scale: "C:minor", tags: ["techno", "dark", "late-night"], description: "x".repeat(500) },
    })
  }
  for (const [name, input] of [
    ["list", { kind: "clip", project: "many" }],
    ["search", { query: "usual", project: "many", kinds: ["clip"] }],
  ] as const) {
    const result = await call(name, input)
    expect(fieldOf(result, "items")).toHaveLength(20)
    expect(textOf(result).length / 4).toBeLessThan(2000)
    expect(JSON.stringify(result.structuredContent).length / 4).toBeLessThan(2000)
  }
})

it("takes nothing away without being sure, and says how to undo it", async () => {
  await call("save_clip", { project: "gone", id: "a", code: 's("bd")' })
  const asked = await call("delete", { uri: "strudel://clip/gone/a" })
  expect(textOf(asked)).toMatch(/Nothing is deleted.*confirm: true/s)
  await call("arrange_song", { project: "gone", id: "s", sections: [{ name: "A", bars: 4, clips: ["a"] }] })
  expect(textOf(await call("delete", { uri: "strudel://clip/gone/a", confirm: true }))).toMatch(
    /used by the songs: s.*arrange_song/s,
  )
  await call("delete", { uri: "strudel://song/gone/s", confirm: true })
  expect(textOf(await call("delete", { uri: "strudel://clip/gone/a", confirm: true }))).toMatch(
    /To undo: save_clip.*s\("bd"\)/s,
  )
})

it("leaves a session that gets a message while it is to be deleted", async () => {
  const { id } = await server.client.session.create.mutate({ name: "Busy" })
  const messages = [{ role: "user" as const, content: "wait" }]
  const library = createClient({
    url: server.url,
    async fetch(url, init) {
      const answer = await fetch(url, init)
      if (String(url).includes("session.byId")) await server.client.message.append.mutate({ sessionId: id, messages })
      return answer
    },
  })
  const tool = allTools.find(({ name }) => name === "delete")
  const input = { uri: `strudel://session/${id}`, confirm: true }
  expect(tool && (await callTool(tool, input, { client: library, pageUrl: server.url }))).toEqual({
    ...{ ok: false, text: expect.stringContaining("other messages") },
  })
  expect(await server.client.session.byId.query({ id })).toMatchObject({ messageCount: 1 })
})

it("changes and deletes nothing by the address of one version", async () => {
  await call("save_clip", { project: "former", id: "a", code: 's("bd")' })
  await call("save_clip", { project: "former", id: "a", code: 's("sd")', expected_version: 1 })
  const uri = "strudel://clip/former/a/1"
  for (const [name, input] of [
    ["delete", { uri, confirm: true }],
    ["rename_or_tag", { uri, name: "Other" }],
    ["rename_or_tag", { uri, add_tags: ["other"] }],
  ] as const) {
    const refused = await call(name, input)
    expect([refused.isError, textOf(refused)]).toEqual([
      true,
      expect.stringContaining("call again with strudel://clip/former/a."),
    ])
  }
  expect(textOf(await call("restore_version", { uri, version: 2 }))).toContain("the uri names version 1")
  const clip = await server.client.clip.byId.query({ projectId: "former", id: "a" })
  expect(clip).toMatchObject({ name: "a", version: 2, code: 's("sd")', metadata: {} })
})

it("tells in the undo of a deletion all that is lost but the versions", async () => {
  const { client: library } = server
  const key = { projectId: "undo", id: "x" }
  await library.clip.create.mutate({
    ...key,
    name: "Clip X",
    code: "silence",
    metadata: { key: "E minor", tags: ["a"] },
  })
  await library.song.create.mutate({ ...key, name: "Song X", body: "# Song text\n", metadata: { key: "F minor" } })
  await library.playlist.create.mutate({ ...key, name: "Set X", body: "# Set text\n", metadata: { key: "G minor" } })
  const undoOf = async (kind: string) =>
    String(fieldOf(await call("delete", { uri: `strudel://${kind}/undo/x`, confirm: true }), "undo"))
  expect(await undoOf("playlist")).toMatch(/name: Set X.*"key":"G minor".*# Set text/s)
  expect(await undoOf("song")).toMatch(/name: Song X.*"key":"F minor".*# Song text/s)
  expect(await undoOf("clip")).toMatch(/name: Clip X.*"key":"E minor".*"tags":\["a"\].*silence/s)
})
