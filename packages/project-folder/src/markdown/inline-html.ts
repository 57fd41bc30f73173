import { TagReader } from "./tag-reader.ts"

const address = /<([a-z][a-z\d+.-]{1,31}:[^\0-\x20<>\x7f]*)>/iy
const mailLabel = "[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?"
const mail = new RegExp(`<([a-z\\d.!#$%&'*+/=?^_\`{|}~-]+@${mailLabel}(?:\\.${mailLabel})*)>`, "iy")

/** An address in angle brackets; undefined where none begins here. */
export function addressAt(text: string, at: number): { shown: string; url: string } | undefined {
  address.lastIndex = at
  const shown = address.exec(text)?.[1]
  if (shown !== undefined) return { shown, url: shown }
  mail.lastIndex = at
  const to = mail.exec(text)?.[1]
  return to === undefined ? undefined : { shown: to, url: `mailto:${to}` }
}

/** What HTML other than tags begins with, where at the earliest the sign that ends it may begin, and that sign. */
const markups = [
  { opening: /<!--/y, from: 2, closing: "-->" },
  { opening: /<\?/y, from: 2, closing: "?>" },
  { opening: /<!\[CDATA\[/y, from: 9, closing: "]]>" },
  { opening: /<![a-z]/iy, from: 3, closing: ">" },
]

/** Finds HTML within a text. What ends one kind is not looked for again where it was missing once. */
export class HtmlReader {
  readonly #text: string
  readonly #tags: TagReader
  readonly #missing = new Set<string>()

  constructor(text: string) {
    this.#text = text
    this.#tags = new TagReader(text)
  }

  /** Offset behind the HTML that begins with the sign `<` here; undefined where none does. */
  htmlEnd(at: number): number | undefined {
    for (const { opening, from, closing } of markups) {
      opening.lastIndex = at
      if (!opening.test(this.#text)) continue
      if (this.#missing.has(closing)) return undefined
      const found = this.#text.indexOf(closing, at + from)
      if (found >= 0) return found + closing.length
      this.#missing.add(closing)
      return undefined
    }
    return this.#tags.tagEnd(at)
  }
}
