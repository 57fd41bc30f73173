import { parse as parseNotation } from "@strudel/mini/krill-parser.js"

export * from "@strudel/mini/krill-parser.js"

// Clip code may put something else in its place.
const { parse: readJson } = JSON

let known: Readonly<Record<string, string>> = {}

/** Tells what some mini notations parse to, as JSON by their text, so that these need not be parsed again. */
export function knowNotations(notations: Readonly<Record<string, string>>): void {
  known = notations
}

/** Parses a mini notation as Strudel's own parser, whose place it takes where the engine is bundled. */
export function parse(text: string, options?: unknown): unknown {
  const tree = Object.hasOwn(known, text) ? known[text] : undefined
  return tree === undefined || options !== undefined ? parseNotation(text, options) : readJson(tree)
}
