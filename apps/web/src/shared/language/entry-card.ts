import type { Entry } from "@strudel-agent/reference/entry"

/** Aliases that are worth telling; the families of FM have hundreds. */
const mostAliases = 8

/** Other names of an entry, in words; empty where it has none. */
export const aliasesInWords = ({ aliases }: Pick<Entry, "aliases">): string =>
  aliases.slice(0, mostAliases).join(", ") + (aliases.length > mostAliases ? ", …" : "")

function line(tag: "p" | "pre", name: string, text: string): HTMLElement {
  const element = document.createElement(tag)
  element.className = `cm-entry-${name}`
  element.textContent = text
  return element
}

/** An entry as a tooltip tells it: how it is written, what it does, and an example. */
export function entryCard(entry: Entry): HTMLElement {
  const { signature, kind, does, takes, example } = entry
  const also = aliasesInWords(entry)
  const card = document.createElement("div")
  card.className = "cm-entry"
  card.append(
    line("pre", "signature", signature),
    line("p", "does", does),
    ...(takes === "" ? [] : [line("p", "takes", `Takes ${takes}`)]),
    ...(also === "" || kind === "sound" ? [] : [line("p", "takes", `Also ${also}`)]),
    line("pre", "example", example),
  )
  return card
}
