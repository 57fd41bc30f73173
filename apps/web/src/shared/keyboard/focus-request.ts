/** What there is to bring the focus to, and away from. */
interface Place {
  /** What the row takes the focus with; undefined while it is not there. */
  row: { focus: () => void } | null | undefined
  /** Whether the focus is in the list or nowhere. */
  isFree: boolean
  /** Another one for each time that the list is read. */
  reading: unknown
}

/**
 * A wish to bring the focus to a row. It waits for its row only as long as the list is not read again and nothing else
 * takes the focus: whoever types elsewhere by then must not end up among the rows, where letters are keys.
 */
export function focusRequest(key: string) {
  let first: { reading: unknown } | undefined
  let isOpen = true
  return {
    key,
    /** Told of every drawing of the list. */
    look({ row, isFree, reading }: Place) {
      if (!isOpen) return
      first ??= { reading }
      isOpen = isFree && first.reading === reading && !row
      if (isFree && first.reading === reading) row?.focus()
    },
  }
}

export type FocusRequest = ReturnType<typeof focusRequest>
