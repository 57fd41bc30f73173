import { type Ear, NotHeard } from "@strudel-agent/ear/ear"
import type { Heard } from "@strudel-agent/ear/heard"
import { expect, it, vi } from "vitest"
import { createSectionListener } from "./section-listener.ts"

const heard: Heard = {
  ...{ seconds: 12, loudness: -14, peak: -1, clips: 0, silence: 0, bands: [-20, -18, -24, -30, -36, -80] },
  ...{ onsets: 4, brightness: 900, width: 0.1, key: null, tempo: 120, unheard: [], masked: [] },
  ...{ waveform: [], course: [] },
}
const job = { haps: [], cps: 0.5, cycles: 1, maps: [], layers: false }
const { signal } = new AbortController()

it("renders one section at a time, and refuses more than may wait", async () => {
  const ends: (() => void)[] = []
  const listen = vi.fn<Ear["listen"]>(() => new Promise((resolve) => ends.push(() => resolve(heard))))
  const hear = createSectionListener({ listen, close() {} })
  const asked = Array.from({ length: 8 }, () => hear(job, signal))
  await expect(hear(job, signal)).rejects.toMatchObject({ reason: "ANALYSER_BUSY" })
  for (let count = 1; count <= 8; count++) {
    await vi.waitFor(() => expect(listen).toHaveBeenCalledTimes(count))
    ends[count - 1]?.()
  }
  expect(await Promise.all(asked)).toEqual(asked.map(() => heard))
  const more = hear(job, signal)
  await vi.waitFor(() => expect(listen).toHaveBeenCalledTimes(9))
  ends[8]?.()
  expect(await more).toEqual(heard)
})

it("tells what cannot be rendered, and goes on with the next", async () => {
  const listen = vi
    .fn<Ear["listen"]>()
    .mockRejectedValueOnce(new NotHeard("It takes too much memory"))
    .mockResolvedValue(heard)
  const hear = createSectionListener({ listen, close() {} })
  expect(await hear(job, signal)).toEqual({ problem: "It takes too much memory" })
  expect(await hear(job, signal)).toEqual(heard)
})
