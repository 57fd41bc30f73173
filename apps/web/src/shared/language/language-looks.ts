import { EditorView } from "@codemirror/view"

const code = { fontFamily: "var(--font-mono)", whiteSpace: "pre-wrap", overflowWrap: "anywhere", margin: "0" }

/** How completions, tooltips and signatures look, in both themes: their colours are the page's own. */
export const languageLooks = EditorView.theme({
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "0.5rem",
    backgroundColor: "var(--raised)",
    color: "var(--ink)",
    overflow: "hidden",
    boxShadow: "0 8px 24px rgb(0 0 0 / 0.24)",
    maxWidth: "calc(100vw - 1.5rem)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "visible" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--font-mono)",
    fontSize: "0.8125rem",
    maxHeight: "15rem",
    minWidth: "14rem",
    maxWidth: "min(26rem, calc(100vw - 1.5rem))",
    borderRadius: "0.5rem",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    alignItems: "baseline",
    gap: "0.5rem",
    padding: "0.25rem 0.75rem",
    lineHeight: "1.25rem",
  },
  "@media (pointer: coarse)": {
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.6rem 0.75rem" },
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "color-mix(in srgb, var(--accent) 22%, var(--raised))",
    color: "var(--ink)",
  },
  ".cm-completionLabel": { flexShrink: "0" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700", color: "var(--accent)" },
  "li[aria-selected] .cm-completionMatchedText": { color: "var(--ink)", textDecoration: "underline" },
  "li[aria-selected] .cm-completionDetail": { color: "var(--ink)" },
  ".cm-completionDetail": {
    marginLeft: "auto",
    fontStyle: "normal",
    fontSize: "0.75rem",
    color: "var(--soft)",
    overflow: "hidden",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  ".cm-tooltip.cm-completionInfo": { padding: "0", width: "22rem", maxWidth: "min(22rem, calc(100vw - 1.5rem))" },
  ".cm-entry": { padding: "0.6rem 0.75rem", maxWidth: "26rem", fontFamily: "var(--font-sans)", fontSize: "0.8125rem" },
  ".cm-entry-signature": { ...code, fontWeight: "600", color: "var(--code-call)" },
  ".cm-entry-does": { margin: "0.3rem 0 0" },
  ".cm-entry-takes": { margin: "0.2rem 0 0", color: "var(--soft)", overflowWrap: "anywhere" },
  ".cm-entry-example": {
    ...code,
    marginTop: "0.45rem",
    padding: "0.35rem 0.5rem",
    fontSize: "0.75rem",
    borderRadius: "0.375rem",
    border: "1px solid var(--line)",
    backgroundColor: "var(--canvas)",
  },
  ".cm-signature": { padding: "0.35rem 0.7rem", maxWidth: "30rem", fontSize: "0.8125rem" },
  ".cm-signature pre": { ...code, color: "var(--soft)" },
  ".cm-signature pre strong": { color: "var(--accent)" },
  ".cm-signature p": { margin: "0.15rem 0 0", fontFamily: "var(--font-sans)", color: "var(--ink)" },
  "&:not(.cm-focused) .cm-tooltip:has(> .cm-signature), &:not(.cm-focused) .cm-signature": { display: "none" },
})
