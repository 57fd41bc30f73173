import type { Plan, Section } from "../protocol.ts"

/** A point of a plan that plays. */
export interface Cursor {
  /** Seconds of the audio clock. */
  time: number
  /** Cycles since play was pressed. */
  cycle: number
  /** The section it is in, and the cycles since that began. */
  index: number
  into: number
  /** Seconds since play was pressed and since the section began, as they would be without the factor of the tempo. */
  seconds: number
  sectionSeconds: number
}

export interface Tempo {
  /** Of the code, in cycles per second, for a section that sets none. */
  ofSection(section: Section): number
  factor: number
}

/** A stretch of time in which neither section nor tempo change. */
export interface Slice {
  section: Section
  from: Cursor
  to: Cursor
  /** Cycles per second without and with the factor. */
  ownCps: number
  cps: number
}

export const startOf = (time: number, index = 0): Cursor => ({
  time,
  cycle: 0,
  index,
  into: 0,
  seconds: 0,
  sectionSeconds: 0,
})

/** The next stretch of a plan, up to a time or a cycle at most; null where the plan is over. */
export function nextSlice(
  { sections, loop }: Plan,
  tempo: Tempo,
  { from, time, cycle = Number.POSITIVE_INFINITY }: { from: Cursor; time: number; cycle?: number },
): Slice | null {
  const begin = enter(sections, loop, from)
  const section = begin && sections[begin.index]
  if (!section) return null
  const ownCps = tempo.ofSection(section)
  const cps = ownCps * tempo.factor
  const cycles = Math.min(section.cycles - begin.into, Math.max(0, (time - begin.time) * cps), cycle - begin.cycle)
  const ends = begin.into + cycles >= section.cycles
  const seconds = cycles / ownCps
  const to = {
    time: begin.time + cycles / cps,
    // Whole cycles stay whole through any number of slices.
    cycle: begin.cycle + cycles,
    index: begin.index,
    into: ends ? section.cycles : begin.into + cycles,
    seconds: begin.seconds + seconds,
    sectionSeconds: begin.sectionSeconds + seconds,
  }
  return { section, from: begin, to: snapped(to, cycles), ownCps, cps }
}

/** A cursor at the end of a section stands at the beginning of the next. */
function enter(sections: Section[], loop: boolean, cursor: Cursor): Cursor | null {
  const section = sections[cursor.index]
  if (!section) return null
  if (cursor.into < section.cycles) return cursor
  const next = cursor.index + 1
  if (next >= sections.length && !loop) return null
  return { ...cursor, index: next % sections.length, into: 0, sectionSeconds: 0 }
}

/** The next cycle on which something may change: a whole one of the section, or its end. */
export function nextChange({ sections }: Plan, { cycle, into, index }: Cursor): number {
  const of = sections[index]?.cycles ?? 0
  return cycle + Math.max(0, Math.min(Math.ceil(into - 1e-6), of) - into)
}

/**
 * Where a cursor stands once another plan has taken over: in the same section where that is still there, else at the
 * beginning of what follows it.
 */
export function placeIn(next: Plan, former: Plan, cursor: Cursor): Cursor {
  const index = sameSection(next.sections, former.sections, cursor.index)
  if (index !== null) return { ...cursor, index }
  const last = next.sections.length - 1
  const ended = next.sections[last]?.cycles ?? 0
  const place = cursor.index > last ? { index: last, into: ended } : { into: 0 }
  return { ...cursor, ...place, sectionSeconds: 0 }
}

/** A section that is there several times is told by its turn. */
function sameSection(next: Section[], former: Section[], index: number): number | null {
  if (next.length === 1 && former.length === 1) return 0
  const id = former[index]?.id
  const turn = former.slice(0, index).filter((section) => section.id === id).length
  const there = next.flatMap((section, at) => (section.id === id ? [at] : []))
  return there[turn] ?? there.at(-1) ?? null
}

/** The clips of all sections. */
const keysOf = ({ sections }: Plan): Set<string> =>
  new Set(sections.flatMap(({ clips }) => clips.map(({ key }) => key)))

/** The clips of plans that play or are about to, and that the next one does not play. */
export function goneFrom(plans: (Plan | null | undefined)[], next: Plan): Set<string> {
  const wanted = keysOf(next)
  const played = plans.flatMap((plan) => (plan ? [...keysOf(plan)] : []))
  return new Set(played.filter((key) => !wanted.has(key)))
}

/** Rounding would otherwise move whole cycles a little with every slice; a slow one may be no longer than that. */
function snapped(cursor: Cursor, cycles: number): Cursor {
  const whole = Math.round(cursor.cycle)
  return Math.abs(cursor.cycle - whole) < Math.min(1e-7, cycles / 2) ? { ...cursor, cycle: whole } : cursor
}

/** What of a clip's own time a slice covers; `rate` are its cycles per second of the audio clock. */
export function spanOf(
  { from, to, ownCps, cps }: Slice,
  clip: { tempo: "match" | "own"; cps: number },
  align: Plan["align"],
): { begin: number; end: number; rate: number } {
  const running = align === "running"
  if (clip.tempo === "match") {
    return { begin: running ? from.cycle : from.into, end: running ? to.cycle : to.into, rate: cps }
  }
  const at = (cursor: Cursor) => (running ? cursor.seconds : cursor.sectionSeconds) * clip.cps
  return { begin: at(from), end: at(to), rate: (clip.cps * cps) / ownCps }
}

/** The tempo of a section: its own, or that of the first of its clips, then of all clips, that sets one. */
export function cpsOfSection(section: Section, clips: Map<string, { cps: number; cpsSet: boolean }>): number {
  if (section.cps !== null) return section.cps
  const own = section.clips.flatMap(({ key }) => clips.get(key) ?? [])
  return [...own, ...clips.values()].find(({ cpsSet }) => cpsSet)?.cps ?? 0.5
}
