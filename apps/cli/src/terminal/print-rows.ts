import type { Run } from "../run.ts"
import { tableOf } from "./table.ts"

interface Rows<T> {
  /** What the rows are called, in the plural. */
  called: string
  page: { items: T[]; more: boolean }
  headings: string[]
  row: (item: T) => (string | number)[]
}

/** Prints a list as a table, or as JSON for a program, and says on the side where there is more. */
export async function printRows<T>(run: Run, { called, page, headings, row }: Rows<T>): Promise<void> {
  const { items, more } = page
  const text = items.length > 0 ? await tableOf(run, headings, items.map(row)) : `No ${called}.\n`
  run.print({
    json: () => ({ [called]: items, more }),
    text: () => text,
  })
  if (more) run.note(`There are more ${called}: --limit says how many to show.`)
}
