import type { Span } from "./markdown/node.ts"

const endsLine = (character: string): boolean => character === "\n" || character === "\r"

/** The whole lines that a span touches, without the last line's ending. */
export function linesAround(text: string, { start, end }: Span): Span {
  let from = start
  while (from > 0 && !endsLine(text.charAt(from - 1))) from--
  let to = end
  while (to < text.length && !endsLine(text.charAt(to))) to++
  return { start: from, end: to }
}

/** Counts lines, from 1 on, at offsets that are asked for in the order of the text. */
export class LineCounter {
  readonly #text: string
  #at = 0
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  lineAt(offset: number): number {
    for (; this.#at < offset; this.#at++) {
      const character = this.#text.charAt(this.#at)
      if (character === "\n" || (character === "\r" && this.#text[this.#at + 1] !== "\n")) this.#line++
    }
    return this.#line
  }
}
