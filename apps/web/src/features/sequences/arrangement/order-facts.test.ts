import { describe, expect, it } from "vitest"
import { runsOf } from "#shared/song/order.ts"
import type { Part } from "#shared/song/part.ts"
import { lengthInBars, tempoChanges } from "./order-facts.ts"

const part = (id: string, facts: Partial<Part>): [string, Part] => [
  id,
  { id, name: id, href: `/projects/p/clips/${id}`, note: "", ...facts },
]
const parts = new Map([
  part("slow", { startBpm: 90, bars: 4 }),
  part("fast", { startBpm: 140, bars: 8 }),
  part("rise", { startBpm: 90, endBpm: 140 }),
  part("mute", {}),
])

describe("facts of an order", () => {
  it("tells where the tempo changes, over what has none", () => {
    const runs = runsOf({ ids: ["slow", "slow", "mute", "fast", "rise", "fast"] })
    const changes = tempoChanges(runs, parts)
    expect(runs.flatMap(({ key, id }) => (changes.has(key) ? [[id, changes.get(key)]] : []))).toEqual([
      ["fast", 90],
      ["rise", 140],
    ])
  })

  it("adds up bars as far as they are told", () => {
    expect(lengthInBars(runsOf({ ids: ["slow", "slow", "fast"] }), parts)).toEqual({ bars: 16, silent: 0 })
    expect(lengthInBars(runsOf({ ids: ["slow", "mute", "mute"] }), parts)).toEqual({ bars: 4, silent: 2 })
    expect(lengthInBars(runsOf({ ids: ["mute"] }), parts)).toBeUndefined()
  })
})
