import { describe, expect, it } from "vitest"
import type { Plan } from "../protocol.ts"
import { type Cursor, cpsOfSection, nextChange, nextSlice, placeIn, type Slice, spanOf, startOf } from "./timeline.ts"

const clip = { key: "a", tempo: "match" as const }
const section = (id: string, cycles: number, cps: number | null = 1) => ({ id, cycles, cps, clips: [clip] })
const plan = (sections: Plan["sections"], loop = true): Plan => ({ sections, loop, align: "section" })
const tempo = (factor = 1) => ({ factor, ofSection: ({ cps }: { cps: number | null }) => cps ?? 0.5 })

/** All slices until a time, in steps as a player takes them. */
function walk(wanted: Plan, until: number, { step = 0.13, factor = 1 } = {}): Slice[] {
  const slices: Slice[] = []
  let cursor: Cursor = startOf(0)
  while (cursor.time < until - 1e-9) {
    const slice = nextSlice(wanted, tempo(factor), { from: cursor, time: Math.min(until, cursor.time + step) })
    if (!slice) break
    slices.push(slice)
    cursor = slice.to
  }
  return slices
}

describe("a plan as it plays", () => {
  it("cuts time where a section ends, and begins the next there", () => {
    const slices = walk(plan([section("a", 2), section("b", 1, 2)]), 5)
    const changes = slices.filter(({ section }, index) => section !== slices[index - 1]?.section)
    expect(changes.map(({ section, from }) => [section.id, Number(from.time.toFixed(6))])).toEqual([
      ["a", 0],
      ["b", 2],
      ["a", 2.5],
      ["b", 4.5],
    ])
  })

  it("leaves no gap and no overlap, at whatever steps and tempos", () => {
    const slices = walk(plan([section("a", 3, 0.7), section("b", 5, 1.3)]), 60, { step: 0.0713, factor: 1.37 })
    for (const [index, slice] of slices.entries()) {
      const next = slices[index + 1]
      if (!next) continue
      expect(next.from.time).toBe(slice.to.time)
      expect(next.from.cycle).toBe(slice.to.cycle)
      if (next.section === slice.section && next.from.into > 0) expect(next.from.into).toBe(slice.to.into)
    }
    const last = slices.at(-1)
    expect(last?.to.time).toBeCloseTo(60, 6)
  })

  it("keeps whole cycles whole, however often it is cut", () => {
    const slices = walk(plan([section("a", 1, 0.3)]), 200, { step: 0.0371 })
    const begins = slices.filter(({ from }) => from.into === 0).map(({ from }) => from.cycle)
    expect(begins).toEqual(begins.map((_, index) => index))
  })

  it("goes on at a tempo at which a step is next to nothing of a cycle", () => {
    const slices = walk(plan([section("a", 2, 1e-10)]), 100)
    const { cycle } = slices.at(-1)?.to ?? startOf(0)
    expect(cycle / 1e-8).toBeCloseTo(1, 6)
    for (const [index, slice] of slices.entries()) {
      if (index > 0) expect(slice.from.cycle).toBeGreaterThan(slices[index - 1]?.from.cycle ?? 0)
    }
  })

  it("stops at a cycle that is asked for, and where it ends without a loop", () => {
    const wanted = plan([section("a", 4)], false)
    const slice = nextSlice(wanted, tempo(), { from: startOf(0), time: 100, cycle: 3 })
    expect(slice?.to.cycle).toBe(3)
    const rest = slice && nextSlice(wanted, tempo(), { from: slice.to, time: 100 })
    expect(rest?.to).toMatchObject({ cycle: 4, into: 4, time: 4 })
    expect(rest && nextSlice(wanted, tempo(), { from: rest.to, time: 100 })).toBeNull()
  })

  it("goes on from where it is when the tempo changes", () => {
    const wanted = plan([section("a", 8)])
    const first = nextSlice(wanted, tempo(1), { from: startOf(10), time: 11.5 })
    const second = first && nextSlice(wanted, tempo(2), { from: first.to, time: 12 })
    expect([second?.from.cycle, second?.to.cycle, second?.cps]).toEqual([1.5, 2.5, 2])
  })
})

describe("what takes over while a plan plays", () => {
  const at = (index: number, into: number, cycle = 10): Cursor => ({ ...startOf(0), index, into, cycle })

  it("waits for a whole cycle of the section, or for its end", () => {
    const wanted = plan([section("a", 2.5), section("b", 3)])
    expect(nextChange(wanted, at(0, 0.2, 0.2))).toBeCloseTo(1)
    expect(nextChange(wanted, at(0, 2.2, 2.2))).toBeCloseTo(2.5)
    expect(nextChange(wanted, at(1, 0.7, 3.2))).toBeCloseTo(3.5)
    expect(nextChange(wanted, at(1, 1, 3.5))).toBe(3.5)
  })

  it("keeps the place in the section, wherever that stands in the other plan", () => {
    const former = plan([section("a", 4), section("b", 4)])
    const next = plan([section("new", 4), section("a", 4), section("b", 8)])
    expect(placeIn(next, former, at(1, 3))).toEqual(at(2, 3))
    expect(placeIn(plan([section("other", 4)]), plan([section("a", 4)]), at(0, 3))).toEqual(at(0, 3))
  })

  it("tells a section that is played twice by its turn", () => {
    const former = plan([section("a", 4), section("b", 4), section("a", 4)])
    const next = plan([section("a", 4), section("a", 4), section("a", 4)])
    expect(placeIn(next, former, at(2, 3)).index).toBe(1)
    expect(placeIn(plan([section("a", 4), section("c", 4)]), former, at(2, 3)).index).toBe(0)
  })

  it("begins what follows a section that is gone, and is over where that was the last", () => {
    const former = plan([section("a", 4), section("b", 4), section("c", 4)], false)
    expect(placeIn(plan([section("a", 4), section("c", 4)]), former, at(1, 3))).toEqual(at(1, 0))
    const rest = plan([section("a", 4), section("b", 4)], false)
    const place = placeIn(rest, former, at(2, 3))
    expect(nextSlice(rest, tempo(), { from: place, time: 100 })).toBeNull()
  })
})

describe("a clip's own time", () => {
  const slice = (from: Partial<Cursor>, to: Partial<Cursor>): Slice => ({
    section: section("a", 4, 0.5),
    from: { ...startOf(0), ...from },
    to: { ...startOf(0), ...to },
    ownCps: 0.5,
    cps: 1,
  })
  const part = slice(
    { cycle: 6, into: 2, seconds: 12, sectionSeconds: 4 },
    { cycle: 7, into: 3, seconds: 14, sectionSeconds: 6 },
  )

  it("is the section's where it follows it", () => {
    expect(spanOf(part, { tempo: "match", cps: 9 }, "section")).toEqual({ begin: 2, end: 3, rate: 1 })
    expect(spanOf(part, { tempo: "match", cps: 9 }, "running")).toEqual({ begin: 6, end: 7, rate: 1 })
  })

  it("passes at its own tempo where it keeps that, sped up by the factor alone", () => {
    expect(spanOf(part, { tempo: "own", cps: 2 }, "section")).toEqual({ begin: 8, end: 12, rate: 4 })
    expect(spanOf(part, { tempo: "own", cps: 2 }, "running")).toEqual({ begin: 24, end: 28, rate: 4 })
  })
})

describe("the tempo of a section that sets none", () => {
  it("is that of the first clip that sets one, its own clips before others", () => {
    const clips = new Map([
      ["z", { cps: 3, cpsSet: true }],
      ["a", { cps: 2, cpsSet: true }],
    ])
    expect(cpsOfSection(section("a", 4, null), clips)).toBe(2)
    expect(cpsOfSection({ ...section("a", 4, null), clips: [] }, clips)).toBe(3)
    expect(cpsOfSection(section("a", 4, null), new Map([["a", { cps: 7, cpsSet: false }]]))).toBe(0.5)
    expect(cpsOfSection(section("a", 4, 1.5), clips)).toBe(1.5)
  })
})
