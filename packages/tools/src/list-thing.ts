import { z } from "zod"

/** A row of a list, as short as it can be. */
export const Row = z.object({
  uri: z.string(),
  name: z.string(),
  note: z.string().optional(),
})
export type Row = z.infer<typeof Row>

export const Rows = z.object({ items: z.array(Row), next: z.string().optional() })
export type Rows = z.infer<typeof Rows>

/** A text on one line, of at most so many characters. */
export function shortened(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim()
  return line.length <= most ? line : `${line.slice(0, most - 1).trimEnd()}…`
}

/** The first of some words, and how many more there are. */
export function someInWords(words: readonly string[], most: number, between = ", "): string {
  const more = words.length - most
  return [...words.slice(0, most), ...(more > 0 ? [`and ${more} more`] : [])].join(between)
}

/** Rows as lines, with the way to the next ones. */
export function rowsInWords({ items, next }: Rows): string {
  if (items.length === 0) return "Nothing found."
  const lines = items.map(({ uri, name, note }) => `${uri} ${name}${note ? ` (${note})` : ""}`)
  return [...lines, ...(next ? [`There is more: call again with cursor "${next}".`] : [])].join("\n")
}
