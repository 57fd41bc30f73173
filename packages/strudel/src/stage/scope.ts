import * as core from "@strudel/core"
import * as mini from "@strudel/mini"
import * as tonal from "@strudel/tonal"
import { everyNode, type SyntaxNode } from "../syntax-tree.ts"
import { addReplMethods, replFunctions } from "./repl.ts"
import { soundFunctions } from "./samples.ts"
import { addStandInMethods, standInFunctions } from "./stand-ins.ts"

addStandInMethods()

/** Every name that code on strudel.cc may use without defining it. Later groups win. */
const scope = new Map<string, unknown>(
  [core, mini, tonal, standInFunctions(), soundFunctions, replFunctions, addReplMethods()].flatMap((group) =>
    Object.entries(group),
  ),
)

mini.miniAllStrings()

/** The names of Strudel's own that a piece of code mentions, and what they stand for. */
export function scopeOf(tree: SyntaxNode): { names: string[]; values: unknown[] } {
  const mentioned = new Set<string>()
  for (const node of everyNode(tree))
    if (typeof node.name === "string" && scope.has(node.name)) mentioned.add(node.name)
  const names = [...mentioned]
  return { names, values: names.map((name) => scope.get(name)) }
}
