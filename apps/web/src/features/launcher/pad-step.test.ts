import { expect, it } from "vitest"
import { placeByKey } from "./pad-step.ts"

it("arrows move within the rows of pads, and not beyond them", () => {
  const by = (key: string, index: number) => placeByKey(key, { index, count: 7, columns: 3 })
  expect(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].map((key) => by(key, 4))).toEqual([3, 5, 1, 4])
  expect(["ArrowLeft", "ArrowUp"].map((key) => by(key, 0))).toEqual([0, 0])
  expect(["ArrowRight", "ArrowDown"].map((key) => by(key, 6))).toEqual([6, 6])
  expect([by("Home", 4), by("End", 4), by("a", 4)]).toEqual([0, 6, undefined])
})
