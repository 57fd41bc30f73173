import { expect, it } from "vitest"
import { dateIn, startOfDay } from "./day-bounds.ts"

it.each([
  ["2026-10-17", "UTC", 0, "2026-10-17T00:00:00.000Z"],
  ["2026-10-17", "UTC", 1, "2026-10-18T00:00:00.000Z"],
  ["2026-07-01", "Europe/Berlin", 0, "2026-06-30T22:00:00.000Z"],
  ["2026-10-25", "Europe/Berlin", 0, "2026-10-24T22:00:00.000Z"],
  ["2026-10-25", "Europe/Berlin", 1, "2026-10-25T23:00:00.000Z"],
  ["2026-03-29", "America/New_York", -7, "2026-03-22T04:00:00.000Z"],
  ["2026-11-23", "Asia/Kolkata", 0, "2026-11-22T18:30:00.000Z"],
])("knows when %s begins in %s, %i days on", (date, zone, later, start) => {
  expect(startOfDay(date, zone, later)).toBe(start)
})

it("has no beginning for what is no date", () => {
  for (const text of ["", "yesterday", "2026-13-40", "0001-01-01"]) expect(startOfDay(text, "UTC")).toBeUndefined()
})

it("tells the date of a moment in a zone", () => {
  expect(dateIn(Date.parse("2026-10-17T23:30:00Z"), "Asia/Tokyo")).toBe("2026-10-18")
  expect(dateIn(Date.parse("2026-10-17T23:30:00Z"), "UTC")).toBe("2026-10-17")
})
