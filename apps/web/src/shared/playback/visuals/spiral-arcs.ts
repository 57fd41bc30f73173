import type { VisualOptions } from "#shared/editor/visual-calls.ts"
import { isOn, numberIn } from "./options.ts"
import { type Hap, isHeard } from "./picture.ts"

/** Cycles before and after what is heard that a spiral shows. */
export const spanOfSpiral = { behind: 2, ahead: 2 }
/** Points of a whole turn. */
const fineness = 60

export interface Arc {
  hap: Hap
  isHeard: boolean
  opacity: number
  points: { x: number; y: number }[]
}

export interface Spiral {
  arcs: Arc[]
  playhead: { x: number; y: number }[]
  /** How thick its lines are, in halves of the side. */
  thickness: number
}

/** A spiral around a cycle, with its middle at 0 and its edge 1 away from it: a turn for each cycle, the future outside. */
export function spiralArcs(haps: readonly Hap[], cycle: number, options: VisualOptions): Spiral {
  const stretch = numberIn(options, "stretch", { otherwise: 1, least: 0.1, most: 8 })
  const inset = numberIn(options, "inset", { otherwise: 3, least: 0, most: 16 })
  const steady = numberIn(options, "steady", { otherwise: 1, least: -4, most: 4 })
  const padding = numberIn(options, "padding", { otherwise: 0, least: 0, most: 1 })
  const head = numberIn(options, "playheadLength", { otherwise: 0.02, least: 0.005, most: 1 })
  const fades = isOn(options, "fade", true)
  const turns = inset + spanOfSpiral.ahead
  const point = (turn: number) => {
    const angle = 2 * Math.PI * ((turn + steady * cycle) * stretch - 0.25)
    const radius = turn / turns
    return { x: Math.cos(angle) * radius, y: Math.sin(angle) * radius }
  }
  const line = (from: number, to: number) => {
    const begin = Math.max(0, from)
    const end = Math.min(turns, to)
    const steps = Math.ceil((end - begin) * fineness * stretch)
    return steps > 0
      ? Array.from({ length: steps + 1 }, (_, step) => point(begin + ((end - begin) * step) / steps))
      : []
  }
  const arcs = haps.flatMap((hap): Arc[] => {
    const points = line(hap.begin - cycle + inset, hap.until - cycle + inset - padding)
    const distance = Math.abs(hap.begin - cycle)
    const opacity = fades ? Math.max(0, 1 - distance / (spanOfSpiral.behind + 0.5)) : 1
    return points.length > 0 && opacity > 0 ? [{ hap, isHeard: isHeard(hap, cycle), opacity, points }] : []
  })
  return { arcs, playhead: line(inset - head, inset), thickness: 0.5 / turns }
}
