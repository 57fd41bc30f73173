import type { HapContext, Pattern } from "@strudel/core"
import { registerWidgetType } from "@strudel/transpiler"
import { everyNode, isNode, nameAt, type SyntaxNode } from "../evaluation/syntax-tree.ts"

/** Methods that draw below the line in which they are called; the transpiler gives their calls an id. */
export const widgetMethods = ["_pianoroll", "_punchcard", "_wordfall", "_spiral", "_scope", "_spectrum", "_pitchwheel"]

for (const name of widgetMethods) registerWidgetType(name)

const methods = new Set(widgetMethods)
const prefix = "visual_"

/** Has each call that draws known by the place of its name in the source, in the place of the transpiler's id. */
export function placeWidgets(tree: SyntaxNode): void {
  for (const node of everyNode(tree)) {
    if (node.type !== "CallExpression" || !isNode(node.callee) || !isNode(node.callee.property)) continue
    const { start } = node.callee.property
    if (start === undefined || !methods.has(nameAt(node.callee, "property") ?? "")) continue
    const id: unknown = Array.isArray(node.arguments) ? node.arguments[0] : undefined
    if (isNode(id)) Object.assign(id, { value: `${prefix}${start}`, raw: `'${prefix}${start}'` })
  }
}

/** Marks the events of a pattern as drawn by a call; what is no id of one leaves them as they are. */
export function drawnBy(pattern: Pattern, id: unknown): Pattern {
  const place = typeof id === "string" && id.startsWith(prefix) ? Number(id.slice(prefix.length)) : Number.NaN
  if (!Number.isSafeInteger(place)) return pattern
  return pattern.withContext((context) => ({ ...context, visuals: [...visualsOf(context), place] }))
}

/** The calls that draw an event, by where their names begin in the source. */
export function visualsOf({ visuals }: HapContext): number[] {
  return Array.isArray(visuals) ? visuals.filter((place) => Number.isSafeInteger(place) && place >= 0) : []
}
