import { expect, it } from "vitest"
import { cyclesLeft } from "./replay-time.ts"

const reported = { cps: 0.5, section: "all", into: 0, of: 4096, until: null }

it("counts the cycles that are left of a step from where it was reported to be", () => {
  expect(cyclesLeft(undefined, 4)).toBeUndefined()
  expect(cyclesLeft({ ...reported, cycle: 0.1, at: 10_200 }, 4, 10_200)).toBeCloseTo(3.9)
  expect(cyclesLeft({ ...reported, cycle: 2, at: 14_000 }, 4, 16_000)).toBeCloseTo(1)
})
