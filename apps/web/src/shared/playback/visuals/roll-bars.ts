import type { VisualOptions } from "#shared/editor/visual-calls.ts"
import { isOn, numberIn } from "./options.ts"
import { type Hap, isHeard } from "./picture.ts"

/** The cycles that a roll shows, and which part of them is past. */
export function spanOfRoll(options: VisualOptions): { behind: number; ahead: number } {
  const cycles = numberIn(options, "cycles", { otherwise: 4, least: 0.25, most: 32 })
  const playhead = numberIn(options, "playhead", { otherwise: 0.5, least: 0, most: 1 })
  return { behind: cycles * playhead, ahead: cycles * (1 - playhead) }
}

/** An event as a rectangle, in parts of the width and height: from the left, and from the top. */
export interface Bar {
  hap: Hap
  x: number
  y: number
  width: number
  height: number
  isHeard: boolean
}

/** What an event is placed by: its pitch, else its sound. */
const placedBy = ({ note, sound, label }: Hap): number | string => note ?? sound ?? label

/** Sounds below pitches, each from its lowest to its highest. */
function compare(one: number | string, other: number | string): number {
  if (typeof one === "number" && typeof other === "number") return one - other
  if (typeof one === "string" && typeof other === "string") return one.localeCompare(other)
  return typeof one === "string" ? -1 : 1
}

/** Where a value begins above the bottom, and how high it is. */
function rowsOf(haps: readonly Hap[], options: VisualOptions): (hap: Hap) => { from: number; size: number } {
  const values = [...new Set(haps.map(placedBy))].sort(compare)
  if (isOn(options, "fold", true)) {
    const rows = Math.max(1, values.length)
    const indexes = new Map(values.map((value, index) => [value, index]))
    return (hap) => ({ from: (indexes.get(placedBy(hap)) ?? 0) / rows, size: 1 / rows })
  }
  const pitches = values.filter((value) => typeof value === "number")
  const isRanged = isOn(options, "autorange") && pitches.length > 0
  const range = { least: -1_000, most: 1_000 }
  const lowest = isRanged ? Math.min(...pitches) : numberIn(options, "minMidi", { otherwise: 10, ...range })
  const highest = isRanged ? Math.max(...pitches) : numberIn(options, "maxMidi", { otherwise: 90, ...range })
  const rows = Math.max(1, highest - lowest + 1)
  return ({ note }) => ({ from: ((note ?? lowest) - lowest) / rows, size: 1 / rows })
}

/** The events of a roll around a cycle: time runs to the right, or upwards, and values the other way. */
export function rollBars(haps: readonly Hap[], cycle: number, options: VisualOptions): Bar[] {
  const { behind, ahead } = spanOfRoll(options)
  const seen = haps.filter(({ begin, until }) => begin <= cycle + ahead && until >= cycle - behind)
  const rowOf = rowsOf(seen, options)
  const isUpright = isOn(options, "vertical")
  const runsBack = isOn(options, "flipTime")
  const isTurned = isOn(options, "flipValues")
  return seen.flatMap((hap) => {
    const sounds = isHeard(hap, cycle)
    if (isOn(options, "hideInactive") && !sounds) return []
    const length = (hap.until - hap.begin) / (behind + ahead)
    const begin = (hap.begin - cycle + behind) / (behind + ahead)
    const row = rowOf(hap)
    const along = runsBack ? 1 - begin - length : begin
    const across = isTurned ? 1 - row.from - row.size : row.from
    const place = isUpright
      ? { x: across, y: 1 - along - length, width: row.size, height: length }
      : { x: along, y: 1 - across - row.size, width: length, height: row.size }
    return [{ hap, ...place, isHeard: sounds }]
  })
}
