import * as core from "@strudel/core"
import * as mini from "@strudel/mini"
import * as tonal from "@strudel/tonal"
import * as xen from "@strudel/xen"
import { everyNode, type SyntaxNode } from "../evaluation/syntax-tree.ts"
import { hostValue, isHostName } from "../host/host.ts"
import { refusingFunctions } from "../refuse-imports.ts"
import { notationFunctions, readTextsAsNotation } from "./placeless-notation.ts"
import { addReplMethods, replFunctions } from "./repl.ts"
import { soundFunctions } from "./samples.ts"
import { addStandInMethods, standInFunctions } from "./stand-ins.ts"

addStandInMethods()

/** Every name of Strudel's that code on strudel.cc may use without defining it. Later groups win. */
export const strudelScope: ReadonlyMap<string, unknown> = new Map<string, unknown>(
  [
    core,
    mini,
    notationFunctions,
    tonal,
    xen,
    standInFunctions(),
    soundFunctions,
    refusingFunctions,
    replFunctions,
    addReplMethods(),
  ].flatMap((group) => Object.entries(group)),
)

readTextsAsNotation()

/** The names of Strudel's and of a browser's that a piece of code mentions, and what they stand for. */
export function scopeOf(tree: SyntaxNode): { names: string[]; values: unknown[] } {
  const mentioned = new Map<string, unknown>()
  for (const { name } of everyNode(tree)) {
    if (typeof name !== "string") continue
    if (strudelScope.has(name)) mentioned.set(name, strudelScope.get(name))
    else if (isHostName(name)) mentioned.set(name, hostValue(name))
  }
  return { names: [...mentioned.keys()], values: [...mentioned.values()] }
}
