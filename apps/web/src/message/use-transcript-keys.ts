import { useEffect, useEffectEvent } from "react"

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches("input, select, textarea"))

const isCovered = (): boolean => document.querySelector("[role=dialog], [role=menu], dialog[open]") !== null

/** Calls what stands under a key, while nobody types and nothing covers the page. It comes before the keys of the shell. */
export function useTranscriptKeys(actions: Record<string, () => void>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return
    if (isTyping(event.target) || isCovered() || !Object.hasOwn(actions, event.key)) return
    event.preventDefault()
    actions[event.key]?.()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    addEventListener("keydown", listener, { capture: true })
    return () => removeEventListener("keydown", listener, { capture: true })
  }, [])
}
