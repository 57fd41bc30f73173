import { expect, it } from "vitest"
import type { Heard } from "./heard.ts"
import { distanceOf, figuresOf, likenessOf } from "./likeness.ts"

const heard: Heard = {
  ...{ seconds: 8, loudness: -14, peak: -1, clips: 0, silence: 0, bands: [-20, -18, -24, -30, -36, -80] },
  ...{ onsets: 4, brightness: 900, width: 0.1, key: null, tempo: 120 },
  ...{ unheard: [], masked: [], waveform: [], course: [] },
}
const apart = (more: Partial<Heard>) => distanceOf(likenessOf(heard), likenessOf({ ...heard, ...more }))

it("takes a sound for the same however loud it is, and at twice the tempo", () => {
  expect(apart({ loudness: -4, peak: 9, bands: heard.bands.map((level) => level + 10) })).toBeCloseTo(0)
  expect(apart({ tempo: 240 })).toBeCloseTo(0)
})

it("tells each plainly heard difference as about 1", () => {
  expect(apart({ brightness: 1_800 })).toBeCloseTo(1)
  expect(apart({ onsets: 9 })).toBeCloseTo(1)
  expect(apart({ width: 0.35 })).toBeCloseTo(1)
  expect(apart({ silence: 0.5 })).toBeCloseTo(1)
  expect(apart({ tempo: 120 * Math.SQRT2 })).toBeCloseTo(1)
  expect(apart({ tempo: null })).toBeCloseTo(0.5)
  expect(apart({ bands: [-20, -18, -24, -30, -46, -80] })).toBeCloseTo(1, 1)
})

it("compares no silence", () => {
  expect(figuresOf({ ...heard, loudness: null, peak: null, brightness: null, onsets: 0 })).toEqual({
    ...{ loudness: null, peak: null, brightness: null, density: null, clipping: false, likeness: [] },
  })
  expect(likenessOf(heard)).toHaveLength(12)
})
