import type { Span } from "./node.ts"

/** The stretches of a paragraph as one text with line feeds between them, which knows where each character comes from. */
export class JoinedText {
  readonly text: string
  readonly #source: string
  readonly #stretches: readonly Span[]
  /** Per stretch but the first, its offset in the joined text. */
  readonly #offsets: number[] = []
  #place = 0

  constructor(source: string, stretches: readonly Span[]) {
    this.#source = source
    this.#stretches = stretches
    const parts: string[] = []
    let length = 0
    for (const { start, end } of stretches) {
      if (parts.length > 0) this.#offsets.push(length)
      parts.push(source.slice(start, end))
      length += end - start + 1
    }
    this.text = parts.length === 1 ? (parts[0] ?? "") : parts.join("\n")
  }

  /** The place of the stretch that a character lies in. */
  placeOf(offset: number): number {
    // Offsets are mostly asked for in order: the stretch is looked for from the last one on.
    while (this.#place > 0 && (this.#offsets[this.#place - 1] ?? 0) > offset) this.#place--
    while ((this.#offsets[this.#place] ?? Number.POSITIVE_INFINITY) <= offset) this.#place++
    return this.#place
  }

  /** Where a character lies in the source; a line feed, at the end of its line. */
  startOf(offset: number): number {
    const place = this.#offsets.length === 0 ? 0 : this.placeOf(offset)
    return (this.#stretches[place]?.start ?? 0) + offset - (place === 0 ? 0 : (this.#offsets[place - 1] ?? 0))
  }

  /** Where what ends at an offset ends in the source; behind a line feed, at the end of the line's ending. */
  endOf(offset: number): number {
    const last = this.startOf(offset - 1)
    return last + (this.text.charCodeAt(offset - 1) === 10 && this.#source.startsWith("\r\n", last) ? 2 : 1)
  }
}
