import { parse } from "acorn"
import type { Place } from "../result.ts"
import { isNode, type SyntaxNode } from "./syntax-tree.ts"
import type { Transpiled } from "./transpile.ts"

/** Where an offset (in UTF-16 units) lies in a text. */
export function placeOfOffset(text: string, offset: number): Place {
  const before = text.slice(0, Math.max(0, Math.min(offset, text.length)))
  const lineStart = before.lastIndexOf("\n") + 1
  return { line: before.split("\n").length, column: before.length - lineStart + 1 }
}

/** The offset of a place in a text. */
export function offsetOfPlace(text: string, { line, column }: Place): number {
  const lines = text.split("\n")
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  return before + column - 1
}

export function placeOfNode(node: SyntaxNode): Place | null {
  return node.loc ? { line: node.loc.start.line, column: node.loc.start.column + 1 } : null
}

interface Pair {
  printed: SyntaxNode
  start: number
  end: number
  place: Place | null
}

/** What a place in the printed code comes from: its place in the source, and the name that stands there. */
export interface Origin {
  place: Place
  name: string | null
}

/** A place in the printed code; of a name that is to blame, engines may only know the statement around it. */
export interface PrintedPlace extends Place {
  name: string | null
}

/** Finds in the source what stands at a place of the printed code; null where nothing does. */
export function traceBack(code: string, { output, tree }: Transpiled, at: PrintedPlace): Origin | null {
  const pairs: Pair[] = []
  const printed = parse(output, {
    ecmaVersion: "latest",
    allowAwaitOutsideFunction: true,
    allowReturnOutsideFunction: true,
  })
  pair({ code, pairs }, { ...printed }, { node: tree, place: null })
  const offset = offsetOfPlace(output, at)
  const found =
    nearestOfName(pairs, offset, at.name) ?? atCall(pairs, offset) ?? atStart(pairs, offset) ?? around(pairs, offset)
  if (!found) return null
  const focus = focusOf(found.printed)
  const { place } = pairs.find(({ printed: node }) => node === focus) ?? found
  return place && { place, name: focus.type === "Identifier" ? String(focus.name) : null }
}

/** Walks the printed tree and the one it was printed from side by side: they have the same shape. */
function pair(
  walk: { code: string; pairs: Pair[] },
  printed: SyntaxNode,
  source: { node: SyntaxNode; place: Place | null },
) {
  const place = placeOfNode(source.node) ?? placeOfNotation(walk.code, source.node) ?? source.place
  const { start = 0, end = 0 } = printed
  walk.pairs.push({ printed, start, end, place })
  for (const [key, value] of Object.entries(printed)) {
    const other = source.node[key]
    if (isNode(value) && isNode(other)) pair(walk, value, { node: other, place })
    if (!Array.isArray(value) || !Array.isArray(other)) continue
    for (const [index, child] of value.entries()) {
      const twin: unknown = other[index]
      if (isNode(child) && isNode(twin)) pair(walk, child, { node: twin, place })
    }
  }
}

/** The transpiler's `m("bd hh", 12)` has no place of its own, but carries the offset of its string. */
function placeOfNotation(code: string, node: SyntaxNode): Place | null {
  if (node.type !== "CallExpression" || !isNode(node.callee) || node.callee.name !== "m") return null
  const offset = Array.isArray(node.arguments) ? node.arguments[1]?.value : undefined
  return typeof offset === "number" ? placeOfOffset(code, offset) : null
}

/** The part of an expression that engines name in their messages: of `a.b(c)`, it is `b`. */
function focusOf(node: SyntaxNode): SyntaxNode {
  const inner = node.type === "CallExpression" ? node.callee : node.type === "MemberExpression" ? node.property : null
  return isNode(inner) ? focusOf(inner) : node
}

const innermost = (pairs: Pair[]) =>
  pairs.reduce<Pair | null>((best, each) => (smaller(each, best) ? each : best), null)
const smaller = (one: Pair, other: Pair | null) => !other || one.end - one.start <= other.end - other.start

function nearestOfName(pairs: Pair[], offset: number, name: string | null): Pair | null {
  const named = pairs.filter(({ printed }) => name !== null && printed.type === "Identifier" && printed.name === name)
  const distance = ({ start }: Pair) => Math.abs(start - offset)
  return named.reduce<Pair | null>((best, each) => (!best || distance(each) < distance(best) ? each : best), null)
}

/** QuickJS points at the bracket that opens a call. */
function atCall(pairs: Pair[], offset: number): Pair | null {
  const calls = pairs.filter(({ printed }) => printed.type === "CallExpression" || printed.type === "NewExpression")
  return innermost(calls.filter(({ printed }) => isNode(printed.callee) && printed.callee.end === offset))
}

/** V8 points at the first sign of a name. */
function atStart(pairs: Pair[], offset: number): Pair | null {
  return innermost(pairs.filter(({ start }) => start === offset))
}

function around(pairs: Pair[], offset: number): Pair | null {
  return innermost(pairs.filter(({ start, end }) => start <= offset && offset < end))
}
