import { syntaxTree } from "@codemirror/language"
import type { EditorState } from "@codemirror/state"

type SyntaxNode = ReturnType<typeof syntaxTree>["topNode"]

/** A `slider()` whose value is written as a number. */
export interface SliderCall {
  /** Where the number stands. */
  from: number
  to: number
  value: number
  min: number
  max: number
  step: number
}

const numberOf = (state: EditorState, node: SyntaxNode | undefined): number =>
  node?.name === "Number" || node?.name === "UnaryExpression"
    ? Number(state.sliceDoc(node.from, node.to).replaceAll("_", "").replace(/\s/g, ""))
    : Number.NaN

const or = (value: number, otherwise: number): number => (Number.isNaN(value) ? otherwise : value)

function callAt(state: EditorState, call: SyntaxNode): SliderCall | undefined {
  const callee = call.firstChild
  if (callee?.name !== "VariableName" || state.sliceDoc(callee.from, callee.to) !== "slider") return undefined
  const list = call.getChild("ArgList")?.getChildren("Expression") ?? []
  const [first, ...rest] = list
  const value = numberOf(state, first)
  if (!first || Number.isNaN(value)) return undefined
  const [low, high, step] = rest.map((node) => numberOf(state, node))
  const min = or(low ?? Number.NaN, 0)
  const max = or(high ?? Number.NaN, 1)
  return { from: first.from, to: first.to, value, min, max, step: Math.abs(or(step ?? Number.NaN, (max - min) / 1000)) }
}

/** The sliders of a stretch of code, in their order. */
export function sliderCalls(state: EditorState, from = 0, to = state.doc.length): SliderCall[] {
  const calls: SliderCall[] = []
  syntaxTree(state).iterate({
    from,
    to,
    enter({ name, node }) {
      const call = name === "CallExpression" && callAt(state, node)
      if (call) calls.push(call)
    },
  })
  return calls
}
