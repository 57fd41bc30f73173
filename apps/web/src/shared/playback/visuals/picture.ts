import type { DrawnHap } from "@strudel-agent/sandbox/protocol"
import type { VisualCall } from "#shared/editor/visual-calls.ts"

/** What a visual is drawn with. */
export interface Picture extends Pick<VisualCall, "kind" | "options"> {
  canvas: HTMLCanvasElement
  /** Where its clip is heard, in cycles of its own time; null at rest. */
  cycle: number | null
  haps: readonly DrawnHap[]
  /** What is heard of it: samples, or decibels of frequencies. */
  values: Float32Array | undefined
  /** The colours of the palette, and of the page's text. */
  colors: readonly string[]
  ink: string
}

export type Hap = DrawnHap

/** Whether an event is heard at a cycle. */
export const isHeard = ({ begin, until }: Pick<Hap, "begin" | "until">, cycle: number): boolean =>
  begin <= cycle && cycle < until

/** Which colours of code a browser knows; asking it for each event of a picture takes long. */
const known = new Map<string, boolean>()
const mostKnown = 256

function isColor(color: string): boolean {
  const cached = known.get(color)
  if (cached !== undefined) return cached
  if (known.size >= mostKnown) known.clear()
  const isOne = CSS.supports("color", color)
  known.set(color, isOne)
  return isOne
}

/** The colour of an event: the code's own, else that of its sound. */
export function colorOf({ color, colour }: Hap, { colors, ink }: Pick<Picture, "colors" | "ink">): string {
  if (color !== null && isColor(color)) return color
  return colors[colour % colors.length] ?? ink
}

/** The colour of what is heard of a picture; undefined where nothing is. */
export function colorHeard({ haps, cycle, ...inks }: Picture): string | undefined {
  const heard = cycle === null ? undefined : haps.findLast((hap) => isHeard(hap, cycle))
  return heard && colorOf(heard, inks)
}
