/** A part that stands so many times in a row. Its key stays while it is moved, so that the page knows it again. */
export interface Run {
  key: string
  id: string
  times: number
  /** Which part of the song's text lists it, counted from 0; undefined where the text does not say. */
  section?: number | undefined
}

/** The ids of an order, and the sections that they stand in, place by place. */
export interface Places {
  ids: string[]
  sections?: readonly number[] | undefined
}

let lastKey = 0
const newKey = () => `run-${++lastKey}`

/** The ids in order, repeated ones as often as they are played. */
export const idsOf = (runs: readonly Run[]): string[] =>
  runs.flatMap(({ id, times }) => Array.from({ length: times }, () => id))

export const sameIds = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id, place) => id === other[place])

/** The order of runs with its sections, where every run stands in one. */
export function placesOf(runs: readonly Run[]): Places {
  const sections = runs.flatMap(({ section, times }) =>
    section === undefined ? [] : Array.from({ length: times }, () => section),
  )
  const ids = idsOf(runs)
  return sections.length === ids.length ? { ids, sections } : { ids }
}

/** Whether two orders have the same ids in the same sections. */
export const samePlaces = (one: Places, other: Places): boolean =>
  sameIds(one.ids, other.ids) && one.sections?.join() === other.sections?.join()

/**
 * Folds equal neighbours of one section into runs; those that were there before keep their keys, the first of each id
 * first.
 */
export function runsOf({ ids, sections }: Places, former: readonly Run[] = []): Run[] {
  if (samePlaces(placesOf(former), { ids, sections })) return [...former]
  const known = [...former]
  const takeKey = (id: string): string => {
    const place = known.findIndex((run) => run.id === id)
    return place < 0 ? newKey() : (known.splice(place, 1)[0]?.key ?? newKey())
  }
  const runs: Run[] = []
  for (const [place, id] of ids.entries()) {
    const last = runs.at(-1)
    const section = sections?.[place]
    if (last?.id === id && last.section === section) last.times++
    else runs.push({ key: takeKey(id), id, times: 1, ...(section !== undefined && { section }) })
  }
  return runs
}

/** A run in the section of another one. */
const inSection = (run: Run, other: Run | undefined): Run =>
  other?.section === run.section ? run : { ...run, section: other?.section }

/** Moves a run to a place among the others, into the section that is there; a place beyond the ends is the end. */
export function move(runs: readonly Run[], key: string, to: number): Run[] {
  const from = runs.findIndex((run) => run.key === key)
  const run = runs[from]
  if (!run) return [...runs]
  const rest = runs.toSpliced(from, 1)
  const place = Math.min(Math.max(to, 0), rest.length)
  return rest.toSpliced(place, 0, inSection(run, runs[place]))
}

/** Puts a part behind a run, or at the end where there is none of that key. */
export function insertAfter(runs: readonly Run[], after: string | undefined, id: string): { runs: Run[]; key: string } {
  const place = runs.findIndex(({ key }) => key === after)
  const run = inSection({ key: newKey(), id, times: 1 }, place < 0 ? runs.at(-1) : runs[place])
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
