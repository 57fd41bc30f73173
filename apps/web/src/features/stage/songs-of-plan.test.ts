import { expect, it } from "vitest"
import { nextSong, songsOf } from "./songs-of-plan.ts"

const sections = ["a/one#0", "a/one#1", "a/one#0", "a/one#1", "a/two#1", "b/two#1"].map((id) => ({
  id,
  cycles: 4,
  cps: null,
  clips: [],
}))

it("finds where each song of a plan begins, also one that follows itself or lost its first section", () => {
  expect(songsOf(sections)).toEqual([0, 2, 4, 5])
})

it("finds the next song", () => {
  expect([0, 1, 2, 4, 5].map((index) => nextSong(sections, index))).toEqual([2, 2, 4, 5, undefined])
})
