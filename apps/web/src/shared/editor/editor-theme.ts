import { HighlightStyle, syntaxHighlighting } from "@codemirror/language"
import { EditorView } from "@codemirror/view"
import { tags } from "@lezer/highlight"

/** The inks of `Highlight`, so that code looks alike where it is edited and where it is only shown. */
const inks = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--code-string)" },
    { tag: tags.number, color: "var(--code-number)" },
    { tag: tags.comment, color: "var(--code-comment)" },
    { tag: [tags.keyword, tags.self, tags.null, tags.bool], color: "var(--code-keyword)" },
    {
      tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.labelName],
      color: "var(--code-call)",
    },
  ]),
)

/** What `StaticCode` has too: where both differ, the page jumps when the editor takes its place. */
const size = EditorView.theme({
  "&": { fontSize: "var(--code-size, 0.8125rem)" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "var(--code-line, 1.3125rem)" },
  ".cm-content": { padding: "0.75rem 0" },
  ".cm-line": { padding: "0 1rem 0 0" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "calc(2ch + 1.75rem)", padding: "0 0.75rem 0 1rem" },
})

const looks = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-content": { caretColor: "var(--accent)" },
  ".cm-cursor, .cm-dropCursor": { borderLeft: "2px solid var(--accent)" },
  ".cm-gutters": { color: "var(--faint)", backgroundColor: "var(--panel)", border: "none" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--ink) 5%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 32%, transparent)",
  },
  // The selection is a layer behind the text, so the text keeps its ink.
  ".cm-line ::selection, .cm-line::selection": { color: "currentcolor !important" },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--edge) 28%, transparent)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--edge)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--danger)" },
  ".cm-searchMatch": { backgroundColor: "var(--wash)", outline: "1px solid var(--accent)" },
  ".cm-searchMatch-selected": { backgroundColor: "color-mix(in srgb, var(--accent) 45%, transparent)" },
})

const panels = EditorView.theme({
  ".cm-panels": { color: "var(--ink)", backgroundColor: "var(--raised)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": {
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    gap: "0.375rem",
    padding: "0.5rem 2.5rem 0.5rem 0.75rem",
    fontFamily: "var(--font-sans)",
    fontSize: "0.8125rem",
  },
  ".cm-panel.cm-search br": { display: "none" },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", gap: "0.3rem", fontSize: "inherit" },
  ".cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label": { margin: "0" },
  ".cm-textfield": {
    height: "2rem",
    minWidth: "9rem",
    padding: "0 0.6rem",
    fontSize: "inherit",
    color: "var(--ink)",
    backgroundColor: "var(--canvas)",
    border: "1px solid var(--line)",
    borderRadius: "0.375rem",
  },
  ".cm-button": {
    height: "2rem",
    padding: "0 0.6rem",
    fontSize: "inherit",
    color: "var(--ink)",
    backgroundColor: "var(--panel)",
    backgroundImage: "none",
    border: "1px solid var(--line)",
    borderRadius: "0.375rem",
  },
  ".cm-button:hover": { borderColor: "var(--edge)" },
  ".cm-panel.cm-search [name=close]": { top: "0.6rem", right: "0.6rem", padding: "0 0.5rem", color: "var(--soft)" },
})

/** How an editor looks, in both themes: its colours are the page's own. */
export const editorTheme = [size, looks, panels, inks]
