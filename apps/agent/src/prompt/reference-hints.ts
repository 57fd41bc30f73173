import { entryNamed, searchReference } from "@strudel-agent/reference/search"

/** Entries that are told, and names of code that are looked up. */
const most = { found: 12, named: 20 }

const lineOf = ({ signature, does, example }: { signature: string; does: string; example: string }): string =>
  `- ${signature}: ${does} e.g. ${example.replaceAll("\n", " ")}`

/** What the reference says of what is asked for, and of the functions that the code uses. */
export function referenceHints(question: string, code: string): string[] {
  const { items } = searchReference({ query: question, limit: most.found })
  const called = [...new Set(code.match(/\.[a-z]\w*(?=\()/gi) ?? [])].map((name) => name.slice(1))
  const used = called.flatMap((name) => entryNamed(name, "function", "control") ?? []).slice(0, most.named)
  return [...new Set([...items, ...used])].map(lineOf)
}
