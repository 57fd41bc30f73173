import { expect, it } from "vitest"
import type { Hap } from "./picture.ts"
import { rollBars, spanOfRoll } from "./roll-bars.ts"
import { hap } from "./visual-test-bench.ts"

const places = (haps: Hap[], cycle: number, options = {}) =>
  rollBars(haps, cycle, options).map(({ x, y, width, height, isHeard }) => ({ x, y, width, height, isHeard }))

it("shows two cycles before and after what is heard, unless it is told otherwise", () => {
  expect(spanOfRoll({})).toEqual({ behind: 2, ahead: 2 })
  expect(spanOfRoll({ cycles: 8, playhead: 0.25 })).toEqual({ behind: 2, ahead: 6 })
  expect(spanOfRoll({ cycles: -3, playhead: 7 })).toEqual({ behind: 0.25, ahead: 0 })
  expect(spanOfRoll({ cycles: "many" })).toEqual({ behind: 2, ahead: 2 })
})

it("gives each value a row, sounds below pitches, high pitches at the top", () => {
  const haps = [hap({ note: 60 }), hap({ note: null, sound: "bd", begin: 1, until: 1.5 }), hap({ note: 48 })]
  const third = 1 / 3
  expect(places(haps, 0)).toEqual([
    { x: 0.5, y: expect.closeTo(0), width: 0.25, height: third, isHeard: true },
    { x: 0.75, y: expect.closeTo(2 / 3), width: 0.125, height: third, isHeard: false },
    { x: 0.5, y: expect.closeTo(third), width: 0.25, height: third, isHeard: true },
  ])
})

it("moves to the left while it plays, and leaves out what is not in sight", () => {
  const haps = [hap({ begin: 0, until: 1 }), hap({ begin: 9, until: 10 })]
  expect(places(haps, 1.5)).toEqual([{ x: 0.125, y: 0, width: 0.25, height: 1, isHeard: false }])
  expect(places(haps, 5)).toEqual([])
})

it("runs upwards, back, or upside down where that is asked for", () => {
  const haps = [hap({ note: 60 }), hap({ note: 61, begin: 1, until: 2 })]
  expect(places(haps, 0, { vertical: 1 })[0]).toEqual({ x: 0, y: 0.25, width: 0.5, height: 0.25, isHeard: true })
  expect(places(haps, 0, { flipTime: true })[0]).toMatchObject({ x: 0.25, width: 0.25 })
  expect(places(haps, 0, { flipValues: true })[0]).toMatchObject({ y: 0 })
})

it("spreads pitches by their distance where it does not fold them", () => {
  const haps = [hap({ note: 60 }), hap({ note: 63 })]
  expect(places(haps, 0, { fold: 0, minMidi: 60, maxMidi: 69 })[0]).toMatchObject({ y: 0.9, height: 0.1 })
  expect(places(haps, 0, { fold: 0, autorange: 1 })[0]).toMatchObject({ y: 0.75, height: 0.25 })
})

it("hides what is not heard where that is asked for", () => {
  const haps = [hap({}), hap({ begin: 1, until: 2 })]
  expect(places(haps, 0, { hideInactive: true })).toHaveLength(1)
})
