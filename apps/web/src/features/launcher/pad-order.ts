/** Puts ids that are not known yet behind those that are, so that none of the known ones moves. */
export function withAdded(known: readonly string[], read: readonly string[]): readonly string[] {
  const placed = new Set(known)
  const added = read.filter((id) => !placed.has(id))
  return added.length === 0 ? known : [...known, ...added]
}

/** Moves an id to the place of another; those in between go one place towards where it stood. */
export function withMoved(order: readonly string[], id: string, placeOf: string): readonly string[] {
  const from = order.indexOf(id)
  const to = order.indexOf(placeOf)
  if (from < 0 || to < 0 || from === to) return order
  const without = order.filter((each) => each !== id)
  return [...without.slice(0, to), id, ...without.slice(to)]
}

/** A place among the pads; without a clip where it is still being read. */
export interface Place<Clip> {
  id: string
  clip: Clip | undefined
  /** Whether the clip was deleted since the page shows it: its place stays empty, so that no other pad moves. */
  gone: boolean
}

/**
 * What stands at each place: the clips that were read, those that were seen before and are gone, and, as long as not
 * all are read, the places of the others.
 */
export function placesOf<Clip extends { id: string }>(
  order: readonly string[],
  {
    read,
    seen,
    complete,
  }: {
    read: readonly Clip[]
    seen: ReadonlyMap<string, Clip> /** Whether there are no others to read. */
    complete: boolean
  },
): Place<Clip>[] {
  const there = new Map(read.map((clip) => [clip.id, clip]))
  return order.flatMap((id): Place<Clip>[] => {
    const clip = there.get(id)
    if (clip) return [{ id, clip, gone: false }]
    const last = seen.get(id)
    if (last) return [{ id, clip: last, gone: true }]
    return complete ? [] : [{ id, clip: undefined, gone: false }]
  })
}
