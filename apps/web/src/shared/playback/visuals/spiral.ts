import { contextOf } from "#shared/player/frames.ts"
import { colorIn, isOn } from "./options.ts"
import { colorOf, type Picture } from "./picture.ts"
import { spiralArcs } from "./spiral-arcs.ts"

/** Draws events along a spiral on which time runs outwards. */
export function paintSpiral(picture: Picture): void {
  const drawing = contextOf(picture.canvas)
  if (!drawing) return
  const { context, width, height } = drawing
  const { options, ink } = picture
  const radius = Math.min(width, height) / 2 - 2
  const haps = picture.cycle === null ? [] : picture.haps
  const { arcs, playhead, thickness } = spiralArcs(haps, picture.cycle ?? 0, options)
  const isRound = options.cap === "round"
  context.lineCap = isRound ? "round" : "butt"
  context.lineWidth = Math.max(2, thickness * radius)
  const trace = (points: { x: number; y: number }[]) => {
    context.beginPath()
    for (const { x, y } of points) context.lineTo(width / 2 + x * radius, height / 2 + y * radius)
    context.stroke()
  }
  for (const { hap, isHeard, opacity, points } of arcs) {
    const asked = hap.color === null ? colorIn(options, isHeard ? "activeColor" : "inactiveColor") : undefined
    context.strokeStyle = isHeard || isOn(options, "colorizeInactive", true) ? colorOf(hap, picture) : ink
    if (asked) context.strokeStyle = asked
    context.globalAlpha = opacity * (isHeard ? 1 : 0.5)
    trace(points)
  }
  context.globalAlpha = 1
  context.strokeStyle = ink
  context.strokeStyle = colorIn(options, "playheadColor") ?? ink
  trace(playhead)
}
