/** Which clips come and go while a change waits for its cycle. */
export interface Passing {
  /** Clips that are heard from the next cycle on. */
  arriving: ReadonlySet<string>
  /** Clips that are heard until the next cycle. */
  leaving: ReadonlySet<string>
}

const nothing: ReadonlySet<string> = new Set()

/** Nothing waits. */
export const settled: Passing = { arriving: nothing, leaving: nothing }

/** What comes and goes once `wanted` is to play instead of `present`, beside what waits already. */
export function passing(
  { arriving, leaving }: Passing,
  present: readonly string[],
  wanted: readonly string[],
): Passing {
  const heard = new Set([...leaving, ...present.filter((key) => !arriving.has(key))])
  return {
    arriving: new Set(wanted.filter((key) => !heard.has(key))),
    leaving: new Set([...heard].filter((key) => !wanted.includes(key))),
  }
}
