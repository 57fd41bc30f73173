import { type Pattern, reify, setStringParser } from "@strudel/core"
import { h, mini } from "@strudel/mini"

/**
 * Mini notation that is read while the code runs, such as a text in single quotes: nobody knows where in the code it
 * stands, and the places that the parser gives are of the text alone.
 */
const withoutPlaces =
  (parse: (...texts: string[]) => Pattern) =>
  (...texts: string[]): Pattern => {
    const pattern = parse(...texts).withContext((context) => ({ ...context, locations: [] }))
    delete pattern.__pure_loc
    return pattern
  }

const placelessMini = withoutPlaces(mini)

/** Has texts that stand where a pattern belongs read as mini notation, as strudel.cc does. */
export const readTextsAsNotation = (): void => setStringParser(placelessMini)

/** What code calls to have mini notation read by itself. */
export const notationFunctions = {
  mini: placelessMini,
  h: withoutPlaces(h),
  minify: (value: unknown) => (typeof value === "string" ? placelessMini(value) : reify(value)),
  miniAllStrings: readTextsAsNotation,
}
