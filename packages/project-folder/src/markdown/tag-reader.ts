import { skipBlanks } from "./character.ts"

const tagName = /<[a-z][a-z\d-]*/iy
const closingTag = /<\/[a-z][a-z\d-]*[ \t\n]*>/iy
const attributeName = /[a-z_:][a-z\d_.:-]*/iy
const unquotedValue = /[^ \t\r\n"'=<>`]+/y

const endOf = (pattern: RegExp, text: string, at: number): number | undefined => {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : undefined
}

/**
 * Finds the ends of HTML tags within a part of a text. Many signs `<` could each begin a tag that runs to the end without
 * being closed; where one reading has failed, no other follows it there again, so all readings together take time in
 * proportion to the text.
 */
export class TagReader {
  readonly #text: string
  readonly #end: number
  /** Where attributes were looked for behind what became no tag. */
  readonly #failed = new Set<number>()

  constructor(text: string, end = text.length) {
    this.#text = text
    this.#end = end
  }

  /** Offset behind the tag that begins here; undefined where none does. */
  tagEnd(at: number): number | undefined {
    const closed = endOf(closingTag, this.#text, at)
    if (closed !== undefined) return closed <= this.#end ? closed : undefined
    const named = endOf(tagName, this.#text, at)
    return named === undefined ? undefined : this.#openTagEnd(named)
  }

  #openTagEnd(named: number): number | undefined {
    const text = this.#text
    let at = named
    const tried: number[] = []
    while (at < this.#end && !this.#failed.has(at)) {
      tried.push(at)
      const next = this.#skip(at)
      if (text.startsWith(">", next)) return next < this.#end ? next + 1 : undefined
      if (text.startsWith("/>", next)) return next + 1 < this.#end ? next + 2 : undefined
      const attribute = next === at ? undefined : this.#attributeEnd(next)
      if (attribute === undefined) break
      at = attribute
    }
    for (const each of tried) this.#failed.add(each)
    return undefined
  }

  #skip(at: number): number {
    let next = skipBlanks(this.#text, at, this.#end)
    while (next < this.#end && this.#text.startsWith("\n", next)) next = skipBlanks(this.#text, next + 1, this.#end)
    return next
  }

  #attributeEnd(at: number): number | undefined {
    const text = this.#text
    const named = endOf(attributeName, text, at)
    if (named === undefined) return undefined
    const sign = this.#skip(named)
    if (!text.startsWith("=", sign)) return named
    const value = this.#skip(sign + 1)
    const quote = text.charAt(value)
    if (quote !== '"' && quote !== "'") return endOf(unquotedValue, text, value)
    const closing = text.indexOf(quote, value + 1)
    return closing < 0 || closing >= this.#end ? undefined : closing + 1
  }
}
