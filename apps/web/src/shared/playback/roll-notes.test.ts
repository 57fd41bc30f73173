import type { Sounding } from "@strudel-agent/sandbox/protocol"
import { expect, it } from "vitest"
import { rollNotes } from "./roll-notes.ts"

const event = (note: number | null, sound = "sine"): Sounding => ({
  ...{ key: "p/a", begin: 0, end: 1, at: 0, until: 1, colour: 0, gain: 1, locations: [] },
  ...{ note, sound },
})
const rows = (...events: Sounding[]) => rollNotes(events).map(({ row }) => row)

it("puts higher notes above lower ones, and drums below them, a row each", () => {
  expect(rows(event(60), event(72), event(null, "hh"), event(null, "bd"))).toEqual([12, 0, 14, 13])
})

it("does not spread a few notes over the whole height", () => {
  const [note] = rollNotes([event(60)])
  expect(note).toMatchObject({ row: 6, rows: 13 })
})

it("has a row for drums alone, and none for nothing", () => {
  expect(rollNotes([event(null, "bd"), event(null, "bd")])).toMatchObject([
    { row: 0, rows: 1 },
    { row: 0, rows: 1 },
  ])
  expect(rollNotes([])).toEqual([])
})
