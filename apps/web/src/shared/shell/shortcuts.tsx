"use client"

import { lazy, Suspense, useEffect } from "react"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import { listActions } from "#shared/keyboard/actions.ts"
import { isCovered, isTyping } from "#shared/keyboard/covered.ts"
import { takeKey } from "#shared/keyboard/keyboard-sequence.ts"
import { takeBackLast } from "#shared/ui/take-back.ts"
import { overlay, show, useOverlay } from "./palette-state.ts"
import { searchField, useActionsEverywhere } from "./shortcuts-actions.ts"
import { useRecentPlace } from "./shortcuts-recent.ts"

const KeyboardMap = lazy(() =>
  loadWithRetry(() => import("./keyboard-map.tsx")).then((part) => ({ default: part.KeyboardMap })),
)

/** Milliseconds after which a sequence that was begun is forgotten. */
const timeout = 1200

/** Whether a field of a list's search is as it was entered by "/": then a second one asks for everything. */
const isUntouched = (field: HTMLInputElement) =>
  field.value === "" || (field.selectionStart === 0 && field.selectionEnd === field.value.length)

const isUndo = ({ key, metaKey, ctrlKey, shiftKey, altKey }: KeyboardEvent) =>
  key.toLowerCase() === "z" && (metaKey || ctrlKey) && !shiftKey && !altKey

/** Listens for the keys of all actions; answers how to stop. */
function listen(): () => void {
  let pending: string[] = []
  let timer: ReturnType<typeof setTimeout>

  function onKey(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return
    if (overlay() !== undefined || isCovered(event.target)) return
    if (isUndo(event)) {
      if (!isTyping(event.target) && takeBackLast()) event.preventDefault()
      return
    }
    if (event.metaKey || event.ctrlKey || event.altKey) return
    if (isTyping(event.target)) {
      const field = searchField()
      if (event.key !== "/" || !field || event.target !== field || !isUntouched(field)) return
      event.preventDefault()
      return show("palette")
    }
    const step = takeKey(listActions(), pending, event.key)
    pending = step.pending
    clearTimeout(timer)
    timer = setTimeout(() => {
      pending = []
    }, timeout)
    if (!step.found) return
    event.preventDefault()
    if (!event.repeat || step.found.repeats) step.found.run?.()
  }

  /** Comes before every other listener, since the end of a sequence may be a key of the page too. */
  function onKeyOfSequence(event: KeyboardEvent) {
    if (pending.length === 0) return
    const { found } = takeKey(listActions(), pending, event.key)
    if (!found?.keys?.startsWith(`${pending.join(" ")} `)) return
    onKey(event)
    if (event.defaultPrevented) event.stopImmediatePropagation()
  }

  addEventListener("keydown", onKeyOfSequence, { capture: true })
  addEventListener("keydown", onKey)
  return () => {
    clearTimeout(timer)
    removeEventListener("keydown", onKeyOfSequence, { capture: true })
    removeEventListener("keydown", onKey)
  }
}

/** The keys that work on every page and those of the page, and the map that tells of them. */
export function Shortcuts() {
  useActionsEverywhere()
  useRecentPlace()
  useEffect(listen, [])
  return useOverlay() === "keyboard" ? (
    <Suspense>
      <KeyboardMap onClose={() => show(undefined)} />
    </Suspense>
  ) : null
}
