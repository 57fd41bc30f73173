import { expect, it } from "vitest"
import { cyclesLeft } from "./replay-time.ts"

const told = { playing: true, cps: 0.5, section: "all", index: 0, into: 0, of: 4096 }

it("counts the cycles of a step from its own beginning, not from the step before", () => {
  const step = { from: 10_000, cycles: 4 }
  expect(cyclesLeft({ ...told, cycle: 3.9, at: 9_800 }, { ...step, moment: 10_100 })).toBeUndefined()
  expect(cyclesLeft({ ...told, cycle: 0.1, at: 10_200 }, { ...step, moment: 10_200 })).toBeCloseTo(3.9)
  expect(cyclesLeft({ ...told, cycle: 2, at: 14_000 }, { ...step, moment: 16_000 })).toBeCloseTo(1)
  expect(cyclesLeft({ ...told, playing: false, cycle: 0, at: 14_000 }, { ...step, moment: 14_000 })).toBeUndefined()
})
