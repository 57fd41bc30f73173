import { expect, it } from "vitest"
import { rangeOf } from "./use-selection.ts"

it.each([
  ["b", "d", "bcd"],
  ["d", "b", "bcd"],
  ["c", "c", "c"],
  [undefined, "c", "c"],
  ["gone", "c", "c"],
])("takes the rows from %s to %s in either direction", (from, to, range) => {
  expect(rangeOf([..."abcde"], from, to)).toEqual([...range])
})
