import type { Expression, Program } from "acorn"
import { everyNode, isNode, nameAt, type SyntaxNode } from "../evaluation/syntax-tree.ts"

export interface Stretch {
  start: number
  end: number
}

/** A pattern that is played: the statement it stands in, and the pattern alone. */
export interface Lane {
  outer: Stretch
  inner: Stretch
}

/** What strudel.cc plays of a clip: its lanes, or else its last value, and what is done to them. */
export interface Played {
  lanes: Lane[]
  value: Lane | undefined
  /** Functions as they are written. */
  each: string | undefined
  all: string[]
  /** Statements that set the tempo, or are not heard. */
  dropped: Stretch[]
  /** Whether there is nothing beside patterns. */
  isPlain: boolean
  /** Whether a label stands where only running the code shows what becomes of it. */
  hiddenLabel: boolean
}

type Statement = Program["body"][number]

const tempoFunctions = new Set(["setcps", "setCps", "setcpm", "setCpm"])
/** What they give back is nothing to play. */
const definingFunctions = new Set(["register", "samples"])

/** Reads from a clip's syntax alone what strudel.cc would play of it. */
export function readPlayed(program: Program, code: string): Played {
  const body = program.body.filter(({ type }) => type !== "EmptyStatement")
  const dropped: Stretch[] = program.body.filter(({ type }) => type === "EmptyStatement")
  const lanes = new Map<string, Lane>()
  const rest: Statement[] = []
  let each: string | undefined
  let all: string[] = []
  let labels = 0
  let anonymous = 0
  for (const statement of body) {
    const call = callOf(statement)
    const labelled = labelOf(statement, code)
    if (labelled) {
      labels++
      const { label, lane } = labelled
      const name = label.includes("$") ? `${label}${anonymous++}` : label
      const before = lanes.get(name)
      if (before) dropped.push(before.outer)
      if (isMuted(label)) dropped.push(statement)
      else lanes.set(name, lane)
      continue
    }
    if (call?.name === "all") all.push(sourceOf(call.argument, code))
    else if (call?.name === "each") each = sourceOf(call.argument, code)
    else if (call?.name === "hush") {
      dropped.push(...[...lanes.values()].map(({ outer }) => outer))
      lanes.clear()
      each = undefined
      all = []
    } else if (!call || !tempoFunctions.has(call.name)) {
      rest.push(statement)
      continue
    }
    dropped.push(statement)
  }
  const heard = heardOf(lanes)
  dropped.push(...[...lanes.values()].filter((lane) => !heard.includes(lane)).map(({ outer }) => outer))
  const last = lanes.size === 0 ? lastValue(body.at(-1), rest, code) : undefined
  const isPlain = rest.length === (last ? 1 : 0) && each === undefined && all.length === 0 && !waits(program)
  return { lanes: heard, value: last, each, all, dropped, isPlain, hiddenLabel: countLabels(program) > labels }
}

const isMuted = (label: string) => label.startsWith("_") || label.endsWith("_")
const isSolo = (label: string) => label.length > 1 && label.startsWith("S")

/** In the order of the code: a lane whose label begins with S silences all that do not. */
function heardOf(lanes: ReadonlyMap<string, Lane>): Lane[] {
  const solo = [...lanes.keys()].some(isSolo)
  return [...lanes]
    .flatMap(([label, lane]) => (!solo || isSolo(label) ? [lane] : []))
    .sort((one, other) => one.outer.start - other.outer.start)
}

/** A statement without its semicolon; its expression alone would lack the parentheses around it. */
function withoutSemicolon({ start, end }: Stretch, code: string): Stretch {
  return { start, end: start + code.slice(start, end).replace(/;\s*$/, "").length }
}

function labelOf(statement: Statement, code: string): { label: string; lane: Lane } | undefined {
  if (statement.type === "LabeledStatement") {
    const { label, body } = statement
    if (body.type !== "ExpressionStatement") return undefined
    return { label: label.name, lane: { outer: statement, inner: withoutSemicolon(body, code) } }
  }
  const member = statement.type === "ExpressionStatement" ? labelMember(statement.expression) : undefined
  if (!member) return undefined
  const inner = { start: statement.start, end: code.lastIndexOf(".", member.at) }
  return { label: member.label, lane: { outer: statement, inner } }
}

/** A label that a method gives at the end of an expression: `.p('kick')`, `.d1`; `.q1` silences. */
function labelMember(expression: Expression): { label: string; at: number } | undefined {
  if (expression.type === "CallExpression" && expression.callee.type === "MemberExpression") {
    const { property, computed } = expression.callee
    const [argument] = expression.arguments
    if (computed || property.type !== "Identifier" || argument?.type !== "Literal") return undefined
    if (property.name === "q") return { label: "_", at: property.start }
    const isPlainText = argument.raw?.startsWith("'") || typeof argument.value === "number"
    return property.name === "p" && isPlainText ? { label: String(argument.value), at: property.start } : undefined
  }
  if (expression.type !== "MemberExpression" || expression.computed) return undefined
  const { property } = expression
  const [, kind, number = ""] = (property.type === "Identifier" && /^([dpq])([1-9])$/.exec(property.name)) || []
  return kind === undefined ? undefined : { label: kind === "q" ? "_" : number, at: property.start }
}

function callOf(statement: Statement): { name: string; argument: Stretch | undefined } | undefined {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "CallExpression") return undefined
  const { callee, arguments: given } = statement.expression
  return callee.type === "Identifier" ? { name: callee.name, argument: given[0] } : undefined
}

const sourceOf = (stretch: Stretch | undefined, code: string): string =>
  stretch ? code.slice(stretch.start, stretch.end) : "(pattern) => pattern"

/** The last statement where its value is something to play, as far as its syntax tells. */
function lastValue(last: Statement | undefined, rest: Statement[], code: string): Lane | undefined {
  if (last?.type !== "ExpressionStatement" || last !== rest.at(-1)) return undefined
  const { type } = last.expression
  const name = callOf(last)?.name
  if (type === "ArrowFunctionExpression" || type === "FunctionExpression" || type === "AssignmentExpression")
    return undefined
  return name && definingFunctions.has(name) ? undefined : { outer: last, inner: withoutSemicolon(last, code) }
}

function nodesOf(program: Program): SyntaxNode[] {
  return isNode(program) ? [...everyNode(program)] : []
}

const waits = (program: Program): boolean =>
  nodesOf(program).some(({ type, async }) => async === true || type === "AwaitExpression")

/** All labels that patterns are given, wherever they stand. */
function countLabels(program: Program): number {
  return nodesOf(program).filter((node) => {
    if (node.type === "LabeledStatement") return isNode(node.body) && node.body.type === "ExpressionStatement"
    if (node.type === "CallExpression") return isNode(node.callee) && isMember(node.callee, /^[pq]$/)
    return isMember(node, /^[dpq][1-9]$/)
  }).length
}

function isMember(node: SyntaxNode, names: RegExp): boolean {
  const name = node.type === "MemberExpression" && node.computed === false ? nameAt(node, "property") : undefined
  return name !== undefined && names.test(name)
}
