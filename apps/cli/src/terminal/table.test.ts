import { expect, it } from "vitest"
import { cut, table } from "./table.ts"

it("aligns columns by what a terminal shows, numbers to the right", () => {
  const rows = [
    ["a", 5, "x"],
    ["家家", 1200, "y"],
    ["e\u0301👩‍🎤", 7, ""],
  ]
  expect(table(["NAME", "COUNT", "LAST"], rows)).toBe(
    ["NAME  COUNT  LAST", "a         5  x", "家家   1200  y", "e\u0301👩‍🎤       7", ""].join("\n"),
  )
})

it("keeps every row on its line, at a bearable width", () => {
  const [, row] = table(["NAME"], [[`a\nb\tc\u001b[31m${"d".repeat(100)}`]]).split("\n")
  expect(row).toBe(`a b c\ufffd[31m${"d".repeat(48 - 11)}…`)
})

it("cuts between letters", () => {
  expect(cut("家家", 4)).toBe("家家")
  expect(cut("家家家", 5)).toBe("家家…")
  expect(cut("👩‍🎤👩‍🎤", 3)).toBe("👩‍🎤…")
})
