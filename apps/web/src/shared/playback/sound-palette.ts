/** Colours in the palette. */
const count = 12
/** Milliseconds after which a theme may be another one. */
const fresh = 2000

const indexes = Array.from({ length: count }, (_, index) => index)

/** The colour of a sound in styles: the theme's where it has one, else one of twelve that are seen on any ground. */
export const soundColor = (index: number): string =>
  `var(--sound-${index % count}, oklch(68% 0.16 ${(25 + (index % count) * 30) % 360}))`

let read: { at: number; colors: string[] } | undefined

/** The same as a canvas takes them: variables of styles mean nothing to it, so an element of the page says what they are. */
export function colorsOn(element: HTMLElement): string[] {
  if (read && performance.now() - read.at < fresh) return read.colors
  const { color } = element.style
  const colors = indexes.map((index) => {
    element.style.color = soundColor(index)
    return getComputedStyle(element).color
  })
  element.style.color = color
  read = { at: performance.now(), colors }
  return colors
}
