"use client"

import { useEffect, useEffectEvent } from "react"
import { isCovered, isTyping } from "#shared/keyboard/covered.ts"

/** The id of the row that has the focus. */
export const focusedRow = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>("[data-key]")?.dataset.key

/** The section that an element is in, of a list that marks them with `data-section`. */
export const sectionOf = (element: Element | null): string | undefined =>
  element?.closest<HTMLElement>("[data-section]")?.dataset.section

/**
 * Runs what a key stands for that is none of the page's actions, unless it is typed into a field or a dialog is open. A
 * name with "mod+" is with ⌘ or Ctrl.
 */
export function useListKeys(keys: Record<string, (() => void) | undefined>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || isTyping(event.target)) return
    if (isCovered(event.target)) return
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
