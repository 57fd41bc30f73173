/** A part that stands so many times in a row. Its key stays while it is moved, so that the page knows it again. */
export interface Run {
  key: string
  id: string
  times: number
}

let lastKey = 0
const newKey = () => `run-${++lastKey}`

/** The ids in order, repeated ones as often as they are played. */
export const idsOf = (runs: readonly Run[]): string[] =>
  runs.flatMap(({ id, times }) => Array.from({ length: times }, () => id))

export const sameIds = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id, place) => id === other[place])

/** Folds equal neighbours into runs; those that were there before keep their keys, the first of each id first. */
export function runsOf(ids: readonly string[], former: readonly Run[] = []): Run[] {
  if (sameIds(idsOf(former), ids)) return [...former]
  const known = [...former]
  const takeKey = (id: string): string => {
    const place = known.findIndex((run) => run.id === id)
    return place < 0 ? newKey() : (known.splice(place, 1)[0]?.key ?? newKey())
  }
  const runs: Run[] = []
  for (const id of ids) {
    const last = runs.at(-1)
    if (last?.id === id) last.times++
    else runs.push({ key: takeKey(id), id, times: 1 })
  }
  return runs
}

/** Moves a run to a place among the others; a place beyond the ends is the end. */
export function move(runs: readonly Run[], key: string, to: number): Run[] {
  const from = runs.findIndex((run) => run.key === key)
  const run = runs[from]
  if (!run) return [...runs]
  const rest = runs.toSpliced(from, 1)
  return rest.toSpliced(Math.min(Math.max(to, 0), rest.length), 0, run)
}

/** Puts a part behind a run, or at the end where there is none of that key. */
export function insertAfter(runs: readonly Run[], after: string | undefined, id: string): { runs: Run[]; key: string } {
  const place = runs.findIndex(({ key }) => key === after)
  const run = { key: newKey(), id, times: 1 }
  return { runs: runs.toSpliced(place < 0 ? runs.length : place + 1, 0, run), key: run.key }
}

export const remove = (runs: readonly Run[], key: string): Run[] => runs.filter((run) => run.key !== key)

/** Puts a run that was removed back where it stood, as far as that place is still there. */
export const putBack = (runs: readonly Run[], run: Run, place: number): Run[] =>
  runs.some(({ key }) => key === run.key) ? [...runs] : runs.toSpliced(Math.min(place, runs.length), 0, run)

/** Changes how often a run is played, at least once. */
export const repeat = (runs: readonly Run[], key: string, by: 1 | -1): Run[] =>
  runs.map((run) => (run.key === key ? { ...run, times: Math.max(run.times + by, 1) } : run))

/** The place that a run begins at, counted from 1 with every repetition. */
export const placeOf = (runs: readonly Run[], key: string): number => {
  let place = 1
  for (const run of runs) {
    if (run.key === key) return place
    place += run.times
  }
  return place
}
