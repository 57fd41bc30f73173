import { expect, it } from "vitest"
import { onWheel, rootOf } from "./pitch-wheel.ts"

it("puts the root on top, a quarter of an octave to the right, and every octave in the same place", () => {
  expect(onWheel(0)).toEqual({ x: 0, y: -1 })
  expect(onWheel(0.25)).toEqual({ x: 1, y: expect.closeTo(0) })
  expect(onWheel(-0.75)).toEqual(onWheel(3.25))
})

it("begins with C, or with the frequency that is written", () => {
  expect(rootOf({})).toBe(36)
  expect(rootOf({ root: 440 })).toBe(69)
  expect(rootOf({ root: -1 })).toBe(36)
})
