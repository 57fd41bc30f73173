import type { EditorState } from "@codemirror/state"
import type { Entry, EntryKind } from "@strudel-agent/reference/entry"
import { entryNamed } from "@strudel-agent/reference/search"
import { spotAt } from "./spot.ts"

/** A word of code, and what it names in the language; undefined where it names nothing of it. */
export interface Named {
  from: number
  to: number
  text: string
  entry: Entry | undefined
}

/** The signs of a word, by what it names in a text. */
const signs: Partial<Record<EntryKind, RegExp>> = {
  sound: /[\w]/,
  bank: /[\w]/,
  scale: /[\w#':-]/,
  chord: /[\w#^+-]/,
}

const brackets: Record<string, string> = {
  ...{ "[": "[ ]", "]": "[ ]", "<": "< >", ">": "< >", "(": "( )", ")": "( )", "{": "{ }", "}": "{ }" },
  "%": "{ }%",
}

/** Takes the root off a scale, which is written in one word, or off a chord. */
const inText: Partial<Record<EntryKind, (text: string) => Entry | undefined>> = {
  sound: (text) => entryNamed(text, "sound"),
  bank: (text) => entryNamed(text, "bank"),
  scale: (text) => entryNamed(text.replace(/^[A-Ga-g][#b]?\d?:/, "").replaceAll(":", " "), "scale"),
  chord: (text) => entryNamed(text.replace(/^[A-G][#b]?/, "C"), "chord"),
}

/** The stretch around a place whose signs are all of a kind. */
function wordAround(state: EditorState, pos: number, sign: RegExp): { from: number; to: number } {
  const line = state.doc.lineAt(pos)
  let from = pos - line.from
  let to = from
  while (from > 0 && sign.test(line.text.charAt(from - 1))) from--
  while (to < line.text.length && sign.test(line.text.charAt(to))) to++
  return { from: line.from + from, to: line.from + to }
}

/** A sign of mini notation, which may stand on either side of a place. */
function signAt(state: EditorState, pos: number): Named | undefined {
  for (const from of [pos, pos - 1]) {
    const text = from < 0 ? "" : state.sliceDoc(from, from + 1)
    const entry = entryNamed(brackets[text] ?? text, "notation")
    if (entry) return { from, to: from + 1, text, entry }
  }
  return undefined
}

/** What the word at a place names; undefined where there is no word. */
export function namedAt(state: EditorState, pos: number): Named | undefined {
  const word = wordAround(state, pos, /[\w$]/)
  const spot = spotAt(state, word.from === word.to ? pos : word.from + 1)
  if (spot.in === "nothing") return undefined
  if (spot.in === "text") {
    const { kind, node } = spot
    const { from, to } = wordAround(state, pos, (kind && signs[kind]) ?? /\w/)
    const text = state.sliceDoc(from, to)
    const entry = kind && inText[kind]?.(text)
    if (entry) return { from, to, text, entry }
    // Single quotes hold plain text.
    const sign = state.sliceDoc(node.from, node.from + 1) === "'" ? undefined : signAt(state, pos)
    return sign ?? (text === "" ? undefined : { from, to, text, entry: undefined })
  }
  if (word.from === word.to) return undefined
  const text = state.sliceDoc(word.from, word.to)
  const entry =
    spot.in === "member" ? entryNamed(text, "function", "control") : entryNamed(text, "function", "control", "signal")
  return { ...word, text, entry }
}
