import { count } from "@strudel-agent/importer/count"
import { printable, printableLine } from "@strudel-agent/importer/printable"
import { expect, it } from "vitest"
import { moment } from "./words.ts"

it("counts in words", () => {
  expect([count(1, "clip"), count(1200, "clip"), count(0, "entry", "entries")]).toEqual([
    "1 clip",
    "1,200 clips",
    "0 entries",
  ])
})

it("writes a moment in the time zone of the user", () => {
  expect(moment(new Date(2026, 0, 2, 3, 4).toISOString())).toBe("2026-01-02 03:04")
  expect(moment("nonsense")).toBe("nonsense")
})

it("leaves nothing in a text that a terminal acts upon, but its lines and tabs", () => {
  expect(printable("a\r\n\tb\r\u001b[2J\u009b1m\u0007\u202eé家")).toBe("a\n\tb\ufffd\ufffd[2J\ufffd1m\ufffd\ufffdé家")
  expect(printableLine("a\n\n\tb")).toBe("a b")
})
