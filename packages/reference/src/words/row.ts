/**
 * What is written down of one word: its names, the usual one first and the others behind it; what it takes; what it
 * does, in one sentence; an example that plays; and words that people look for it with.
 */
export type Row = readonly [names: string, takes: string, does: string, example: string, purposes?: string]

/** Words that are alike in what they are for. */
export interface Section {
  /** What they are for, in a word or two. */
  topic: string
  /** Where set, an example is the argument that the word is given behind this pattern. */
  base?: string
  rows: readonly Row[]
}
