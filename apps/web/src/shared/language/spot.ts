import { ensureSyntaxTree, syntaxTree } from "@codemirror/language"
import type { EditorState } from "@codemirror/state"
import type { EntryKind } from "@strudel-agent/reference/entry"
import { entryNamed } from "@strudel-agent/reference/search"

export type Node = ReturnType<typeof syntaxTree>["topNode"]

/** What a place of code is in, as far as names go: a text of names of one kind, or code, behind a dot or not. */
export type Spot =
  | { in: "text"; kind: EntryKind | undefined; node: Node }
  | { in: "member" | "code" }
  | { in: "nothing" }

/** What the texts name that a function is given. */
const kindsOfTexts: ReadonlyMap<string, EntryKind> = new Map([
  ["s", "sound"],
  ["sound", "sound"],
  ["bank", "bank"],
  ["scale", "scale"],
  ["chord", "chord"],
])

const texts = new Set(["String", "TemplateString"])
/** Where no name of the language stands. */
const elsewhere = new Set(["LineComment", "BlockComment", "RegExp", "Number"])
const functions = new Set(["ArrowFunction", "FunctionExpression", "FunctionDeclaration"])

/** Milliseconds that a question about code waits for the code before it to be read. */
const timeout = 25

/** What has been read of the code, up to a place where there is time for that. */
export const treeUpTo = (state: EditorState, pos: number) => ensureSyntaxTree(state, pos, timeout) ?? syntaxTree(state)

/** The calls in whose brackets a node stands, from the inside out, as far as no function stands between. */
export function* callsAround(node: Node): Generator<{ call: Node; args: Node }> {
  for (let inner: Node | null = node; inner && !functions.has(inner.name); inner = inner.parent) {
    if (inner.name === "ArgList" && inner.parent?.name === "CallExpression") yield { call: inner.parent, args: inner }
  }
}

/** The name of what is called: that of the function, or of the method. */
export function calledName(state: EditorState, call: Node): string | undefined {
  const callee = call.firstChild
  const name = callee?.name === "MemberExpression" ? callee.lastChild : callee
  if (name?.name !== "VariableName" && name?.name !== "PropertyName") return undefined
  return state.sliceDoc(name.from, name.to)
}

/** What a text names, by the function that it is given to, or that it is the pattern of: `s("bd")`, `"bd".s()`. */
function kindOfText(state: EditorState, text: Node): EntryKind | undefined {
  const { parent } = text
  if (parent?.name === "MemberExpression" && parent.lastChild && parent.firstChild?.from === text.from) {
    return kindsOfTexts.get(state.sliceDoc(parent.lastChild.from, parent.lastChild.to))
  }
  for (const { call } of callsAround(text)) {
    const name = calledName(state, call) ?? ""
    const kind = kindsOfTexts.get(name)
    // A control that takes something else, such as a note.
    if (kind || entryNamed(name, "control")) return kind
  }
  return undefined
}

/** Whether a text goes on at a place that may be its end. */
function goesOn(state: EditorState, { from, to }: Node, pos: number): boolean {
  const last = state.sliceDoc(to - 1, to)
  const isClosed = to - from > 1 && last === state.sliceDoc(from, from + 1)
  return pos > from && (pos < to || !isClosed)
}

const behindDot = /(?:^|[^.])\.\s*$/

/** What the place is in: of a word, that of its first sign. */
export function spotAt(state: EditorState, pos: number): Spot {
  const node = treeUpTo(state, pos).resolveInner(pos, -1)
  if (elsewhere.has(node.name) && pos > node.from) return { in: "nothing" }
  if (texts.has(node.name) && goesOn(state, node, pos)) return { in: "text", kind: kindOfText(state, node), node }
  const before = state.sliceDoc(Math.max(0, pos - 200), pos).replace(/[\w$]*$/, "")
  return { in: behindDot.test(before) ? "member" : "code" }
}
