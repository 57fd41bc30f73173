/**
 * Leaves what is read of a transcript where it is when an element has come into it, and tells how to do so before it
 * goes: a transcript scrolls from its end, so that all above the element would move.
 */
export function holdRows(element: Element): (() => void) | undefined {
  const scroller = element.closest("[data-transcript]")
  if (!scroller) return undefined
  const edge = () => scroller.getBoundingClientRect().top
  const { bottom, height } = element.getBoundingClientRect()
  if (bottom >= edge()) scroller.scrollTop -= height
  return () => {
    const { top, height } = element.getBoundingClientRect()
    if (top >= edge()) scroller.scrollTop += height
  }
}
