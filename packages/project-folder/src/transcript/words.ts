const mostCharacters = 200

/** The beginning of a text on one line of at most 200 characters. */
export function firstWordsOf(text: string): string {
  const line = text
    .slice(0, mostCharacters * 10)
    .replace(/\s+/g, " ")
    .trim()
  if (line.length <= mostCharacters) return line
  const cut = line.slice(0, mostCharacters - 1)
  return `${cut.replace(/\p{Surrogate}$/u, "").trimEnd()}…`
}
