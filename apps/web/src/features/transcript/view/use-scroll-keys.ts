import { type RefObject, useEffect, useEffectEvent } from "react"
import { isCovered } from "#shared/keyboard/covered.ts"

/** Pixels that an arrow key scrolls. */
const step = 60

const distances: Record<string, (height: number) => number> = {
  ArrowUp: () => -step,
  ArrowDown: () => step,
  PageUp: (height) => -height * 0.9,
  PageDown: (height) => height * 0.9,
}

interface Ends {
  toBeginning: () => void
  toEnd: () => void
}

/**
 * Lets the scroll keys work on an element while nothing has the focus, as they do on a page that scrolls itself. Home
 * and End lead to the ends of the whole, whatever of it is loaded.
 */
export function useScrollKeys(scroller: RefObject<HTMLElement | null>, ends: Ends): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const element = scroller.current
    if (!element || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
    if (isCovered(event.target)) return
    const { activeElement } = document
    const isFree = activeElement === document.body || activeElement?.id === "main"
    if (!isFree && activeElement !== element) return
    if (event.key === "Home") ends.toBeginning()
    else if (event.key === "End") ends.toEnd()
    else {
      const distance = distances[event.key]
      if (!distance || !isFree) return
      element.scrollBy({ top: distance(element.clientHeight) })
    }
    event.preventDefault()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    addEventListener("keydown", listener)
    return () => removeEventListener("keydown", listener)
  }, [])
}
