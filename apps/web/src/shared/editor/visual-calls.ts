import jsTokens, { type Token } from "js-tokens"

const kinds = ["pianoroll", "punchcard", "wordfall", "spiral", "scope", "spectrum", "pitchwheel"] as const
export type VisualKind = (typeof kinds)[number]

/** What is written for a visual as plain values, such as `{ cycles: 8, labels: true }`. */
export type VisualOptions = Readonly<Record<string, number | string | boolean>>

/** A call such as `._pianoroll()`, which draws below the line in which it ends. */
export interface VisualCall {
  kind: VisualKind
  /** Where its name begins. */
  from: number
  /** Where the call ends; where its name does, if its bracket is not closed. */
  to: number
  options: VisualOptions
}

const byName = new Map<string, VisualKind>(kinds.map((kind) => [`_${kind}`, kind]))
const mayHold = new RegExp(`\\._(?:${kinds.join("|")})\\b`)
/** More are not drawn. */
const most = 64

interface Open {
  call: VisualCall
  /** How deep its bracket lies. */
  depth: number
  /** What stands in its object, one level below it; null for what is more than a plain value. */
  inside: (Token | null)[]
}

const isOpening = ({ type, value }: Token) => type === "TemplateHead" || "([{".includes(value)
const isClosing = ({ type, value }: Token) => type === "TemplateTail" || ")]}".includes(value)
const isEmpty = ({ type }: Token) =>
  type === "WhiteSpace" || type === "LineTerminatorSequence" || type.endsWith("Comment")

function plainValue(tokens: (Token | null)[]): number | string | boolean | undefined {
  const [first, second] = tokens
  const isNegative = tokens.length === 2 && first?.value === "-"
  const token = isNegative ? second : tokens.length === 1 ? first : null
  if (!token) return undefined
  if (token.type === "NumericLiteral") return Number(token.value.replaceAll("_", "")) * (isNegative ? -1 : 1)
  if (isNegative) return undefined
  if (token.type === "StringLiteral") return token.value.slice(1, -1)
  return token.value === "true" ? true : token.value === "false" ? false : undefined
}

/** The plain values of an object, from what stands between its brackets. */
function optionsOf(inside: (Token | null)[]): VisualOptions {
  const options: Record<string, number | string | boolean> = {}
  const parts: (Token | null)[][] = [[]]
  for (const token of inside) {
    if (token?.value === ",") parts.push([])
    else parts.at(-1)?.push(token)
  }
  for (const [name, colon, ...rest] of parts) {
    const value = plainValue(rest)
    if (!name || colon?.value !== ":" || value === undefined) continue
    options[name.type === "StringLiteral" ? name.value.slice(1, -1) : name.value] = value
  }
  return options
}

/** The calls in code that draw in place, in the order of their names. */
export function visualCalls(code: string): VisualCall[] {
  if (!mayHold.test(code)) return []
  const calls: VisualCall[] = []
  const open: Open[] = []
  let depth = 0
  let place = 0
  let before: Token | undefined
  let named: { kind: VisualKind; from: number } | undefined
  for (const token of jsTokens(code)) {
    const from = place
    place += token.value.length
    if (isEmpty(token)) continue
    if (isClosing(token)) depth--
    const inner = open.at(-1)
    if (inner && depth === inner.depth + 1 && !isClosing(token)) inner.inside.push(isOpening(token) ? null : token)
    if (inner && depth < inner.depth) {
      inner.call.to = place
      inner.call.options = optionsOf(inner.inside)
      open.pop()
    }
    if (named && token.value === "(" && calls.length < most) {
      const call: VisualCall = { ...named, to: from, options: {} }
      calls.push(call)
      open.push({ call, depth: depth + 1, inside: [] })
    }
    const kind = before?.value === "." || before?.value === "?." ? byName.get(token.value) : undefined
    named = kind && { kind, from }
    if (isOpening(token)) depth++
    before = token
  }
  return calls
}

/** Sizes in pixels where the code tells none, as strudel.cc has them. */
const usual: Record<VisualKind, { width: number; height: number }> = {
  pianoroll: { width: 500, height: 60 },
  punchcard: { width: 500, height: 60 },
  wordfall: { width: 500, height: 200 },
  spiral: { width: 275, height: 275 },
  scope: { width: 500, height: 60 },
  spectrum: { width: 500, height: 120 },
  pitchwheel: { width: 200, height: 200 },
}

const side = { least: 24, most: 1_000 }
/** Pixels above and below a visual together. */
const space = 12

/** The size of a visual, and the height of its place in the code. */
export function visualSize({ kind, options }: VisualCall): { width: number; height: number; place: number } {
  const { width, height } = usual[kind]
  const isRound = kind === "spiral" || kind === "pitchwheel"
  const sized = (asked: unknown, otherwise: number) =>
    typeof asked === "number" && asked > 0 ? Math.min(side.most, Math.max(side.least, Math.round(asked))) : otherwise
  const size = isRound ? options.size : undefined
  const high = sized(options.height ?? size, height)
  return { width: sized(options.width ?? size, width), height: high, place: high + space }
}
