import { type RefObject, useEffect } from "react"

/** Pixels that an arrow key scrolls. */
const step = 60

const distances: Record<string, (height: number) => number> = {
  ArrowUp: () => -step,
  ArrowDown: () => step,
  PageUp: (height) => -height * 0.9,
  PageDown: (height) => height * 0.9,
  Home: () => Number.MIN_SAFE_INTEGER,
  End: () => Number.MAX_SAFE_INTEGER,
}

/** Lets the scroll keys work on an element while nothing has the focus, as they do on a page that scrolls itself. */
export function useScrollKeys(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const element = scroller.current
      const distance = distances[event.key]
      if (!element || !distance || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      if (document.activeElement !== document.body && document.activeElement?.id !== "main") return
      element.scrollBy({ top: distance(element.clientHeight) })
      event.preventDefault()
    }
    addEventListener("keydown", onKey)
    return () => removeEventListener("keydown", onKey)
  }, [scroller])
}
