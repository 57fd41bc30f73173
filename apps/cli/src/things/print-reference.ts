import { printableLine } from "@strudel-agent/importer/printable"
import type { Entry, EntryKind } from "@strudel-agent/reference/entry"
import { searchReference } from "@strudel-agent/reference/search"
import { exitCodes } from "../exit-code.ts"
import type { Run } from "../run.ts"
import { tableOf } from "../terminal/table.ts"

export interface ReferenceOptions {
  kind?: EntryKind
  limit: number
}

const fullWords = ({ name, kind, topic, aliases, signature, takes, does, example }: Entry): string =>
  [
    `${name} (${kind}, ${topic})`,
    `  ${signature}`,
    `  ${does}`,
    ...(takes ? [`  takes: ${takes}`] : []),
    ...(aliases.length > 0 ? [`  also: ${aliases.join(", ")}`] : []),
    "",
    ...example.split("\n").map((line) => `    ${line}`),
    "",
  ].join("\n")

/** Looks words up in the language; what is called exactly so is told in full. */
export async function printReference(run: Run, words: string[], { kind, limit }: ReferenceOptions): Promise<void> {
  const query = words.join(" ")
  const { items, exact, nearest } = searchReference({ query, kind, limit })
  const [first, ...others] = items
  const rows = (exact ? others : items).map(({ name, kind: of, signature, does }) => [name, of, signature, does])
  const list = rows.length > 0 ? await tableOf(run, ["NAME", "KIND", "WRITTEN", "WHAT IT DOES"], rows) : ""
  run.print({
    json: () => ({ items, exact, nearest }),
    text: () => (exact && first ? `${fullWords(first)}${list && `\n${list}`}` : list),
  })
  if (items.length === 0) {
    run.exitCode = exitCodes.notFound
    run.note(`Nothing of the language is called or does "${printableLine(query)}".`)
  }
  if (!exact && nearest.length > 0) run.note(`Nearest names: ${nearest.join(", ")}.`)
}
