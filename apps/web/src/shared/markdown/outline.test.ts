import { expect, it } from "vitest"
import { createOutline } from "./outline.ts"

it.each([
  [[1, 2, 1], 3, ["h3", "h4", "h3"]],
  [[3, 1, 3, 5], 3, ["h3", "h3", "h4", "h5"]],
  [[1, 2], 2, ["h2", "h3"]],
  [[1, 2, 3, 4, 5], 3, ["h3", "h4", "h5", "h6", "h6"]],
])("gives headings of the depths %j levels that start at %i and skip none", (depths, start, levels) => {
  expect(depths.map(createOutline(start))).toEqual(levels)
})
