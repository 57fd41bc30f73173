import type { EditorView } from "@codemirror/view"

/**
 * Puts an example on lines of its own below the cursor, or into a line that is empty; where the code plays by labels,
 * with a label of its own. The cursor stands behind it.
 */
export function insertExample(view: EditorView, example: string): void {
  const { doc, selection } = view.state
  const line = doc.lineAt(selection.main.head)
  const label = /^\s*\$\w*:/m.test(doc.toString()) ? "$: " : ""
  const isEmpty = line.text.trim() === ""
  const from = isEmpty ? line.from : line.to
  const insert = `${isEmpty ? "" : "\n"}${label}${example}`
  view.dispatch({
    changes: { from, to: line.to, insert },
    selection: { anchor: from + insert.length },
    scrollIntoView: true,
    userEvent: "input",
  })
  view.focus()
}
