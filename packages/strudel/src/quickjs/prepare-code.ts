import { parse } from "@strudel/mini/krill-parser.js"
import type { Prepared } from "../evaluation/prepared.ts"
import { everyNode, nameAt } from "../evaluation/syntax-tree.ts"
import { transpile } from "../evaluation/transpile.ts"

/**
 * Characters of code, and of one mini notation, that are prepared. Preparing runs no code of a clip, but has no deadline
 * of its own: what is longer is left to the machine that has one.
 */
const most = { code: 64 * 1024, notation: 4_000 } as const

/**
 * Transpiles code and parses its mini notations outside of QuickJS, which takes tens of times as long; as JSON. Null
 * where the code is too long or has a mistake, which the engine inside is to find and to explain.
 */
export function prepareCode(code: string): string | null {
  if (code.length > most.code) return null
  try {
    const transpiled = transpile(code)
    const notations: Record<string, string> = {}
    for (const node of everyNode(transpiled.tree)) {
      // The transpiler has put `m("bd hh", 12)` in place of each.
      if (nameAt(node, "callee") !== "m" || !Array.isArray(node.arguments)) continue
      const text: unknown = node.arguments[0]?.value
      if (typeof text !== "string" || text.length > most.notation) continue
      notations[`"${text}"`] = JSON.stringify(parse(`"${text}"`))
    }
    return JSON.stringify({ transpiled, notations } satisfies Prepared)
  } catch {
    return null
  }
}
