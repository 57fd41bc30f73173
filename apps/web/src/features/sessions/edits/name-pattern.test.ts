import { expect, it } from "vitest"
import { namesBy } from "./name-pattern.ts"

it.each([
  ["Late night {n}", ["Late night 1", "Late night 2"]],
  [" Late night ", ["Late night 1", "Late night 2"]],
  ["Live: {name}", ["Live: Kick", "Live: a {n} of $&"]],
  ["{n}/{n} {name}", ["1/1 Kick", "2/2 a {n} of $&"]],
  [" ", []],
])("names sessions by the pattern %j", (pattern, names) => {
  expect(namesBy(pattern, ["Kick", "a {n} of $&"])).toEqual(names)
})
