import type { Part } from "./link-part.ts"

const runs = /`+/g

/** Finds the ends of code spans: all runs of backticks of a text are sorted by length once, and passed once. */
export class CodeSpans {
  readonly #text: string
  readonly #byLength = new Map<number, { starts: number[]; next: number }>()

  constructor(text: string) {
    this.#text = text
    for (const { 0: run, index } of text.matchAll(runs)) {
      const same = this.#byLength.get(run.length)
      if (same) same.starts.push(index)
      else this.#byLength.set(run.length, { starts: [index], next: 0 })
    }
  }

  /** The code between the run of backticks from `at` up to `end` and the next one of its length. Ask in order. */
  after(at: number, end: number): Part | undefined {
    const length = end - at
    const same = this.#byLength.get(length)
    if (!same) return undefined
    while ((same.starts[same.next] ?? Number.POSITIVE_INFINITY) < end) same.next++
    const closing = same.starts[same.next]
    if (closing === undefined) return undefined
    const inside = this.#text.slice(end, closing).replaceAll("\n", " ")
    const isPadded = inside.startsWith(" ") && inside.endsWith(" ") && inside.trim() !== ""
    return { value: isPadded ? inside.slice(1, -1) : inside, end: closing + length }
  }
}
