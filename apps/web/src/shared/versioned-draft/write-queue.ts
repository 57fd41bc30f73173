/** Returns a way to do things one after the other, so that none changes what another has read and not yet stored. */
export function inSeries() {
  let last: Promise<unknown> | undefined
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last ? last.then(work) : work()
    const done = () => {
      if (last === settled) last = undefined
    }
    const settled: Promise<unknown> = turn.then(done, done)
    last = settled
    return turn
  }
}

/**
 * Stores values one after another, each whole in itself: of those that wait only the last is stored. Resolves with false
 * for a value that a later one took the place of; rejects where the value itself was not stored.
 */
export function latestPut<T>(store: (value: T) => Promise<unknown>) {
  const inTurn = inSeries()
  let newest = 0
  return (value: T): Promise<boolean> => {
    const number = ++newest
    return inTurn(async () => {
      if (number !== newest) return false
      try {
        await store(value)
        return true
      } catch (error) {
        // A later value says all that this one did.
        if (number !== newest) return false
        throw error
      }
    })
  }
}
