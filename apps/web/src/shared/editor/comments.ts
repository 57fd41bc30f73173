import { syntaxTree } from "@codemirror/language"
import type { EditorState } from "@codemirror/state"

const isComment = (name: string): boolean => name === "LineComment" || name === "BlockComment"

/** Whether a stretch of code is in a comment, or has one in it. */
export function touchesComment(state: EditorState, { from, to }: { from: number; to: number }): boolean {
  let found = false
  syntaxTree(state).iterate({
    from,
    to,
    enter: (node) => {
      if (isComment(node.name) && node.from < to && node.to > from) found = true
      return !found
    },
  })
  return found
}
