import { placeOfOffset } from "../evaluation/places.ts"
import { everyNode, isNode, type SyntaxNode } from "../evaluation/syntax-tree.ts"
import type { Hap, Lane, Place } from "../result.ts"
import { type Performance, stateOfLanes } from "../stage/performance.ts"

interface Written {
  code: string
  tree: SyntaxNode
}

/** The labelled patterns of a run, where their labels stand, and how many of the haps each plays. */
export function lanesOf(performance: Performance, { code, tree }: Written, haps: Hap[]): Lane[] {
  const places = placesOfLabels(code, tree)
  const anonymous = new Map<string, number>()
  const counts = new Map<string, { haps: number; sounds: Set<string> }>()
  for (const { lane, sound } of haps) {
    if (lane === null) continue
    const count = counts.get(lane) ?? { haps: 0, sounds: new Set<string>() }
    count.haps++
    if (sound !== null) count.sounds.add(sound)
    counts.set(lane, count)
  }
  const lanes = stateOfLanes(performance).map(({ label, state }) => {
    const written = label.includes("$") ? label.replace(/\d+$/, "") : label
    const index = anonymous.get(written) ?? 0
    anonymous.set(written, index + 1)
    const all = places.get(written) ?? []
    // Of two lanes with one name, the later one is heard.
    const place = (written === label && state !== "muted" ? all.at(-1) : all[index]) ?? null
    const { haps = 0, sounds = new Set<string>() } = counts.get(label) ?? {}
    return { label, state, place, haps, sounds: [...sounds] }
  })
  return lanes.sort((one, other) => compare(one.place, other.place))
}

/** Lanes without a place in the source come last, in the order in which they were made. */
function compare(one: Place | null, other: Place | null): number {
  if (!one || !other) return Number(!one) - Number(!other)
  return one.line - other.line || one.column - other.column
}

/** The transpiler has made `x.p("label")` of each label; the pattern still knows where it stood. */
function placesOfLabels(code: string, tree: SyntaxNode): Map<string, Place[]> {
  const places = new Map<string, Place[]>()
  for (const node of everyNode(tree)) {
    const label = labelOf(node)
    const start = label === null ? null : startOf(node)
    if (label === null || start === null) continue
    places.set(label, [...(places.get(label) ?? []), placeOfOffset(code, startOfLabel(code, label, start))])
  }
  return places
}

function labelOf(node: SyntaxNode): string | null {
  if (node.type !== "CallExpression" || !isNode(node.callee) || !Array.isArray(node.arguments)) return null
  const { property } = node.callee
  const value: unknown = node.arguments[0]?.value
  return isNode(property) && property.name === "p" && typeof value === "string" ? value : null
}

function startOf(node: SyntaxNode): number | null {
  for (const { start } of everyNode(node)) if (start !== undefined) return start
  return null
}

/** Where `label:` before a pattern begins; where the pattern begins if it got its label from `.p(…)`. */
function startOfLabel(code: string, label: string, start: number): number {
  const found = code.lastIndexOf(label, start - 1)
  return found >= 0 && /^\s*:/.test(code.slice(found + label.length, start)) ? found : start
}
