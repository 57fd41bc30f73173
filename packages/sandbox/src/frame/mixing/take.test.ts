import { expect, it } from "vitest"
import { Take } from "./take.ts"

const mixer = Object.assign(Object.create(null), { openGroup: () => null })
const setOf = (...keys: string[]) =>
  Object.assign(Object.create(null), { clips: new Map(keys.map((key) => [key, { cps: 1, cpsSet: false }])) })
const part = (key: string) => ({ key, tempo: "match" as const })
const plan = {
  sections: [{ id: "a", cycles: 4, cps: null, clips: [part("kick"), part("hat")] }],
  loop: true,
  align: "section" as const,
}

it("has failed once none of its clips plays any more, and not before", () => {
  const clipSet = setOf("kick", "hat")
  const take = new Take(clipSet, plan, { mixer, time: 0, from: 0, change: 1 })
  clipSet.clips.delete("kick")
  expect(take.hasFailed).toBe(false)
  clipSet.clips.delete("hat")
  expect(take.hasFailed).toBe(true)
  take.adopt(setOf("kick"), null)
  expect(take.hasFailed).toBe(false)
})

it("that never had a clip is a rest, and has not failed", () => {
  expect(new Take(setOf(), plan, { mixer, time: 0, from: 0, change: 1 }).hasFailed).toBe(false)
})

it("knows where a clip is in its own time, and that one is not heard", () => {
  const take = new Take(setOf("kick"), plan, { mixer, time: 10, from: 0, change: 1 })
  take.advance(2, { time: 12, cycle: 100 })
  expect(take.placeOf("kick", 11)).toEqual({ cycle: 1, rate: 1 })
  expect(take.placeOf("kick", 99)?.cycle).toBe(2)
  expect(take.placeOf("hat", 11)).toBeNull()
})
