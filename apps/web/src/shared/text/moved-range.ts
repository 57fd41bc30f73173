interface Range {
  /** Characters from the beginning of the text. */
  from: number
  to: number
}

/** Where a range of a text is after the text was changed in one place; of what is no more there, nothing is left. */
export function movedRange({ from, to }: Range, before: string, after: string): Range {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  let same = 0
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1
  const end = before.length - same
  const longer = after.length - before.length
  const moved = (place: number, inside: number) => (place >= end ? place + longer : place <= start ? place : inside)
  // What was typed right before the range, or right behind it, stands outside of it.
  if (start === end && start === to && from < to) return { from, to }
  return { from: moved(from, end + longer), to: moved(to, start) }
}
