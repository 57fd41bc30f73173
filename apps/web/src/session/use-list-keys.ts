"use client"

import { useEffect, useEffectEvent } from "react"

/** Whether a key belongs to a field; a checkbox takes nothing but the space bar. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), select, textarea"))

/** The id of the row that has the focus. */
export const focusedRow = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>("[data-session]")?.dataset.session

/** Brings the focus to a row. */
export const focusRow = (id: string): void =>
  document.querySelector<HTMLElement>(`[data-session="${CSS.escape(id)}"] [data-row]`)?.focus()

/**
 * Runs what a key stands for that is none of the page's actions, unless it is typed into a field or a dialog is open. A
 * name with "mod+" is with ⌘ or Ctrl.
 */
export function useListKeys(keys: Record<string, (() => void) | undefined>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || isTyping(event.target)) return
    if (document.querySelector("dialog[open], [role=dialog], [role=menu]")) return
    const name = event.metaKey || event.ctrlKey ? `mod+${event.key.toLowerCase()}` : event.key
    const run = Object.hasOwn(keys, name) ? keys[name] : undefined
    if (!run) return
    event.preventDefault()
    run()
  })
  useEffect(() => {
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [])
}
