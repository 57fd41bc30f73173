import { expect, it } from "vitest"
import { formatCost, formatTokens } from "./tokens.ts"

it.each([
  [0, "0"],
  [999, "999"],
  [1000, "1k"],
  [12_449, "12.4k"],
  [1_234_567, "1,234.6k"],
])("writes %i tokens in few digits", (tokens, words) => {
  expect(formatTokens(tokens)).toBe(words)
})

it.each([
  [0, "$0.00"],
  [0.000_042_3, "$0.000042"],
  [0.0123, "$0.012"],
  [0.1, "$0.10"],
  [12.345, "$12.35"],
])("writes %f dollars", (cost, words) => {
  expect(formatCost(cost)).toBe(words)
})
