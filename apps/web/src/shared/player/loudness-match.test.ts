import { expect, it } from "vitest"
import { gainOf } from "./loudness-match.ts"

const decibels = (gain: number) => 20 * Math.log10(gain)

it("brings clips to one loudness, and none above -1 dB of its peak", () => {
  expect(decibels(gainOf({ loudness: -10, peak: 0 }))).toBeCloseTo(-6)
  expect(decibels(gainOf({ loudness: -22, peak: -12 }))).toBeCloseTo(6)
  expect(decibels(gainOf({ loudness: -22, peak: -4 }))).toBeCloseTo(3)
  expect(decibels(gainOf({ loudness: -15, peak: 3 }))).toBeCloseTo(-4)
  expect(gainOf({ loudness: -60, peak: -50 })).toBe(8)
})

it("leaves clips as they are that are not measured", () => {
  expect([gainOf(null), gainOf(undefined)]).toEqual([1, 1])
})
