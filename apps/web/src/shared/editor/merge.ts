import { getChunks, goToNextChunk, goToPreviousChunk, MergeView, unifiedMergeView } from "@codemirror/merge"
import type { Extension } from "@codemirror/state"
import { EditorView } from "@codemirror/view"
import { codeEditing, codeLooks, createEditor, named, readOnly } from "./create-editor.ts"
import { createEcho } from "./echo.ts"
import { withEndingsOf, withLineFeeds } from "./line-endings.ts"
import { mergeTheme } from "./merge-theme.ts"
import { fromOutside, replaceText } from "./replace-text.ts"

/** Characters of difference after which the comparison of a very different text becomes a coarse one. */
const diffConfig = { scanLimit: 2000 }

interface Side {
  text: string
  /** What it is, such as "Version 7". */
  label: string
}

export interface MergeOptions {
  parent: HTMLElement
  left: Side
  right: Side
  /** Called with the right side's text, which can be changed then; without it both sides are only shown. */
  onChange?: ((text: string) => void) | undefined
  /** Beside each other, or as one text with what went above what came. */
  beside: boolean
}

function revertButton(): HTMLElement {
  const button = document.createElement("button")
  button.type = "button"
  button.title = "Take this over from the left"
  button.setAttribute("aria-label", button.title)
  button.textContent = "→"
  return button
}

/** A button of one change in the unified view: reject takes the other text, accept keeps this one. */
function chunkButton(type: "reject" | "accept", act: (event: MouseEvent) => void): HTMLElement {
  const button = document.createElement("button")
  button.type = "button"
  button.textContent = type === "reject" ? "Take this over" : "Keep mine"
  button.addEventListener("mousedown", act)
  // A key press is a click without a mouse's press before it.
  button.addEventListener("click", (event) => event.detail === 0 && act(event))
  return button
}

const listener = (onChange: ((text: string) => void) | undefined): Extension =>
  EditorView.updateListener.of(({ docChanged, transactions, state }) => {
    if (docChanged && !transactions.every((each) => each.annotation(fromOutside))) onChange?.(state.doc.toString())
  })

/** Opens the views; the right side's is the one that can be changed. */
function openViews({ parent, left, right, onChange, beside }: MergeOptions) {
  const editing: Extension = onChange ? [codeEditing, listener(onChange)] : [codeLooks, readOnly]
  if (beside) {
    const merged = new MergeView({
      parent,
      a: { doc: left.text, extensions: [codeLooks, readOnly, named(left.label), mergeTheme] },
      b: { doc: right.text, extensions: [editing, named(right.label), mergeTheme] },
      gutter: true,
      diffConfig,
      ...(onChange ? { revertControls: "a-to-b", renderRevertControl: revertButton } : {}),
    })
    return { view: merged.b, destroy: () => merged.destroy() }
  }
  const view = createEditor({
    parent,
    doc: right.text,
    extensions: [
      onChange ? listener(onChange) : readOnly,
      named(`${right.label}, with what differs from ${left.label}`),
      mergeTheme,
      unifiedMergeView({
        original: withLineFeeds(left.text),
        gutter: true,
        diffConfig,
        mergeControls: onChange ? chunkButton : false,
      }),
    ],
  })
  return { view, destroy: () => view.destroy() }
}

/** Shows two texts against each other. */
export function openMerge(options: MergeOptions) {
  const { onChange } = options
  const echo = createEcho()
  let shown = options.right.text
  const { view, destroy } = openViews({
    ...options,
    onChange:
      onChange &&
      ((text) => {
        shown = withEndingsOf(shown, text)
        echo.sent(shown)
        onChange(shown)
      }),
  })
  return {
    view,
    destroy,
    /** Takes over the right side's text from outside. */
    show(text: string) {
      if (echo.isEcho(text) || text === shown) return
      shown = text
      replaceText(view, withLineFeeds(text))
    },
    /** How many places differ. */
    places: () => getChunks(view.state)?.chunks.length ?? 0,
    /** Walks to the next place that differs, or the one before. */
    step(forward: boolean) {
      view.focus()
      return (forward ? goToNextChunk : goToPreviousChunk)({
        state: view.state,
        dispatch: (transaction) => {
          view.dispatch(transaction)
          view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head, { y: "center" }) })
        },
      })
    },
  }
}
