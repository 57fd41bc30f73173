/** The rows of a transcript that are drawn, in order. */
export const rowsOf = (scroller: HTMLElement): HTMLElement[] => [
  ...scroller.querySelectorAll<HTMLElement>("[data-row][id]"),
]

/** The number of a row's message. */
export const indexOfRow = (row: Element): number => Number(row.id.slice(2))

/** The first row for which an end of it lies below the upper edge, found by halving: rows lie in the order of the page. */
function firstBelowEdge(scroller: HTMLElement, end: "top" | "bottom"): HTMLElement | undefined {
  const rows = rowsOf(scroller)
  const edge = scroller.getBoundingClientRect().top + 1
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.getBoundingClientRect()[end] ?? 0) > edge) high = middle
    else low = middle + 1
  }
  return rows[low]
}

/** The first row of which something is in sight. */
export const firstRowInSight = (scroller: HTMLElement) => firstBelowEdge(scroller, "bottom")

/** The row to keep in its place while rows around it grow: the first that begins in sight, else the one that fills it. */
export function rowToHold(scroller: HTMLElement): HTMLElement | undefined {
  const begins = firstBelowEdge(scroller, "top")
  const isInSight = begins && begins.getBoundingClientRect().top < scroller.getBoundingClientRect().bottom
  return isInSight ? begins : firstRowInSight(scroller)
}

/** The row that keys act on: the one with the focus, else the first in sight. */
export function rowAtHand(scroller: HTMLElement): HTMLElement | undefined {
  const focused = document.activeElement?.closest<HTMLElement>("[data-row][id]")
  return focused && scroller.contains(focused) ? focused : firstRowInSight(scroller)
}
