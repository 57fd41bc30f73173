import { Annotation, Transaction } from "@codemirror/state"
import type { EditorView } from "@codemirror/view"

/** Marks a change that came from outside of the editor. */
export const fromOutside = Annotation.define<true>()

/** The one change that makes a text of another: what both begin and end with stays, and cursors in it with it. */
export function changeBetween(before: string, after: string): { from: number; to: number; insert: string } {
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && before[head] === after[head]) head++
  let tail = 0
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) }
}

/** Puts a text in the place of an editor's, keeping the cursor where its surroundings did not change. Undo skips it. */
export function replaceText(view: EditorView, text: string): void {
  const before = view.state.doc.toString()
  if (before === text) return
  view.dispatch({
    changes: changeBetween(before, text),
    annotations: [fromOutside.of(true), Transaction.addToHistory.of(false)],
  })
}
