const levels = ["h1", "h2", "h3", "h4", "h5", "h6"] as const
export type HeadingLevel = (typeof levels)[number]

/**
 * Gives the headings of a text, one after the other, levels that start at one of the page and skip none, so that the
 * page has one outline.
 */
export function createOutline(start: number): (depth: number) => HeadingLevel {
  const open: number[] = []
  return (depth) => {
    while ((open.at(-1) ?? 0) >= depth) open.pop()
    open.push(depth)
    return levels[Math.min(start + open.length - 2, 5)] ?? "h6"
  }
}
