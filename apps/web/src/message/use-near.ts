import { type RefObject, useEffect, useEffectEvent } from "react"

/** Pixels beyond the visible part that still count as near. */
const margin = 1200

/** Whether an element is near the visible part of what scrolls it. */
export function isNear(element: HTMLElement): boolean {
  const around = element.closest("[data-transcript]")?.getBoundingClientRect()
  const { top, bottom } = element.getBoundingClientRect()
  return bottom >= (around?.top ?? 0) - margin && top <= (around?.bottom ?? window.innerHeight) + margin
}

/** While it is ready, calls back once an element is near the visible part of what scrolls it. */
export function useNear(target: RefObject<HTMLElement | null>, onNear: () => void, ready: boolean): void {
  const tell = useEffectEvent(onNear)
  useEffect(() => {
    const element = target.current
    if (!element || !ready) return
    // A browser that was busy tells of several moments at once: the last one counts.
    const observer = new IntersectionObserver((entries) => entries.at(-1)?.isIntersecting && tell(), {
      root: element.closest("[data-transcript]"),
      rootMargin: `${margin}px 0px`,
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [target, ready])
}
