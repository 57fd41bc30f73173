import { midiOf } from "../pitch.ts"
import type { Hap, Sound } from "../result.ts"

/** The size of a picture; a width that divides by 3 and by 2 often keeps triplets and sixteenths on whole numbers. */
export const size = { width: 768, height: 128 } as const

/** Rows that drums have at most; the rest share the last. */
const mostDrums = 8
const drumThickness = { least: 6, most: 14 }
const noteThickness = { least: 4, most: 12 }
/** Semitones that a pianoroll shows at least. */
const leastRange = 12
const margin = 6
/** Pitches further away are drawn there: their distance stays a number to count with. */
const farthest = 1_000

/** Where an event is drawn. */
export interface Row {
  y: number
  thickness: number
  /** A drum's stroke marks its begin, a note's stroke lasts as long as the note. */
  isDrum: boolean
}

const bottomUp = [/kick|bd|sbd/, /sn|sd|cp|clap|rim/, /tom|lt|mt|ht|perc/, /hh|hat|oh|ch|shaker|sh/, /cr|rd|ride|crash/]

const heightOf = (name: string): number => {
  const base = name.slice(name.lastIndexOf("_") + 1).toLowerCase()
  const rank = bottomUp.findIndex((pattern) => pattern.test(base))
  return rank < 0 ? bottomUp.length : rank
}

/** What has no pitch, and what is called as a drum and tuned to one. */
const isDrum = ({ name, notes }: Sound): boolean =>
  notes.length === 0 || (notes.length === 1 && heightOf(name) < bottomUp.length)

/** Lays out sounds: those that are pitched as a pianoroll, drums below it in rows of their own, the kick at the bottom. */
export function layOut(haps: Hap[], sounds: Sound[]): (hap: Hap) => Row {
  const byHeight = sounds.filter(isDrum).map(({ name }) => ({ name, height: heightOf(name) }))
  byHeight.sort((one, other) => one.height - other.height)
  const drums = new Map(byHeight.map(({ name }, index) => [name, index]))
  const pitchOf = ({ sound, value }: Hap) => (drums.has(sound ?? "") ? null : drawnPitch(value))
  const pitches = haps.flatMap((hap) => pitchOf(hap) ?? [])
  const share = pitches.length === 0 ? 1 : Math.min(0.5, 0.12 * Math.min(drums.size, mostDrums))
  const floor = size.height - margin
  const split = drums.size === 0 ? floor : floor - (size.height - 2 * margin) * share
  const drumRow = rowsOf(drums, { top: split, floor })
  const noteRow = pianoroll(pitches, { top: margin, floor: pitches.length > 0 && drums.size > 0 ? split - 4 : split })
  return (hap) => {
    const pitch = pitchOf(hap)
    return pitch === null ? drumRow(hap.sound ?? "") : noteRow(pitch)
  }
}

function drawnPitch(value: Hap["value"]): number | null {
  const pitch = midiOf(value)
  return pitch === null || Number.isNaN(pitch) ? null : Math.min(Math.max(pitch, -farthest), farthest)
}

interface Region {
  top: number
  floor: number
}

/** Rows for drums by their places from the bottom. */
function rowsOf(drums: Map<string, number>, { top, floor }: Region): (name: string) => Row {
  const rows = Math.min(Math.max(drums.size, 1), mostDrums)
  const step = (floor - top) / rows
  const thickness = Math.round(Math.min(Math.max(step - 3, drumThickness.least), drumThickness.most))
  return (name) => {
    const index = Math.min(drums.get(name) ?? 0, rows - 1)
    return { y: Math.round(floor - step * (index + 0.5)), thickness, isDrum: true }
  }
}

function pianoroll(pitches: number[], { top, floor }: Region): (pitch: number) => Row {
  const sorted = [...pitches].sort((one, other) => one - other)
  const lowest = sorted[0] ?? 0
  const highest = sorted.at(-1) ?? 0
  const range = Math.max(highest - lowest, leastRange)
  const below = (range - (highest - lowest)) / 2
  const step = (floor - top) / (range + 1)
  const thickness = Math.round(Math.min(Math.max(step, noteThickness.least), noteThickness.most))
  return (pitch) => ({ y: Math.round(floor - step * (pitch - lowest + below + 0.5)), thickness, isDrum: false })
}
