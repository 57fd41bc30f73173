/** Characters of a summary. */
const most = 180

/** A link or picture; what it shows and where it leads end at the next bracket, so that none is searched for twice. */
const link = /!?\[([^[\]]*)\]\((?:[^()]|\([^()]*\))*\)/g

/** The first plain paragraph of a markdown text as one line, empty where it has none. */
export function summaryOf(text: string): string {
  const paragraph = text
    .slice(0, 4000)
    .split(/\n\s*\n/)
    .map((part) => part.replace(/^#{1,6} .*(\n|$)/gm, "").trim())
    .find((part) => part && !/^(?:[-*+>|]|\d+[.)]|```|~~~)/.test(part))
  const plain = (paragraph ?? "").replace(link, "$1").replace(/[*_`]/g, "").replace(/\s+/g, " ")
  return plain.length > most ? `${plain.slice(0, most).trimEnd()}…` : plain
}

/** A text without its first heading where that only repeats the name above it. */
export function withoutTitle(text: string, name: string): string {
  const [whole = "", title] = /^\s*# (.*)(?:\n|$)/.exec(text) ?? []
  return title?.trim() === name.trim() ? text.slice(whole.length) : text
}
