import { Compartment, type Extension } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { createEditor, named, readOnly } from "./create-editor.ts"
import { createEcho } from "./echo.ts"
import { goTo } from "./go-to.ts"
import { withEndingsOf, withLineFeeds } from "./line-endings.ts"
import { fromOutside, replaceText } from "./replace-text.ts"
import { visualPlaces } from "./visual-places.ts"

interface Settings {
  label: string
  readOnly: boolean
  extensions: Extension
}

/** Opens an editor whose text goes out by `onChange` and comes in by `show`. */
export function openEditor({
  parent,
  value,
  describedBy,
  withVisuals,
  onChange,
}: {
  parent: HTMLElement
  value: string
  describedBy: string
  withVisuals: boolean
  onChange: (code: string) => void
}) {
  const settings = new Compartment()
  const echo = createEcho()
  let shown = value

  const view = createEditor({
    parent,
    doc: value,
    extensions: [
      settings.of([]),
      withVisuals ? visualPlaces : [],
      EditorView.updateListener.of(({ docChanged, transactions, state }) => {
        if (!docChanged || transactions.every((each) => each.annotation(fromOutside))) return
        shown = withEndingsOf(shown, state.doc.toString())
        echo.sent(shown)
        onChange(shown)
      }),
    ],
  })

  return {
    view,
    /** Takes over a text from outside. */
    show(text: string) {
      if (echo.isEcho(text) || text === shown) return
      shown = text
      replaceText(view, withLineFeeds(text))
    },
    configure({ label, readOnly: locked, extensions }: Settings) {
      view.dispatch({
        effects: settings.reconfigure([named(label, describedBy), locked ? readOnly : [], extensions]),
      })
    },
    /** Puts the cursor at a line's start and the line in the middle; a line beyond the last is the last. */
    goTo: (line: number) => goTo(view, { line }),
  }
}
