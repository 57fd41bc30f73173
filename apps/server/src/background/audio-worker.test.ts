import { type Ear, EarUnavailable, NotHeard } from "@strudel-agent/ear/ear"
import type { Heard } from "@strudel-agent/ear/heard"
import { createAnalyser } from "@strudel-agent/strudel/analyser"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { openTestDoor, type TestDoor } from "../testing/test-door.ts"
import { startAnalysisWorker } from "./analysis-worker.ts"
import { startAudioWorker } from "./audio-worker.ts"

const heard: Heard = {
  ...{ seconds: 12, loudness: -14, peak: -1, clips: 0, silence: 0, bands: [-20, -18, -24, -30, -36, -80] },
  ...{ onsets: 4, brightness: 900, width: 0.1, key: null, tempo: 120, unheard: [], masked: [] },
  ...{ waveform: [10, 20], course: [[-20, -18, -24, -30, -36, -80]] },
}

let test: TestDoor
let ends: (() => Promise<unknown>)[] = []

/** Starts what listens to code and what measures sound, with an ear that answers so. */
function start(listen: Ear["listen"]) {
  const { database } = test
  const analyser = createAnalyser()
  const listener = startAnalysisWorker({ database, analyser: createAnalyser() })
  const measurer = startAudioWorker({ database, analyser, ear: { listen, close() {} } })
  ends = [() => measurer.stop(), () => listener.stop(), () => analyser.close()]
  const stop = async () => {
    for (const end of ends.splice(0)) await end()
  }
  return { stop }
}

beforeEach(async () => {
  test = await openTestDoor({ measuresAudio: true })
})
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
  await test.close()
})

const key = { projectId: "house", id: "kick" }
const clip = () => test.client.clip
const create = (code: string) => clip().create.mutate({ ...key, name: "Kick", code })
const audio = (version?: number) => clip().audio.query(version === undefined ? key : { ...key, version })
const measured = async (state: string) =>
  vi.waitFor(async () => expect((await audio()).state).toBe(state), { timeout: 50_000, interval: 50 })

it("measures what plays from its first cycle on, and tells what a change did to it", async () => {
  await create('setcpm(30)\n$: s("bd*4")\n$: s("hh*8")')
  expect(await audio()).toMatchObject({ version: 1, state: "waiting", audio: null, words: [], changes: [] })
  const listen = vi.fn<Ear["listen"]>(async () => heard)
  start(listen)
  await measured("measured")
  expect(listen).toHaveBeenCalledTimes(1)
  expect(listen.mock.calls[0]?.[0]).toMatchObject({ cps: 0.5, cycles: 6, layers: true, maps: [] })
  expect(listen.mock.calls[0]?.[0].haps).toHaveLength(72)
  expect(await audio()).toMatchObject({ audio: heard, words: expect.arrayContaining(["-14 LUFS"]), before: null })

  listen.mockResolvedValue({ ...heard, loudness: -11, clips: 2, peak: 0.3, bands: [-16, -18, -24, -30, -36, -80] })
  await clip().update.mutate({ ...key, code: 'setcpm(30)\n$: s("bd*4").gain(2)' })
  await measured("measured")
  const changes = ["loudness up 3 dB", "sub up 4 dB", "peaks at 0.3 dBFS: clips"]
  expect(await audio()).toMatchObject({ version: 2, before: 1, changes })
  expect(await audio(1)).toMatchObject({ version: 1, state: "measured", changes: [] })
})

it("takes over what is known of the same code, and measures nothing that makes no sound", async () => {
  await create('s("bd*4")')
  const listen = vi.fn<Ear["listen"]>(async () => heard)
  start(listen)
  await measured("measured")
  await clip().update.mutate({ ...key, name: "Big kick" })
  expect(await audio()).toMatchObject({ version: 2, state: "measured", before: 1, changes: [] })
  await clip().update.mutate({ ...key, code: "silence" })
  await measured("none")
  expect(listen).toHaveBeenCalledTimes(1)
})

it("says why a sound cannot be measured, and tries it no more", async () => {
  await create('s("bd*4")')
  const listen = vi.fn<Ear["listen"]>(() => Promise.reject(new NotHeard("It takes too long to render")))
  start(listen)
  await measured("failed")
  expect(await audio()).toMatchObject({ problem: "It takes too long to render", audio: null })
  expect(listen).toHaveBeenCalledTimes(1)
})

it("gives a version back where the ear is not there, without counting the attempt", async () => {
  await create('s("bd*4")')
  const listen = vi.fn<Ear["listen"]>(() => Promise.reject(new EarUnavailable("The child does not start")))
  const { stop } = start(listen)
  await vi.waitFor(() => expect(listen).toHaveBeenCalled(), { timeout: 50_000, interval: 50 })
  await stop()
  const rows = await test.database.db.$queryRaw`
    SELECT audio_attempts::int AS attempts, audio_claimed_until AS claimed, state FROM clip_versions`
  expect(rows).toEqual([{ attempts: 0, claimed: null, state: "plays" }])
  start(async () => heard)
  await measured("measured")
})

it("refuses what is not there, and has the same at REST", async () => {
  await create('s("bd*4")')
  await expect(clip().audio.query({ ...key, id: "none" })).rejects.toThrow("There is no such clip")
  await expect(audio(7)).rejects.toThrow("no such version")
  const answer = await fetch(`${test.url}/api/projects/house/clips/kick/audio?version=1`)
  expect(await answer.json()).toMatchObject({ version: 1, state: "waiting", audio: null })
})
