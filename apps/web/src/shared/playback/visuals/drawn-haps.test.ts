import { expect, it } from "vitest"
import { createDrawnHaps, cycleAt, type Now } from "./drawn-haps.ts"
import { hap } from "./visual-test-bench.ts"

const span = { behind: 2, ahead: 2 }
const at = (cycle: number, version = 1): Now => ({ cycle, rate: 0.5, at: 0, version })
const stretch = (from: number, to: number) => ({ from, to, events: [hap({ begin: from, until: to })] })
const ids = () => [7]

it("reads from what is heard to two seconds beyond what is seen, and on from there", () => {
  const haps = createDrawnHaps()
  expect(haps.wanted(at(5), span)).toBe(5)
  haps.take(at(5), stretch(5, 7), ids)
  expect(haps.wanted(at(5), span)).toBe(7)
  haps.take(at(5), stretch(7, 8), ids)
  expect(haps.wanted(at(5), span)).toBeNull()
  expect(haps.wanted(at(5.5), span)).toBe(8)
  expect(haps.of(7).map(({ begin }) => begin)).toEqual([5, 7])
  expect(haps.of(8)).toEqual([])
})

it("never reads further ahead than is answered", () => {
  const haps = createDrawnHaps()
  const long = { behind: 0, ahead: 32 }
  haps.wanted(at(0), long)
  haps.take(at(0), stretch(0, 32), ids)
  expect(haps.wanted(at(0), long)).toBeNull()
})

it("forgets what has passed out of sight", () => {
  const haps = createDrawnHaps()
  haps.wanted(at(0), span)
  haps.take(at(0), stretch(0, 1), ids)
  haps.wanted(at(2.9), span)
  expect(haps.of(7)).toHaveLength(1)
  haps.wanted(at(3), span)
  expect(haps.of(7)).toEqual([])
})

it("keeps what was heard of other code, and reads on from now", () => {
  const haps = createDrawnHaps()
  haps.wanted(at(0), span)
  haps.take(at(0), stretch(0, 0.5), ids)
  haps.take(at(0), stretch(0.5, 1.5), ids)
  haps.take(at(0), stretch(1.5, 3), ids)
  expect(haps.wanted(at(0.95, 2), span)).toBe(0.95)
  expect(haps.of(7).map(({ begin }) => begin)).toEqual([0, 0.5])
  // What was asked of the former code comes too late.
  expect(haps.take(at(1), stretch(3, 4), ids)).toBe(false)
  expect(haps.of(7)).toHaveLength(2)
})

it("reads on where it is merely late, and from what is heard where that has passed out of sight", () => {
  const haps = createDrawnHaps()
  haps.wanted(at(0), span)
  haps.take(at(0), stretch(0, 1), ids)
  expect(haps.wanted(at(2.5), span)).toBe(1)
  haps.take(at(2.5), stretch(1, 2), ids)
  expect(haps.wanted(at(4.5), span)).toBe(4.5)
})

it("begins anew where it plays from another place", () => {
  const haps = createDrawnHaps()
  haps.wanted(at(8), span)
  haps.take(at(8), stretch(8, 12), ids)
  expect(haps.wanted(at(0), span)).toBe(0)
  expect(haps.of(7)).toEqual([])
  haps.clear()
  expect(haps.wanted(at(4), span)).toBe(4)
})

it("moves on between two looks", () => {
  expect(cycleAt({ cycle: 3, rate: 0.5, at: 1_000, version: 1 }, 2_000)).toBe(3.5)
  expect(cycleAt({ cycle: 3, rate: 0.5, at: 1_000, version: 1 }, 900)).toBe(3)
})
