import { expect, it } from "vitest"
import { spectrumBands } from "./spectrum-bands.ts"

const levels = { least: -80, most: 0 }

it("gives low and high tones the same room, and silence nothing", () => {
  const decibels = new Float32Array(2048).fill(Number.NEGATIVE_INFINITY)
  expect(spectrumBands(decibels, levels)).toEqual(Array(64).fill(0))
  decibels[31] = -40
  decibels[2047 - 1] = 6
  const bands = spectrumBands(decibels, levels)
  expect(bands[29]).toBe(0.5)
  expect(bands.at(-1)).toBe(1)
  expect(bands.filter((loudness) => loudness > 0)).toHaveLength(2)
})

it("leaves out no frequency", () => {
  for (let bin = 0; bin < 2047; bin++) {
    const decibels = new Float32Array(2048).fill(-100)
    decibels[bin] = 0
    expect(Math.max(...spectrumBands(decibels, levels)), `bin ${bin}`).toBe(1)
  }
})

it("draws nothing of nothing", () => {
  expect(spectrumBands(new Float32Array(0), levels)).toEqual([])
})
