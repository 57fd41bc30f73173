import type { Sounding } from "@strudel-agent/sandbox/protocol"

/** An event of the pianoroll, with its row from the top. */
export interface RollNote extends Pick<Sounding, "at" | "until" | "colour" | "gain"> {
  row: number
  rows: number
}

/** Semitones that are always in sight, so that two notes do not stand at the edges. */
const leastSpan = 12

/** Places events: those with a pitch by it in the upper part, those without below, a row for each sound. */
export function rollNotes(events: Sounding[]): RollNote[] {
  const pitches = events.flatMap(({ note }) => (note === null ? [] : [note]))
  const drums = [...new Set(events.flatMap(({ note, sound }) => (note === null ? [sound ?? ""] : [])))].sort()
  const lowest = Math.min(...pitches)
  const highest = Math.max(...pitches)
  const pad = Math.max(0, leastSpan - (highest - lowest)) / 2
  const span = pitches.length === 0 ? 0 : Math.ceil(highest - lowest + 2 * pad) + 1
  const rows = Math.max(1, span + drums.length)
  return events.map(({ at, until, colour, gain, note, sound }) => ({
    ...{ at, until, colour, gain, rows },
    row: note === null ? span + drums.indexOf(sound ?? "") : Math.round(highest + pad - note),
  }))
}
