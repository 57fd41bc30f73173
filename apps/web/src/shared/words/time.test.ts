import { expect, it } from "vitest"
import { formatAgo, formatExactly, formatShortly, isTimeZone } from "./time.ts"

const now = Date.parse("2026-10-17T17:02:11Z")
const minute = 60_000

it.each([
  [0, "now"],
  [59_000, "now"],
  [minute, "1m ago"],
  [119 * minute, "1h ago"],
  [25 * 60 * minute, "1d ago"],
  [8 * 24 * 60 * minute, "1w ago"],
  [40 * 24 * 60 * minute, "1mo ago"],
  [800 * 24 * 60 * minute, "2y ago"],
  [-5 * minute, "in 5m"],
])("says how long ago %i milliseconds are", (passed, words) => {
  expect(formatAgo(now - passed, now)).toBe(words)
})

it("says when in the reader's zone", () => {
  expect(formatShortly(now, "UTC")).toBe("17 Oct 2026, 17:02")
  expect(formatShortly(now, "America/New_York")).toBe("17 Oct 2026, 13:02")
  expect(formatExactly(now, "UTC")).toMatch(/17 October 2026.*17:02:11 UTC/)
})

it("knows a time zone from another text", () => {
  expect(isTimeZone("Asia/Kolkata")).toBe(true)
  expect(isTimeZone("../etc")).toBe(false)
  expect(isTimeZone(undefined)).toBe(false)
})
