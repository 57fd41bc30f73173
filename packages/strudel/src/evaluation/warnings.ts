import type { Place, Sound, Warning } from "../result.ts"
import { meantSynth } from "../sounds.ts"
import type { Performance } from "../stage/performance.ts"
import { kindOfStandIn } from "../stage/stand-ins.ts"
import type { Reading } from "./haps.ts"
import { placeOfNode } from "./places.ts"
import { everyNode, nameAt, type SyntaxNode } from "./syntax-tree.ts"

/** What took the place of a function that Strudel keeps for old code alone. */
const successors: Record<string, string> = {
  cpm: "setcpm",
  stut: "echo",
  voicings: "voicing",
  shape: "distort",
  loopAtCps: "loopAt",
  loopatcps: "loopAt",
  s_cat: "stepcat",
  s_alt: "stepalt",
  s_polymeter: "polymeter",
  s_taper: "shrink",
  s_taperlist: "shrinklist",
  s_add: "take",
  s_sub: "drop",
  s_expand: "expand",
  s_extend: "extend",
  s_contract: "contract",
  s_tour: "tour",
  s_zip: "zip",
}

type Draft = Omit<Warning, "name" | "place"> & Partial<Warning>
const warning = ({ kind, message, name = null, place = null }: Draft): Warning => ({ kind, message, name, place })

/** Old functions that the code calls, each once. */
function deprecated(calls: Map<string, Place | null>): Warning[] {
  return [...calls].flatMap(([name, place]) => {
    const successor = Object.hasOwn(successors, name) ? successors[name] : undefined
    return successor
      ? [warning({ kind: "deprecated", message: `${name} is deprecated: use ${successor}`, name, place })]
      : []
  })
}

/** Functions that the engine took note of and did not carry out. */
function leftOut({ used }: Performance, calls: Map<string, Place | null>): Warning[] {
  return [...used].map((name) => {
    const kind = kindOfStandIn(name)
    const message = kind === "visual" ? `${name} draws; the events are the same` : `${name} has no effect here`
    return warning({ kind, message, name, place: calls.get(name) ?? null })
  })
}

/** The functions and methods that the code calls, and where it first does. */
function callsOf(tree: SyntaxNode): Map<string, Place | null> {
  const calls = new Map<string, Place | null>()
  for (const node of everyNode(tree)) {
    const name = node.type === "CallExpression" ? nameAt(node, "callee") : undefined
    const method = node.type === "MemberExpression" ? nameAt(node, "property") : undefined
    const called = name ?? method
    const focus = node[name === undefined ? "property" : "callee"]
    if (called === undefined || calls.has(called)) continue
    calls.set(called, isLocated(focus) ? placeOfNode(focus) : null)
  }
  return calls
}

const isLocated = (value: unknown): value is SyntaxNode => typeof value === "object" && value !== null && "loc" in value

/** What the code itself gives reason to warn of. */
export function warningsOfCode(performance: Performance, tree: SyntaxNode): Warning[] {
  const calls = callsOf(tree)
  const tempo = performance.problemsOfTempo.map((message) => warning({ kind: "tempo", message }))
  return [...deprecated(calls), ...leftOut(performance, calls), ...tempo].sort(byPlace)
}

function byPlace({ place: one }: Warning, { place: other }: Warning): number {
  if (!one || !other) return Number(!one) - Number(!other)
  return one.line - other.line || one.column - other.column
}

/** What the events give reason to warn of. */
export function warningsOfHaps({ haps, cut, bare }: Reading, sounds: Sound[], cycles: number): Warning[] {
  const warnings: Warning[] = []
  if (cut) warnings.push(warning({ kind: "cut", message: `Only the first ${haps.length} events are here` }))
  if (haps.length === 0) warnings.push(warning({ kind: "silent", message: `Nothing plays in ${inCycles(cycles)}` }))
  if (bare) {
    const message = `${bare.count} of the events are bare values (${bare.first}): append .note() or .s()`
    warnings.push(warning({ kind: "bareValues", message }))
  }
  if (haps.length > 0 && sounds.length === 0 && !bare) {
    warnings.push(warning({ kind: "noSound", message: "None of the events names a sound that can be played" }))
  }
  return [...warnings, ...sounds.flatMap(unknownSound)]
}

const inCycles = (cycles: number) => (cycles === 1 ? "the cycle" : `${cycles} cycles`)

/** Only slips in the names of built-in sounds: which samples a page has loaded, the engine cannot know. */
function unknownSound({ name, kind, bank }: Sound): Warning[] {
  const meant = kind === "sample" && bank === null ? meantSynth(name) : null
  return meant
    ? [warning({ kind: "unknownSound", message: `There is no sound "${name}": is it "${meant}"?`, name })]
    : []
}

/** The transpiler's remark on code without a statement, of which `emptyWarning` tells already. */
const remarkOnEmpty = "empty body -> fallback to silence"

/** What Strudel's libraries, or the code, wrote to the console. */
export function warningsOfLog(messages: Iterable<string>): Warning[] {
  return [...messages]
    .filter((message) => message !== remarkOnEmpty)
    .map((message) => warning({ kind: "log", message }))
}

export const emptyWarning = warning({ kind: "empty", message: "There is no code" })
