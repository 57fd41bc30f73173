import type { PlayedHap } from "../evaluation/haps.ts"
import { colourOf } from "./colour.ts"

/** An event as the visuals in the code draw it. Times are in cycles of its clip. */
export interface DrawnHap {
  begin: number
  until: number
  /** A MIDI note number where it has a pitch. */
  note: number | null
  sound: string | null
  label: string
  /** What the code colours it with. */
  color: string | null
  /** Index into the palette of twelve. */
  colour: number
  /** Loudness from 0 to 1. */
  level: number
  /** The calls that draw it, by where their names begin in the source. */
  visuals: number[]
}

const textOf = (value: unknown): string | null =>
  typeof value === "string" || typeof value === "number" ? String(value) : null

const numberOf = (value: unknown): number => (typeof value === "number" ? value : 1)

/** What visuals draw of an event. */
export function drawnHap({ begin, until, note, sound, value, visuals }: PlayedHap): DrawnHap {
  const { label, note: name, n, color, gain, velocity } = value
  const numbered = sound !== null && n !== undefined && n !== 0 ? `${sound}:${textOf(n)}` : sound
  const level = numberOf(gain) * numberOf(velocity)
  return {
    ...{ begin, until, note, sound, visuals },
    label: textOf(label) ?? textOf(name) ?? numbered ?? "",
    color: textOf(color),
    colour: colourOf(sound ?? ""),
    level: Math.min(1, Math.max(0, level)),
  }
}
