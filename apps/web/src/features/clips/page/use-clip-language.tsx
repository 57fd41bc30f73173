"use client"

import type { Extension } from "@codemirror/state"
import type { EditorView } from "@codemirror/view"
import type { ClipState } from "@strudel-agent/contract/clip/state"
import { type ReactNode, useEffect, useEffectEvent, useState } from "react"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { onDemand } from "#shared/api/on-demand.tsx"
import { api } from "#shared/api/trpc.ts"
import { useActions } from "#shared/keyboard/actions.ts"

const ReferenceDialog = onDemand(() =>
  import("#shared/language/reference-dialog.tsx").then((part) => part.ReferenceDialog),
)

const none: Extension = []
/** Clips of a project that make no sound by themselves, and that are read for the names that they give to others. */
const mostRead = 20
const state = ["definitions", "silent"] satisfies ClipState[]

/** What makes the editor of a clip know the language, and the dialog in which it is looked up. */
export function useClipLanguage(projectId: string): {
  extensions: Extension
  dialog: ReactNode
  onReady: (view: EditorView) => void
  lookUp: () => void
} {
  const [view, setView] = useState<EditorView>()
  const [extensions, setExtensions] = useState(none)
  const [asked, setAsked] = useState<string>()
  const { client } = api.useUtils()

  const lookUp = useEffectEvent((name: string) => setAsked(name))
  const readNames = useEffectEvent(() =>
    client.clip.list.query({ projectId, state, limit: mostRead }).then(({ items }) => items),
  )
  useEffect(() => {
    if (!view) return
    let left = false
    void loadWithRetry(() =>
      Promise.all([import("#shared/language/editor-language.ts"), import("#shared/language/own-names.ts")]),
    ).then(([{ editorLanguage }, { joinNames, noNames, ownNamesOf }]) => {
      if (left) return
      let names = noNames
      setExtensions(editorLanguage({ ofProject: () => names, onLookUp: (named) => lookUp(named?.text ?? "") }))
      // Without an answer the project's names are not offered; all else is.
      readNames().then(
        (clips) => {
          names = joinNames(clips.map(({ code }) => ownNamesOf(code)))
        },
        () => {},
      )
    })
    return () => {
      left = true
    }
  }, [view])

  async function lookUpAtCursor() {
    if (!view) return setAsked("")
    const { namedAt } = await loadWithRetry(() => import("#shared/language/named-at.ts"))
    setAsked(namedAt(view.state, view.state.selection.main.head)?.text ?? "")
  }
  async function insert(target: EditorView, example: string) {
    const { insertExample } = await loadWithRetry(() => import("#shared/language/insert-example.ts"))
    setAsked(undefined)
    // The dialog gives the focus back as it closes.
    requestAnimationFrame(() => insertExample(target, example))
  }

  useActions([
    {
      id: "clip-language",
      name: "Look up the language: what is at the cursor",
      group: "Clip",
      keys: "?",
      run: () => void lookUpAtCursor(),
    },
    { id: "clip-language-key", name: "The same, while you type", group: "Clip", keys: "F1", onlyKeys: true },
    { id: "clip-complete", name: "Complete what you type", group: "Clip", keys: "Ctrl+Space", onlyKeys: true },
  ])

  const isWritable = view && !view.state.readOnly
  return {
    extensions,
    onReady: setView,
    lookUp: () => void lookUpAtCursor(),
    dialog: asked !== undefined && (
      <ReferenceDialog
        query={asked}
        onInsert={isWritable ? (example: string) => void insert(view, example) : undefined}
        onClose={() => setAsked(undefined)}
      />
    ),
  }
}
