import { flushSync } from "react-dom"

/** Carries out a change of the page such that an element stays where it is on the screen, in a transcript too. */
export function holdScroll(element: Element, change: () => void): void {
  const scroller = element.closest("[data-transcript]")
  const { top } = element.getBoundingClientRect()
  flushSync(change)
  if (scroller) scroller.scrollTop += element.getBoundingClientRect().top - top
}
