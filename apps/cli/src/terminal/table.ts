import { styleText } from "node:util"
import { printableLine } from "@strudel-agent/importer/printable"
import type { Output } from "./io.ts"

/** Columns that a cell takes at most. */
const widest = 48

/** The columns of a terminal that a text takes. */
export type WidthOf = (text: string) => number

/** Cuts a text to so many columns of a terminal. */
export function cut(text: string, columns: number, stringWidth: WidthOf): string {
  if (stringWidth(text) <= columns) return text
  const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" })
  let kept = ""
  let width = 0
  for (const { segment } of graphemes.segment(text)) {
    width += stringWidth(segment)
    if (width > columns - 1) break
    kept += segment
  }
  return `${kept}…`
}

type Cell = string | number

/** Where a table is printed: what it shows at most, where that is known, and whether in colours. */
export type Page = Pick<Output, "isTTY" | "columns" | "hasColors">

interface Printing {
  page: Page
  width: WidthOf
}

const gap = "  "
/** Columns of a terminal that a cell of text keeps, however narrow it is. */
const narrowest = 8

/** Takes room from the widest columns, one after the other, until a line fits; numbers keep theirs. */
function fitted(widths: number[], { most, fixed }: { most: number; fixed: boolean[] }): number[] {
  const next = [...widths]
  let over = next.reduce((sum, width) => sum + width, gap.length * (next.length - 1)) - most
  for (; over > 0; over--) {
    const free = next.map((width, column) => (fixed[column] || width <= narrowest ? 0 : width))
    const widestColumn = free.indexOf(Math.max(...free))
    const width = free[widestColumn]
    if (!width) break
    next[widestColumn] = width - 1
  }
  return next
}

/**
 * Lines of aligned columns below their headings; numbers stand to the right. On a terminal they are no wider than it, and
 * the headings are bold where it has colours.
 */
export function table(headings: string[], rows: Cell[][], { page, width: stringWidth }: Printing): string {
  const isNumber = headings.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"))
  const texts = rows.map((row) => row.map((cell) => cut(printableLine(String(cell)), widest, stringWidth)))
  const natural = headings.map((heading, column) =>
    Math.max(...[heading, ...texts.map((row) => row[column] ?? "")].map(stringWidth)),
  )
  const most = page.isTTY && page.columns ? page.columns : Number.POSITIVE_INFINITY
  const widths = fitted(natural, { most, fixed: isNumber })
  const line = (row: string[]) =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0
        const cell = cut(text, width, stringWidth)
        const padding = " ".repeat(width - stringWidth(cell))
        return isNumber[column] ? padding + cell : cell + padding
      })
      .join(gap)
      .trimEnd()
  const head = line(headings)
  const shown = page.isTTY && page.hasColors?.() ? styleText("bold", head, { validateStream: false }) : head
  return `${[shown, ...texts.map(line)].join("\n")}\n`
}

const isAscii = (cells: Cell[]): boolean => cells.every((cell) => /^[\0-\x7f]*$/.test(String(cell)))

/** A table as what a command prints on shows it; what knows how wide other signs are is loaded where there are some. */
export async function tableOf({ io }: { io: { stdout: Page } }, headings: string[], rows: Cell[][]): Promise<string> {
  const isPlain = isAscii(headings) && rows.every(isAscii)
  const width: WidthOf = isPlain ? ({ length }) => length : (await import("string-width")).default
  return table(headings, rows, { page: io.stdout, width })
}
