import stringWidth from "string-width"
import { expect, it } from "vitest"
import { cut, type Page, table, tableOf } from "./table.ts"

const printed = (headings: string[], rows: (string | number)[][], page: Page = {}) =>
  table(headings, rows, { page, width: stringWidth })

it("aligns columns by what a terminal shows, numbers to the right", () => {
  const rows = [
    ["a", 5, "x"],
    ["家家", 1200, "y"],
    ["e\u0301👩‍🎤", 7, ""],
  ]
  expect(printed(["NAME", "COUNT", "LAST"], rows)).toBe(
    ["NAME  COUNT  LAST", "a         5  x", "家家   1200  y", "e\u0301👩‍🎤       7", ""].join("\n"),
  )
})

it("keeps every row on its line, at a bearable width", () => {
  const [, row] = printed(["NAME"], [[`a\nb\tc\u001b[31m${"d".repeat(100)}`]]).split("\n")
  expect(row).toBe(`a b c\ufffd[31m${"d".repeat(48 - 11)}…`)
})

it("cuts between letters", () => {
  expect(cut("家家", 4, stringWidth)).toBe("家家")
  expect(cut("家家家", 5, stringWidth)).toBe("家家…")
  expect(cut("👩‍🎤👩‍🎤", 3, stringWidth)).toBe("👩‍🎤…")
})

it("is no wider than a terminal, and takes the room from its widest texts", () => {
  const rows = [["kick", 12, "a long description of what the clip does"]]
  expect(printed(["ID", "COUNT", "ABOUT"], rows, { isTTY: true, columns: 30 })).toBe(
    ["ID    COUNT  ABOUT", `kick     12  a long descripti…`, ""].join("\n"),
  )
  expect(printed(["ID", "COUNT", "ABOUT"], rows, { columns: 30 })).toContain("what the clip does")
})

it("has bold headings where a terminal has colours, and none elsewhere", () => {
  const rows = [["kick"]]
  expect(printed(["ID"], rows, { isTTY: true, hasColors: () => true })).toBe("\u001b[1mID\u001b[22m\nkick\n")
  expect(printed(["ID"], rows, { isTTY: true, hasColors: () => false })).toBe("ID\nkick\n")
  expect(printed(["ID"], rows, { isTTY: false, hasColors: () => true })).toBe("ID\nkick\n")
})

it("counts letters where there are no other signs, and comes to the same", async () => {
  const io = { stdout: { isTTY: true, columns: 30 } }
  for (const text of ["a long description of what it does\u0007", "家家家家家家家家家家家家家家家"])
    expect(await tableOf({ io }, ["ID", "ABOUT"], [["kick", text]])).toBe(
      printed(["ID", "ABOUT"], [["kick", text]], io.stdout),
    )
})
