import { expect, it } from "vitest"
import { period, tablesFor } from "./waves.ts"

const sampleRate = 44_100
const peakOf = (table: Float32Array) => Math.max(...table)

/** How strong a partial of a table is. */
function partial(table: Float32Array, number: number): number {
  let sum = 0
  for (const [frame, value] of table.entries()) sum += value * Math.sin((2 * Math.PI * number * frame) / period)
  return (2 * sum) / period
}

it("has a sawtooth's partials, the strongest of which makes its peak 1 together with the others", () => {
  const { more } = tablesFor("sawtooth", 20, sampleRate)
  expect(peakOf(more)).toBeCloseTo(1, 1)
  expect(partial(more, 2) / partial(more, 1)).toBeCloseTo(-1 / 2, 3)
  expect(partial(more, 100) / partial(more, 1)).toBeCloseTo(-1 / 100, 3)
  // 1.4 dB below the sum without its overshoot.
  expect(20 * Math.log10(partial(more, 1) / (2 / Math.PI))).toBeCloseTo(-1.43, 1)
})

it("has no partial above half of the sample rate", () => {
  const { more } = tablesFor("square", 5_000, sampleRate)
  expect(partial(more, 3)).toBeGreaterThan(0.2)
  expect(Math.abs(partial(more, 5))).toBeLessThan(1e-4)
})

it("is a sine at any frequency", () => {
  for (const frequency of [0, 1, 440, 21_000])
    expect(partial(tablesFor("sine", frequency, sampleRate).more, 1)).toBeCloseTo(1, 3)
})
