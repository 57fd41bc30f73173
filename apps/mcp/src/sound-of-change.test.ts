import type { Client } from "@modelcontextprotocol/client"
import { storeAudio } from "@strudel-agent/database/queries/clip/audio"
import { afterEach, expect, it, vi } from "vitest"
import { connectHttp, fieldOf, type Server, startServer, textOf } from "./testing/front.ts"

const key = { projectId: "house", id: "kick" }
const figures = {
  ...{ seconds: 12, loudness: -14, peak: -1, clips: 0, silence: 0, bands: [-20, -18, -24, -30, -36, -80] },
  ...{ onsets: 4, brightness: 900, width: 0.1, key: null, tempo: 120, unheard: [], masked: [] },
  ...{ waveform: [10, 20], course: [[-20, -18, -24, -30, -36, -80]] },
}

let server: Server
let client: Client
afterEach(async () => {
  await client.close()
  await server.close()
})

const save = (code: string, more: object = {}) =>
  client.callTool({ name: "save_clip", arguments: { project: "house", id: "kick", code, ...more } })

const store = (version: number, audio: typeof figures) => {
  const { loudness, peak, brightness, onsets: density } = audio
  const found = { loudness, peak, brightness, density, clipping: false, likeness: [] }
  return storeAudio(server.database.db, { ...key, version }, { audio, figures: found })
}

it("tells whoever changed a clip what that did to its sound, as soon as it is measured", async () => {
  server = await startServer({ measuresAudio: true })
  client = await connectHttp(server)
  expect(textOf(await save('s("bd*4")'))).not.toContain("Its sound")
  await store(1, figures)
  const saving = save('s("bd*4").gain(2)', { expected_version: 1 })
  await vi.waitFor(async () => expect((await server.client.clip.byId.query(key)).version).toBe(2), { timeout: 20_000 })
  await store(2, { ...figures, loudness: -10, brightness: 1_500 })
  const saved = await saving
  expect(textOf(saved)).toContain("Its sound: since version 1, loudness up 4 dB, brighter.")
  expect(fieldOf(saved, "sound")).toBe("since version 1, loudness up 4 dB, brighter.")
})

it("does not wait for what nobody measures", async () => {
  server = await startServer()
  client = await connectHttp(server)
  await save('s("bd*4")')
  const saved = await save('s("bd*2")', { expected_version: 1 })
  expect(fieldOf(saved, "version")).toBe(2)
  expect(fieldOf(saved, "sound")).toBeUndefined()
})

it("finds clips by how they sound, and those that sound like one", async () => {
  server = await startServer({ measuresAudio: true })
  client = await connectHttp(server)
  const likenessOf = (brightness: number) => Array.from({ length: 12 }, (_, place) => (place === 6 ? brightness : 0))
  for (const [id, loudness, octave] of [
    ["kick", -20, 7],
    ["low", -10, 7.5],
    ["high", -9, 13],
  ] as const) {
    await server.client.clip.create.mutate({ projectId: "house", id, name: id, code: 's("bd")' })
    const found = { loudness, peak: -1, brightness: 2 ** octave, density: 2, clipping: false }
    await storeAudio(
      server.database.db,
      { projectId: "house", id, version: 1 },
      { audio: figures, figures: { ...found, likeness: likenessOf(octave) } },
    )
  }
  const search = async (asked: Record<string, unknown>) =>
    textOf(await client.callTool({ name: "search", arguments: asked })).split("\n")
  const uri = (id: string) => expect.stringContaining(`strudel://clip/house/${id}`)
  expect(await search({ sound: "bright" })).toEqual([uri("high")])
  expect(await search({ sort: "loudness" })).toEqual([uri("high"), uri("low"), uri("kick")])
  expect(await search({ like: "strudel://clip/house/kick" })).toEqual([uri("low")])
  expect((await search({ like: "strudel://song/house/night" })).join()).toContain("only clips are compared")
})

it("tells where a server hears no songs", async () => {
  server = await startServer()
  client = await connectHttp(server)
  await save('s("bd*4")')
  await server.client.song.create.mutate({ projectId: "house", id: "night", name: "Night", clipIds: ["kick"] })
  const heard = await client.callTool({ name: "listen", arguments: { uri: "strudel://song/house/night" } })
  expect(textOf(heard)).toContain("This server measures no sound")
})
