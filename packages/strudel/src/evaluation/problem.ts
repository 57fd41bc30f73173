import { parse as parseMini } from "@strudel/mini"
import { parse } from "acorn"
import type { Place, Problem, Stage } from "../result.ts"
import { placeOfNode, placeOfOffset, traceBack } from "./places.ts"
import { placeInOutput } from "./run.ts"
import { suspectLoop } from "./suspect-loop.ts"
import { everyNode, isNode, nameAt, type SyntaxNode } from "./syntax-tree.ts"
import type { Transpiled } from "./transpile.ts"

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
const stackOf = (error: unknown) => (error instanceof Error ? (error.stack ?? "") : "")
const miniPrefix = /^\[mini\] parse error at line \d+: /

/** What acorn, the mini notation or the transpiler had against a clip. */
export function problemOfSource(code: string, error: unknown): Problem {
  const message = messageOf(error)
  if (miniPrefix.test(message)) {
    return { stage: "mini", message: wordsOfMini(message), ...(placeOfMini(code) ?? nowhere) }
  }
  const offset = error instanceof Error && "pos" in error && typeof error.pos === "number" ? error.pos : null
  if (offset !== null) {
    return { stage: "parse", message: message.replace(/ \(\d+:\d+\)$/, ""), ...placeOfOffset(code, offset) }
  }
  if (message.includes("unexpected ast format")) {
    return { stage: "parse", message: endsWithoutExpression, ...(placeOfLastStatement(code) ?? nowhere) }
  }
  return { stage: "parse", message, line: 1, column: 1 }
}

/** Of "Expected this, or that, or whitespace but "x" found" only what was found is news; a quote is the end. */
function wordsOfMini(message: string): string {
  const found = /but (end of input|"(?:.|\\.)*") found\.$/s.exec(message)?.[1]
  if (!found) return message.replace(miniPrefix, "")
  // Half of a sign outside of the basic plane, such as an emoji.
  if (/[\ud800-\udfff]/.test(found)) return "Unexpected sign in the mini notation"
  const isEnd = found === "end of input" || found === '"\\""'
  return isEnd
    ? "The mini notation ends too early: something is not closed"
    : `Unexpected ${found} in the mini notation`
}

const endsWithoutExpression = "The last statement must be an expression: Strudel plays its value"
const nowhere = { line: null, column: null }

/** The sign at which the first broken mini notation of the source breaks. */
function placeOfMini(code: string): Place | null {
  for (const node of everyNode(treeOf(code))) {
    const text = notationOf(node)
    if (text === null) continue
    try {
      parseMini(`"${text}"`)
    } catch (error) {
      const offset = offsetInside(error)
      return placeOfOffset(code, Math.min((node.start ?? 0) + offset, (node.end ?? code.length) - 1))
    }
  }
  return null
}

function offsetInside(error: unknown): number {
  if (typeof error !== "object" || error === null || !("location" in error)) return 0
  const { location } = error
  if (typeof location !== "object" || location === null || !("start" in location)) return 0
  const { start } = location
  return typeof start === "object" && start !== null && "offset" in start ? Number(start.offset) : 0
}

/** Double quotes and backticks hold mini notation. */
function notationOf(node: SyntaxNode): string | null {
  if (node.type === "Literal" && typeof node.value === "string")
    return String(node.raw).startsWith('"') ? node.value : null
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis)) return null
  const raw: unknown = node.quasis[0]?.value?.raw
  return typeof raw === "string" ? raw : null
}

function treeOf(code: string): SyntaxNode {
  return { ...parse(code, { ecmaVersion: 2022, allowAwaitOutsideFunction: true, locations: true }) }
}

export function placeOfLastStatement(code: string): Place | null {
  const { body } = treeOf(code)
  const last: unknown = Array.isArray(body) ? body.at(-1) : undefined
  return isNode(last) ? placeOfNode(last) : null
}

/** Where a clip is to be blamed for what it threw, and in which words. */
export interface Trial {
  code: string
  transpiled: Transpiled
  stage: Stage
  /** The place to name if the stack trace never passes through the clip. */
  fallback: Place | null
}

/** The message of code that was stopped where it has a loop. */
export const inLoop = "interrupted in a loop"

/** What a clip threw while it ran or while it was asked for its events. */
export function problemOfRun({ code, transpiled, stage, fallback }: Trial, error: unknown): Problem {
  const message = messageOf(error)
  const at = placeInOutput(stackOf(error))
  const origin = at && traceBack(code, transpiled, { ...at, name: wrongName(message) })
  const constant = nameIn(fixedName, message)
  const assigned = constant === null ? null : placeOfAssignment(transpiled.tree, constant)
  const place = assigned ?? origin?.place ?? fallback
  // QuickJS's word for code that was stopped.
  if (message === "interrupted") {
    const loop = place && suspectLoop(transpiled.tree, place)
    return { stage: "timeout", message: loop ? inLoop : message, ...(loop ?? place ?? nowhere) }
  }
  if (miniPrefix.test(message)) return { stage: "mini", message: wordsOfMini(message), ...(place ?? nowhere) }
  return { stage, message: plainWords(message, origin?.name ?? null), ...(place ?? nowhere) }
}

/** QuickJS does not tell where a constant was assigned to. */
function placeOfAssignment(tree: SyntaxNode, name: string): Place | null {
  for (const node of everyNode(tree)) {
    if (nameAt(node, "left") === name && node.type === "AssignmentExpression") return placeOfNode(node)
    if (nameAt(node, "argument") === name && node.type === "UpdateExpression") return placeOfNode(node)
  }
  return null
}

const unknownName = [/^'?([\w$]+)'? is not defined$/, /^Can't find variable: ([\w$]+)$/]
const earlyName = [/^Cannot access '?([\w$]+)'? before initialization/, /^([\w$]+) is not initialized$/]
const fixedName = [/^'([\w$]+)' is read-only$/, /^invalid assignment to const '([\w$]+)'$/]

const nameIn = (patterns: RegExp[], message: string) =>
  patterns.map((pattern) => pattern.exec(message)?.[1]).find((name) => name !== undefined) ?? null

const wrongName = (message: string) => nameIn([...unknownName, ...earlyName], message)

/** The same words from every engine for the mistakes that are made most. */
function plainWords(message: string, name: string | null): string {
  if (/out of memory|invalid string length|string too long/i.test(message)) return "Out of memory"
  if (/Maximum call stack|stack overflow|too much recursion/.test(message)) return "Too much recursion"
  const unknown = nameIn(unknownName, message)
  if (unknown) return `${unknown} is not defined`
  const early = nameIn(earlyName, message)
  if (early) return `${early} is used before it is defined`
  if (/^Assignment to constant variable/.test(message) || nameIn(fixedName, message))
    return "A const cannot be set again"
  if (name && /is not a function|^not a function$/.test(message)) return `${name} is not a function`
  const read = /^Cannot read properties of (undefined|null) \(reading '(.*)'\)$/.exec(message)
  if (read) return `Cannot read "${read[2]}" of ${read[1]}`
  const readToo = /^cannot read property '(.*)' of (undefined|null)$/.exec(message)
  if (readToo) return `Cannot read "${readToo[1]}" of ${readToo[2]}`
  return message
}
