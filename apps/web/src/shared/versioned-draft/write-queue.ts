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
