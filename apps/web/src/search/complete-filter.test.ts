import { expect, it } from "vitest"
import { completeFilter } from "./complete-filter.ts"

it.each([
  ["ta", "tag:"],
  ["kick T", "kick tag:"],
  ["kind:", "kind:project "],
  ["kick kind:cl", "kick kind:clip "],
  ["status:i", "status:idle "],
  ["kind:clip", undefined],
  ["tag:ac", undefined],
  ["kick", undefined],
  ["kick ", undefined],
  ["", undefined],
])("%j becomes %j", (text, expected) => {
  expect(completeFilter(text)).toBe(expected)
})
