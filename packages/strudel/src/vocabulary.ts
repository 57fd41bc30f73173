import { getControlName, isControlName, isPattern, Pattern } from "@strudel/core"
import { complex, voicingRegistry } from "@strudel/tonal"
import { strudelScope } from "./stage/scope.ts"
import type { Vocabulary, Word } from "./word.ts"

const hiddenMethod = /^_(?!pianoroll|punchcard|wordfall|spiral|scope|spectrum|pitchwheel)/

function wordOf(name: string): Word {
  const value = strudelScope.get(name)
  const method = Object.getOwnPropertyDescriptor(Pattern.prototype, name)
  return {
    name,
    asFunction: typeof value === "function",
    asMethod: method !== undefined,
    asPattern: isPattern(value),
    control: isControlName(name) ? getControlName(name) : null,
  }
}

/**
 * Every name that clip code may use without defining it, as this build has it: the names around a clip and the methods
 * of patterns. Names that begin with _ are the insides of methods, but for those that draw in place.
 */
export function vocabulary(): Vocabulary {
  const names = new Set([...strudelScope.keys(), ...Object.getOwnPropertyNames(Pattern.prototype)])
  return {
    words: [...names].filter((name) => !hiddenMethod.test(name)).map(wordOf),
    chords: Object.fromEntries(Object.entries(complex).map(([symbol, [first = ""]]) => [symbol, first])),
    dictionaries: Object.keys(voicingRegistry),
  }
}
