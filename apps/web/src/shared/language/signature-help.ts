import { type EditorState, StateEffect, StateField, type Transaction } from "@codemirror/state"
import { EditorView, keymap, showTooltip, type Tooltip } from "@codemirror/view"
import type { Entry } from "@strudel-agent/reference/entry"
import { entryNamed } from "@strudel-agent/reference/search"
import { calledName, callsAround, treeUpTo } from "./spot.ts"

interface Help {
  entry: Entry
  /** Where the brackets open. */
  at: number
  /** Which parameter the cursor is in, from 0. */
  parameter: number
}

/** The call in whose brackets a place is, where it is one of the language. */
export function helpAt(state: EditorState, pos: number): Help | undefined {
  for (const { call, args } of callsAround(treeUpTo(state, pos).resolveInner(pos, -1))) {
    const isClosed = state.sliceDoc(args.to - 1, args.to) === ")"
    if (pos <= args.from || (isClosed && pos >= args.to)) continue
    const entry = entryNamed(calledName(state, call) ?? "", "function", "control")
    if (!entry) return undefined
    let parameter = 0
    for (let part = args.firstChild; part && part.to <= pos; part = part.nextSibling) if (part.name === ",") parameter++
    return { entry, at: args.from, parameter }
  }
  return undefined
}

/** The parts of a signature: what stands before its parameters, each of them, and what stands behind. */
export function signatureParts(signature: string): { before: string; parameters: string[]; after: string } {
  const [, before = signature, inside = "", after = ""] = /^([^(]*\()(.*)(\))$/s.exec(signature) ?? []
  const parameters = inside.match(/(?:\[[^\]]*\]|[^,[\]])+/g) ?? []
  return { before, parameters: parameters.map((each) => each.trim()), after }
}

function draw({ entry, parameter }: Help): HTMLElement {
  const { before, parameters, after } = signatureParts(entry.signature)
  const dom = document.createElement("div")
  dom.className = "cm-signature"
  const written = dom.appendChild(document.createElement("pre"))
  written.append(before)
  const last = parameters.length - 1
  for (const [place, text] of parameters.entries()) {
    const isActive = place === parameter || (place === last && parameter > last && text.startsWith("..."))
    const part = document.createElement(isActive ? "strong" : "span")
    part.textContent = text
    written.append(...(place > 0 ? [", "] : []), part)
  }
  written.append(after)
  const does = dom.appendChild(document.createElement("p"))
  does.textContent = entry.does
  return dom
}

const setHelp = StateEffect.define<Help | null>()

type Shown = (Help & { tooltip: Tooltip }) | null

const shownAs = (help: Help | undefined): Shown =>
  help ? { ...help, tooltip: { pos: help.at, above: true, create: () => ({ dom: draw(help) }) } } : null

const isSame = (one: Help | null, other: Help | undefined) =>
  one?.entry === other?.entry && one?.at === other?.at && one?.parameter === other?.parameter

function next(shown: Shown, transaction: Transaction): Shown {
  for (const effect of transaction.effects) if (effect.is(setHelp)) return shownAs(effect.value ?? undefined)
  const { docChanged, selection, state } = transaction
  if (!docChanged && !selection) return shown
  // A slider that is moved changes the text as typing does, but not where the cursor is.
  const isTyped = transaction.isUserEvent("input") && !transaction.isUserEvent("input.type.slider")
  if (!shown && !isTyped) return null
  const { main } = state.selection
  const help = main.empty ? helpAt(state, main.head) : undefined
  // Typing opens it; what only moves the cursor lets go of it outside of its brackets.
  if (!isTyped && help?.entry !== shown?.entry) return null
  return isSame(shown, help) ? shown : shownAs(help)
}

const field = StateField.define<Shown>({
  create: () => null,
  update: next,
  provide: (own) => showTooltip.from(own, (shown) => shown?.tooltip ?? null),
})

/** Says to those who do not see it how the function is written whose brackets were just entered. */
const announcer = EditorView.updateListener.of(({ state, startState, view }) => {
  const shown = state.field(field, false)
  if (!shown || shown.entry === startState.field(field, false)?.entry) return
  const { signature, does } = shown.entry
  queueMicrotask(() => view.dispatch({ effects: EditorView.announce.of(`${signature}. ${does}`) }))
})

function open(view: EditorView): boolean {
  const help = helpAt(view.state, view.state.selection.main.head)
  if (help) view.dispatch({ effects: setHelp.of(help) })
  return help !== undefined
}

/** Lets go of the tooltip; the key goes on, since Escape leads out of the editor. */
function close(view: EditorView): boolean {
  if (view.state.field(field)) view.dispatch({ effects: setHelp.of(null) })
  return false
}

/** Shows, while a function's brackets are filled in, how it is written. */
export const signatureHelp = [
  field,
  announcer,
  keymap.of([
    { key: "Mod-Shift-Space", run: open },
    { key: "Escape", run: close },
  ]),
]
