import { type RefObject, useEffect, useEffectEvent, useState } from "react"

/** Pixels beyond the visible part that still count as near. */
const margin = 1200

/** Whether an element is near the visible part of what scrolls it. */
export function isNear(element: HTMLElement): boolean {
  const around = element.closest("[data-transcript]")?.getBoundingClientRect()
  const { top, bottom } = element.getBoundingClientRect()
  return bottom >= (around?.top ?? 0) - margin && top <= (around?.bottom ?? window.innerHeight) + margin
}

const watch = (element: HTMLElement, tell: (isNear: boolean) => void) => {
  // A browser that was busy tells of several moments at once: the last one counts.
  const observer = new IntersectionObserver((entries) => tell(entries.at(-1)?.isIntersecting ?? false), {
    root: element.closest("[data-transcript]"),
    rootMargin: `${margin}px 0px`,
  })
  observer.observe(element)
  return () => observer.disconnect()
}

/** Whether an element is near the visible part of what scrolls it, while that is wanted. */
export function useIsNear(target: RefObject<HTMLElement | null>, wanted: boolean): boolean {
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    const element = target.current
    return element && wanted ? watch(element, setNear) : undefined
  }, [target, wanted])
  return isNear
}

/** While it is ready, calls back once an element is near the visible part of what scrolls it. */
export function useNear(target: RefObject<HTMLElement | null>, onNear: () => void, ready: boolean): void {
  const tell = useEffectEvent(onNear)
  useEffect(() => {
    const element = target.current
    if (!element || !ready) return
    return watch(element, (isNear) => isNear && tell())
  }, [target, ready])
}
