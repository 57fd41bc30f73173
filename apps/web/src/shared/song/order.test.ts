import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { idsOf, insertAfter, move, placeOf, putBack, remove, repeat, runsOf } from "./order.ts"

const keyOf = (runs: ReturnType<typeof runsOf>, place: number) => runs[place]?.key ?? ""

describe("an order", () => {
  it("folds equal neighbours and unfolds to the same ids", () => {
    expect(runsOf({ ids: ["kick", "kick", "bass", "kick"] }).map(({ id, times }) => [id, times])).toEqual([
      ["kick", 2],
      ["bass", 1],
      ["kick", 1],
    ])
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "c")), fc.array(fc.constantFrom("a", "b", "d")), (ids, former) => {
        const runs = runsOf({ ids: ids }, runsOf({ ids: former }))
        expect(idsOf(runs)).toEqual(ids)
        expect(new Set(runs.map(({ key }) => key)).size).toBe(runs.length)
      }),
    )
  })

  it("knows its runs again in another order", () => {
    const former = runsOf({ ids: ["kick", "bass", "pad"] })
    const next = runsOf({ ids: ["pad", "kick", "hats"] }, former)
    expect(keyOf(next, 0)).toBe(keyOf(former, 2))
    expect(keyOf(next, 1)).toBe(keyOf(former, 0))
    expect(former.map(({ key }) => key)).not.toContain(keyOf(next, 2))
  })

  it("keeps neighbours apart that were not folded before", () => {
    const first = runsOf({ ids: ["kick"] })
    const { runs } = insertAfter(first, keyOf(first, 0), "kick")
    expect(runsOf({ ids: ["kick", "kick"] }, runs)).toHaveLength(2)
  })

  it("moves, repeats, removes and puts back", () => {
    const runs = runsOf({ ids: ["kick", "bass", "pad"] })
    const [kick] = runs
    if (!kick) throw new Error("no first run")
    expect(idsOf(move(runs, kick.key, 2))).toEqual(["bass", "pad", "kick"])
    expect(idsOf(move(runs, kick.key, 99))).toEqual(["bass", "pad", "kick"])
    expect(idsOf(move(runs, kick.key, -1))).toEqual(["kick", "bass", "pad"])
    expect(idsOf(repeat(runs, kick.key, 1))).toEqual(["kick", "kick", "bass", "pad"])
    expect(idsOf(repeat(runs, kick.key, -1))).toEqual(["kick", "bass", "pad"])
    const rest = remove(runs, kick.key)
    expect(idsOf(rest)).toEqual(["bass", "pad"])
    expect(idsOf(putBack(rest, kick, 0))).toEqual(["kick", "bass", "pad"])
    expect(idsOf(putBack(runs, kick, 0))).toEqual(["kick", "bass", "pad"])
    expect(idsOf(insertAfter(runs, undefined, "hats").runs)).toEqual(["kick", "bass", "pad", "hats"])
    expect(placeOf(repeat(runs, kick.key, 1), keyOf(runs, 1))).toBe(3)
  })
})
