import { type RefObject, useEffect, useEffectEvent } from "react"

/** Calls back when an element comes near the visible part of what scrolls it, and again after each renewal while it is. */
export function useNear(target: RefObject<HTMLElement | null>, onNear: () => void, renewal: unknown): void {
  const tell = useEffectEvent(onNear)
  // biome-ignore lint/correctness/useExhaustiveDependencies: an observer tells again only when it is made anew.
  useEffect(() => {
    const element = target.current
    if (!element) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && tell(), {
      root: element.closest("[data-transcript]"),
      rootMargin: "1200px 0px",
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [target, renewal])
}
