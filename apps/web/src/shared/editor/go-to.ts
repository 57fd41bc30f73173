import { EditorSelection } from "@codemirror/state"
import { EditorView } from "@codemirror/view"

/**
 * Puts the cursor at a line's column, both from 1, and the line in the middle, where no bar lies over it. What is beyond
 * the last line is the last, and what is beyond a line's end is its end.
 */
export function goTo(view: EditorView, { line, column }: { line: number; column?: number | null }): void {
  const { from, to } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines))
  const at = Math.min(from + Math.max(1, column ?? 1) - 1, to)
  view.dispatch({
    selection: EditorSelection.cursor(at),
    effects: EditorView.scrollIntoView(at, { y: "center" }),
  })
  view.focus()
}
