/** Scales of Scala's archive by name: the frequencies of their degrees and of the next octave, in Hz. */
export type Tunings = Readonly<Record<string, readonly number[]>>

/** What `tune` looks scales up in, in the shape of the list that Strudel's library brings. */
export const tunings: Record<string, { frequencies: readonly number[] }> = Object.create(null)

/** Makes scales known to `tune` in addition; the whole archive would be larger than the engine. */
export function knowTunings(known: Tunings): void {
  for (const [name, frequencies] of Object.entries(known)) tunings[name] = { frequencies }
}

/** The scales that a piece of code may name. */
export function tuningsIn(code: string, archive: Tunings): Tunings {
  const words = new Set(code.match(/[\w+\\-]+/g))
  return Object.fromEntries(
    [...words].flatMap((name) => (Object.hasOwn(archive, name) ? [[name, archive[name] ?? []]] : [])),
  )
}

/** Whether code may ask for a scale of the archive. */
export const mentionsTunings = (code: string): boolean => /\btune\b/.test(code)
