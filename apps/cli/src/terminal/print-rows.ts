import type { Run } from "../run.ts"

interface Rows<T> {
  /** What the rows are called, in the plural. */
  called: string
  page: { items: T[]; more: boolean }
  headings: string[]
  row: (item: T) => (string | number)[]
}

/** Prints a list as a table, or as JSON for a program, and says on the side where there is more. */
export function printRows<T>(run: Run, { called, page, headings, row }: Rows<T>): void {
  const { items, more } = page
  run.print({
    json: () => ({ [called]: items, more }),
    text: () => (items.length > 0 ? run.table(headings, items.map(row)) : `No ${called}.\n`),
  })
  if (more) run.note(`There are more ${called}: --limit says how many to show.`)
}
