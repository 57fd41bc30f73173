import { Entry, EntryKind } from "@strudel-agent/reference/entry"
import { searchReference } from "@strudel-agent/reference/search"
import { z } from "zod"
import { defineTool, reads } from "../define-tool.ts"
import { entryInLine, entryInWords } from "../entry-words.ts"
import { detailField, queryField } from "../fields.ts"

export const reference = defineTool({
  name: "reference",
  title: "Look up the Strudel language",
  description:
    'Look up functions, controls, signals, mini notation, sounds, drum machines, scales and chords that this build really has, by name or by what they do ("stutter", "sidechain", "darker"); for an invented name it answers the nearest ones. Use it before you write a function or sound you are not sure of.',
  input: z.strictObject({
    query: queryField.describe("A name, or what it should do"),
    kind: EntryKind.optional(),
    limit: z.number().int().min(1, "at least 1").max(30, "at most 30").default(8),
    detail: detailField,
  }),
  output: z.object({
    exists: z.boolean().describe("Whether something is called so"),
    nearest: z.array(z.string()),
    items: z.array(Entry.pick({ name: true, kind: true, signature: true, does: true, example: true })),
  }),
  hints: reads,
  async run({ query, kind, limit, detail }) {
    const { items, exact, nearest } = searchReference({ query, kind, limit })
    const shown = exact && !detail ? items.slice(0, Math.min(limit, 4)) : items
    const unknown = exact
      ? []
      : [`Nothing is called "${query}".${nearest.length > 0 ? ` Nearest names: ${nearest.join(", ")}.` : ""}`]
    const lines = shown.map((entry, index) =>
      detail || (exact && index === 0) ? entryInWords(entry) : entryInLine(entry),
    )
    const data = {
      exists: exact,
      nearest,
      items: shown.map(({ name, kind: of, signature, does, example }) => ({
        name,
        kind: of,
        signature,
        does,
        example,
      })),
    }
    const nothing = shown.length === 0 ? ["Nothing does that by its description; say it in other words."] : []
    return { text: [...unknown, ...lines, ...nothing].join("\n"), data }
  },
})
