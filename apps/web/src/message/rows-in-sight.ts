/** The rows of a transcript that are drawn, in order. */
export const rowsOf = (scroller: HTMLElement): HTMLElement[] => [
  ...scroller.querySelectorAll<HTMLElement>("[data-row][id]"),
]

/** The number of a row's message. */
export const indexOfRow = (row: Element): number => Number(row.id.slice(2))

/** The first row whose lower end is in sight, found by halving: rows lie in the order of the page. */
export function firstRowInSight(scroller: HTMLElement): HTMLElement | undefined {
  const rows = rowsOf(scroller)
  const top = scroller.getBoundingClientRect().top + 1
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.getBoundingClientRect().bottom ?? 0) > top) high = middle
    else low = middle + 1
  }
  return rows[low]
}

/** The row that keys act on: the one with the focus, else the first in sight. */
export function rowAtHand(scroller: HTMLElement): HTMLElement | undefined {
  const focused = document.activeElement?.closest<HTMLElement>("[data-row][id]")
  return focused && scroller.contains(focused) ? focused : firstRowInSight(scroller)
}
