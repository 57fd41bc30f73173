import { type Ear, NotHeard } from "@strudel-agent/ear/ear"
import type { Heard } from "@strudel-agent/ear/heard"
import { expect, it, vi } from "vitest"
import { createSongListener } from "./song-listener.ts"

const heard: Heard = {
  ...{ seconds: 12, loudness: -14, peak: -1, clips: 0, silence: 0, bands: [-20, -18, -24, -30, -36, -80] },
  ...{ onsets: 4, brightness: 900, width: 0.1, key: null, tempo: 120, unheard: [], masked: [] },
  ...{ waveform: [], course: [] },
}
const job = { haps: [], cps: 0.5, cycles: 1, maps: [], layers: false }
const { signal } = new AbortController()

it("listens to one song at a time, refuses more than may wait, and forgets at once who leaves", async () => {
  const { enter } = createSongListener({ listen: async () => heard, close() {} })
  const leave = await enter(signal)
  const leaving = new AbortController()
  const gone = enter(leaving.signal)
  const waiting = Array.from({ length: 7 }, () => enter(signal))
  await expect(enter(signal)).rejects.toMatchObject({ reason: "ANALYSER_BUSY" })
  leaving.abort(new Error("left"))
  await expect(gone).rejects.toThrow("left")
  waiting.push(enter(signal))
  leave()
  for (const turn of waiting) (await turn)()
})

it("tells what cannot be rendered, and goes on with the next", async () => {
  const listen = vi
    .fn<Ear["listen"]>()
    .mockRejectedValueOnce(new NotHeard("It takes too much memory"))
    .mockResolvedValue(heard)
  const songs = createSongListener({ listen, close() {} })
  expect(await songs.listen(job, signal)).toEqual({ problem: "It takes too much memory" })
  expect(await songs.listen(job, signal)).toEqual(heard)
})
