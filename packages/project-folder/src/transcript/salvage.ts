/** An object that stands in a text which is no JSON as a whole; without a value it does not parse. `line` is one-based. */
export type Salvaged = { start: number; end: number; line: number; value?: unknown }

/** Offset behind the brace that closes the object which opens at `start`. */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0
  for (let index = start; index < text.length; index++) {
    const character = text[index]
    if (character === '"') {
      index++
      while (index < text.length && text[index] !== '"') index += text[index] === "\\" ? 2 : 1
    } else if (character === "{") depth++
    else if (character === "}" && --depth === 0) return index + 1
  }
  return undefined
}

/** How often the text may be read over in search of an object's end, before the rest is given up. */
const mostPasses = 20

/**
 * Finds the outermost objects that parse, one after the other: those of an array that was cut off or has trailing
 * commas, and objects written without an array around. An object that does not parse is reported, then looked into.
 */
export function* salvageObjects(text: string): Generator<Salvaged> {
  let budget = text.length * mostPasses
  let line = 1
  let counted = 0
  for (let start = text.indexOf("{"); start >= 0 && budget > 0; ) {
    for (; counted < start; counted++) if (text[counted] === "\n") line++
    const end = endOfObject(text, start)
    budget -= (end ?? text.length) - start
    let next = start + 1
    try {
      if (end === undefined) throw new SyntaxError("The object has no end")
      yield { start, end, line, value: JSON.parse(text.slice(start, end)) }
      next = end
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      yield { start, end: end ?? text.length, line }
    }
    start = text.indexOf("{", next)
  }
}
