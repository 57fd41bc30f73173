import { printableLine } from "@strudel-agent/importer/printable"
import stringWidth from "string-width"

/** Columns that a cell takes at most. */
const widest = 48

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" })

/** Cuts a text to so many columns of a terminal. */
export function cut(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text
  let kept = ""
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += stringWidth(segment)
    if (width > columns - 1) break
    kept += segment
  }
  return `${kept}…`
}

/** Lines of aligned columns below their headings; numbers stand to the right. */
export function table(headings: string[], rows: (string | number)[][]): string {
  const cells = rows.map((row) => row.map((cell) => cut(printableLine(String(cell)), widest)))
  const widths = headings.map((heading, column) =>
    Math.max(...[heading, ...cells.map((row) => row[column] ?? "")].map((cell) => stringWidth(cell))),
  )
  const isNumber = headings.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"))
  const line = (row: string[]) =>
    row
      .map((cell, column) => {
        const padding = " ".repeat((widths[column] ?? 0) - stringWidth(cell))
        return isNumber[column] ? padding + cell : cell + padding
      })
      .join("  ")
      .trimEnd()
  return `${[headings, ...cells].map(line).join("\n")}\n`
}
