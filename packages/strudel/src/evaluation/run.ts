import { scopeOf } from "../stage/scope.ts"
import type { Transpiled } from "./transpile.ts"

/** The file name under which clip code stands in stack traces. */
export const clipFile = "strudel-clip.js"

/** Lines before the clip's first one in the text that is run. */
const linesBefore = 1

// An indirect eval: the code sees global names alone, and its lines are where this file puts them.
// biome-ignore lint/security/noGlobalEval: Running what someone wrote is what this package is for.
const globalEval = eval

/** Runs a transpiled clip; resolves to the value of its last expression. */
export async function run({ output, tree }: Transpiled): Promise<unknown> {
  const { names, values } = scopeOf(tree)
  // The inner function lets a clip declare names of its own that are Strudel's too.
  const program = `(async function (${names.join(", ")}) { "use strict"; return await (async () => {\n${output}\n})() })`
  return await globalEval(`${program}\n//# sourceURL=${clipFile}`)(...values)
}

/** Where in the transpiled code a stack trace last was, lines and columns from 1; null if it never was there. */
export function placeInOutput(stack: string): { line: number; column: number } | null {
  // V8, SpiderMonkey and JavaScriptCore name the file; QuickJS says <input> or <evalScript> of everything evaluated.
  const found = /(?:strudel-clip\.js|<input>|<evalScript>):(\d+):(\d+)/.exec(stack)
  return found && { line: Number(found[1]) - linesBefore, column: Number(found[2]) }
}
