import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete"
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands"
import { javascript } from "@codemirror/lang-javascript"
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language"
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search"
import { EditorState, type Extension } from "@codemirror/state"
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view"
import { editorTheme } from "./editor-theme.ts"

/** What code looks like, in an editor and beside one. */
export const codeLooks: Extension = [lineNumbers(), highlightSpecialChars(), drawSelection(), javascript(), editorTheme]

/**
 * What makes an editor of Strudel code. Tab indents, so a way out is kept for who has no mouse: after Escape, Tab moves
 * the focus on; Ctrl M (⇧⌥M on a Mac) makes that last.
 */
export const codeEditing: Extension = [
  codeLooks,
  EditorState.allowMultipleSelections.of(true),
  EditorState.tabSize.of(2),
  indentUnit.of("  "),
  history(),
  dropCursor(),
  rectangularSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  search({ top: true }),
  keymap.of([...closeBracketsKeymap, ...searchKeymap, ...historyKeymap, indentWithTab, ...defaultKeymap]),
]

/** What is told to those who do not see the editor. */
export const named = (label: string, describedBy?: string): Extension =>
  EditorView.contentAttributes.of({
    "aria-label": label,
    autocapitalize: "off",
    ...(describedBy ? { "aria-describedby": describedBy } : {}),
  })

/** Code that can be walked through with the keyboard, searched and copied, and not changed. */
export const readOnly: Extension = [
  EditorState.readOnly.of(true),
  EditorView.contentAttributes.of({ "aria-readonly": "true" }),
]

/** Makes an editor of code in `parent`; later parts, such as marks of errors, come as `extensions`. */
export const createEditor = ({
  parent,
  doc,
  extensions = [],
}: {
  parent: HTMLElement
  doc: string
  extensions?: Extension
}): EditorView =>
  // The caller's come first: in CodeMirror that is precedence.
  new EditorView({ parent, doc, extensions: [extensions, codeEditing] })
