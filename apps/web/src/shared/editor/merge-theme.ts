import { EditorView } from "@codemirror/view"

/** A line below what changed: a ground of its own would leave too little contrast to the inks. */
const mark = (ink: string) => ({ background: "none", boxShadow: `inset 0 -2px var(--${ink})` })

const button = {
  minHeight: "1.5rem",
  padding: "0 0.5rem",
  marginLeft: "0.25rem",
  font: "500 0.75rem/1.5rem var(--font-sans)",
  color: "var(--ink)",
  background: "var(--raised)",
  border: "1px solid var(--edge)",
  borderRadius: "0.375rem",
  cursor: "pointer",
}

/** The colours of what came and what went, as everywhere on the page. */
export const mergeTheme = EditorView.theme({
  "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": { backgroundColor: "var(--removed-wash)" },
  "&.cm-merge-b .cm-changedLine, .cm-inlineChangedLine": { backgroundColor: "var(--added-wash)" },
  "&.cm-merge-a .cm-changedText": mark("removed"),
  ".cm-deletedChunk .cm-deletedText, &.cm-merge-b .cm-deletedText": mark("removed"),
  "&.cm-merge-b .cm-changedText": mark("added"),
  "&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter": { background: "var(--removed)" },
  "&.cm-merge-b .cm-changedLineGutter": { background: "var(--added)" },
  ".cm-insertedLine, .cm-deletedLine, .cm-deletedLine del": { textDecoration: "none" },
  ".cm-deletedChunk": { padding: "0" },
  ".cm-deletedChunk .cm-chunkButtons": {
    position: "static",
    display: "flex",
    justifyContent: "flex-end",
    padding: "0.25rem 0.5rem",
  },
  ".cm-deletedChunk .cm-chunkButtons button": button,
})
