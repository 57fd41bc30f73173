import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  insertCompletionText,
  pickedCompletion,
} from "@codemirror/autocomplete"
import { localCompletionSource } from "@codemirror/lang-javascript"
import type { EditorView } from "@codemirror/view"
import { entries } from "@strudel-agent/reference/entries"
import type { Entry, EntryKind } from "@strudel-agent/reference/entry"
import { isMethod, isValue, standsAlone } from "@strudel-agent/reference/forms"
import { entryCard } from "./entry-card.ts"
import { joinNames, type OwnNames, ownNamesOf } from "./own-names.ts"
import { spotAt, treeUpTo } from "./spot.ts"

/** Aliases of one entry that are offered; the families of FM have hundreds. */
const mostAliases = 8

/** What is given a text of names, whose quotes come with it. */
const takesNames = new Set(["s", "sound", "bank", "scale", "chord", "note", "n"])

/** Types of completions after which the next one is offered at once. */
export const leadsOn = ({ type }: Completion): boolean => type === "names" || type === "root"

/** Puts in a call with the cursor in its brackets, or behind them where nothing goes into them. */
function putCall(takes: string) {
  return (view: EditorView, completion: Completion, from: number, to: number) => {
    const { label, type } = completion
    const hasBrackets = view.state.sliceDoc(to, to + 1) === "("
    const inside = type === "names" ? '""' : ""
    const text = hasBrackets ? label : `${label}(${inside})`
    const back = hasBrackets ? 0 : takes === "" ? 0 : 1 + inside.length / 2
    const put = insertCompletionText(view.state, text, from, to)
    view.dispatch({
      ...put,
      selection: { anchor: from + text.length - back },
      annotations: pickedCompletion.of(completion),
    })
  }
}

function completionsOf(entry: Entry): Completion[] {
  const { name, kind, aliases, signature, takes } = entry
  const type = takesNames.has(name) && kind === "control" ? "names" : kind
  const detail = signature.startsWith(name) ? signature.slice(name.length) : kind
  const apply = isValue(entry) ? {} : { apply: putCall(takes) }
  return [name, ...aliases.slice(0, mostAliases)].map((label, place) => ({
    ...{ label, type, ...apply, info: () => entryCard(entry) },
    detail: place === 0 ? detail : `= ${name}`,
    boost: place === 0 ? 0 : -1,
  }))
}

/** Names of sounds and the like, which are put in as they are. */
const namesOf = (kind: EntryKind, labelsOf: (entry: Entry) => string[], boostOf = (_: Entry) => 0): Completion[] =>
  entries
    .filter((entry) => entry.kind === kind)
    .flatMap((entry) =>
      labelsOf(entry).map((label) => ({
        ...{ label, type: kind, detail: entry.topic, boost: boostOf(entry) },
        info: () => entryCard(entry),
      })),
    )

const withAliases = ({ name, aliases }: Entry) => [name, ...aliases]
/** A scale in one word of mini notation; one with other signs cannot be written so. */
const scaleWords = (entry: Entry) =>
  withAliases(entry).flatMap((name) => (/^[\w -]+$/.test(name) ? [name.replaceAll(" ", ":")] : []))

const methods = entries.filter(isMethod).flatMap(completionsOf)
const alone = entries.filter(standsAlone).flatMap(completionsOf)
const roots = ["C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"].map(
  (root): Completion => ({ label: `${root}:`, type: "root", detail: "root" }),
)
const inTexts: Partial<Record<EntryKind, Completion[]>> = {
  sound: namesOf("sound", withAliases, ({ topic }) => (topic === "drums" || topic === "synths" ? 1 : 0)),
  bank: namesOf("bank", withAliases),
  scale: namesOf("scale", scaleWords),
  // Behind a root.
  chord: namesOf("chord", ({ name }) => [name.slice(1)]),
}

const own = (names: string[], type: string): Completion[] =>
  names.map((label) => ({ label, type, detail: "of the project", boost: 2 }))

/** What is offered in a text, from where on, and which signs go on with it. */
function completeText(context: CompletionContext, kind: EntryKind, sounds: string[]): CompletionResult | null {
  const options = inTexts[kind] ?? []
  if (kind === "scale") {
    const scale = context.matchBefore(/[A-Ga-g][#b]?\d?:[\w:-]*/)
    if (scale) return { from: scale.from + scale.text.indexOf(":") + 1, options, validFor: /^[\w:-]*$/ }
    const root = context.matchBefore(/[\w#]*/)
    return root && { from: root.from, options: roots, validFor: /^[\w#]*$/ }
  }
  if (kind === "chord") {
    const chord = context.matchBefore(/[A-G][#b]?[\w#^+-]*/)
    if (!chord) return null
    const root = /^[A-G][#b]?/.exec(chord.text)?.[0] ?? ""
    return { from: chord.from + root.length, options, validFor: /^[\w#^+-]*$/ }
  }
  const word = context.matchBefore(/\w*/)
  if (!word) return null
  const isBegun = word.text !== "" || context.matchBefore(/["'`]/) !== null
  // A blank between two events is no question.
  if (!isBegun && !context.explicit) return null
  return {
    from: word.from,
    options: kind === "sound" ? [...own(sounds, "sound"), ...options] : options,
    validFor: /^\w*$/,
  }
}

/** Offers what can be written at a place: what the language has there, and what the code and the project name. */
export const completer =
  (ofProject: () => OwnNames) =>
  (context: CompletionContext): CompletionResult | null | Promise<CompletionResult | null> => {
    const { state, pos, explicit, view } = context
    // While something in the text is moved, such as a slider, nothing is written at the cursor.
    if (!explicit && view && !view.hasFocus) return null
    const spot = spotAt(state, pos)
    if (spot.in === "nothing" || (spot.in === "text" && !spot.kind)) return null
    const names = joinNames([ownNamesOf(state.doc.toString(), treeUpTo(state, pos)), ofProject()])
    if (spot.in === "text") return spot.kind ? completeText(context, spot.kind, names.sounds) : null
    const word = context.matchBefore(/[A-Za-z_$][\w$]*/)
    const from = word?.from ?? pos
    const validFor = /^[\w$]*$/
    if (spot.in === "member") return { from, options: [...own(names.methods, "function"), ...methods], validFor }
    if (!word && !explicit) return null
    const local = localCompletionSource(context)
    const locals = new Map((local && "options" in local ? local.options : []).map((each) => [each.label, each]))
    const values = [...names.values, ...names.methods].filter((name) => !locals.has(name))
    // What the code names itself takes the place of what the language calls so.
    const taken = new Set([...locals.keys(), ...values])
    const others = alone.filter(({ label }) => !taken.has(label))
    return { from, options: [...locals.values(), ...own(values, "variable"), ...others], validFor }
  }
