/** A piece of a markdown text, and a place in it. */
interface Piece {
  text: string
  place: number
}

/** Stands for the place while the text around it changes; no text holds it, being no character. */
const mark = "\uFFFF"

/**
 * A piece of markdown as it reads: links by their words, headings and items of lists set apart by a dot, on one line.
 * The piece may begin or end in the middle of a link. The place moves along.
 */
export function plainExcerpt({ text, place }: Piece): Piece {
  const plain = `${text.slice(0, place)}${mark}${text.slice(place)}`
    .replace(/!?\[([^[\]]*)\]\(([^()\s]*)\)/g, (_, words: string, target: string) =>
      target.includes(mark) ? `${mark}${words}` : words,
    )
    .replace(/^([^[\]\n]*)\]\([^()\s]*\)/, "$1")
    .replace(/!?\[([^[\]\n]*)\]\([^()\s]*$/, "$1")
    .replace(/^\s*#{1,6}\s+/, "")
    .replace(/\s*\n\s*(?:[-+*]|\d{1,3}[.)]|#{1,6})\s+/g, " · ")
    .replaceAll("**", "")
    .replaceAll("`", "")
    .replace(/\s+/g, " ")
    .replace(/^[ ·]+/, "")
    .trimEnd()
  const at = plain.indexOf(mark)
  return { text: plain.replace(mark, ""), place: Math.max(0, at) }
}
