import { expect, it } from "vitest"
import { scopeLine } from "./scope-line.ts"

const wave = (shift: number) => Float32Array.from({ length: 64 }, (_, index) => Math.sin((index + shift) / 3))

it("begins where the wave falls through the trigger, so that it stands still", () => {
  const [one, other] = [0, 5].map((shift) => scopeLine(wave(shift), { trigger: 0, isAligned: true }))
  expect(one).toHaveLength(32)
  expect(one?.[0]).toBeLessThanOrEqual(0)
  expect(one?.[1]).toBeLessThan(0)
  expect(Math.abs((one?.[0] ?? 0) - (other?.[0] ?? 1))).toBeLessThan(0.34)
})

it("begins with the first sample where it is not aligned, or never falls", () => {
  const samples = wave(5)
  expect(scopeLine(samples, { trigger: 0, isAligned: false })[0]).toBe(samples[0])
  expect(scopeLine(samples, { trigger: 2, isAligned: true })[0]).toBe(samples[0])
  expect(scopeLine(new Float32Array(0), { trigger: 0, isAligned: true })).toHaveLength(0)
})
