import { acceptCompletion, autocompletion } from "@codemirror/autocomplete"
import { type Extension, Prec } from "@codemirror/state"
import { hoverTooltip, keymap, tooltips } from "@codemirror/view"
import { completer, leadsOn } from "./completions.ts"
import { entryCard } from "./entry-card.ts"
import { languageLooks } from "./language-looks.ts"
import { type Named, namedAt } from "./named-at.ts"
import type { OwnNames } from "./own-names.ts"
import { signatureHelp } from "./signature-help.ts"

/** Shows what the word under the pointer is. */
const hover = hoverTooltip(
  ({ state }, pos) => {
    const named = namedAt(state, pos)
    if (!named?.entry) return null
    const { from, to, entry } = named
    return { pos: from, end: to, above: true, create: () => ({ dom: entryCard(entry) }) }
  },
  { hideOnChange: true },
)

/** Pixels that tooltips keep from the edges of the window. */
const margin = 8

const place = tooltips({
  tooltipSpace: ({ dom }) => {
    const { innerWidth = 0, innerHeight = 0 } = dom.ownerDocument.defaultView ?? {}
    return { top: margin, left: margin, right: innerWidth - margin, bottom: innerHeight - margin }
  },
})

/** Makes an editor one that knows the language: it completes, tells of a word, and shows how a function is written. */
export const editorLanguage = ({
  ofProject,
  onLookUp,
}: {
  /** What the project's other clips name. */
  ofProject: () => OwnNames
  /** The word at the cursor is asked for. */
  onLookUp: (named: Named | undefined) => void
}): Extension => [
  autocompletion({
    override: [completer(ofProject)],
    activateOnCompletion: leadsOn,
    activateOnTypingDelay: 0,
    interactionDelay: 0,
    icons: false,
  }),
  hover,
  place,
  signatureHelp,
  languageLooks,
  Prec.high(
    keymap.of([
      { key: "Tab", run: acceptCompletion },
      {
        key: "F1",
        run: ({ state }) => {
          onLookUp(namedAt(state, state.selection.main.head))
          return true
        },
      },
    ]),
  ),
]
