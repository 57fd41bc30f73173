import { contextOf } from "#shared/player/frames.ts"
import { isOn, numberIn } from "./options.ts"
import { colorOf, type Hap, isHeard, type Picture } from "./picture.ts"

/** Where a pitch stands on a wheel of an octave whose middle is 0 and whose edge is 1 away: its root on top. */
export function onWheel(octaves: number): { x: number; y: number } {
  const angle = 2 * Math.PI * (octaves - Math.floor(octaves))
  return { x: Math.sin(angle), y: -Math.cos(angle) }
}

/** The root, as a MIDI note number: a frequency that is written, or C. */
export function rootOf(options: Picture["options"]): number {
  const { root } = options
  return typeof root === "number" && root > 0 ? 69 + 12 * Math.log2(root / 440) : 36
}

const hasPitch = (hap: Hap): hap is Hap & { note: number } => hap.note !== null

/** Draws the pitches that are heard on a wheel of an octave. */
export function paintPitchWheel(picture: Picture): void {
  const drawing = contextOf(picture.canvas)
  if (!drawing) return
  const { context, width, height } = drawing
  const { options, ink, cycle } = picture
  const dot = numberIn(options, "hapRadius", { otherwise: 6, least: 1, most: 40 })
  const margin = numberIn(options, "margin", { otherwise: 10, least: 0, most: 200 })
  const thickness = numberIn(options, "thickness", { otherwise: 3, least: 0.5, most: 40 })
  const steps = Math.round(numberIn(options, "edo", { otherwise: 12, least: 0, most: 72 }))
  const radius = Math.max(4, Math.min(width, height) / 2 - dot - margin)
  const root = rootOf(options)
  const place = (octaves: number) => {
    const { x, y } = onWheel(octaves)
    return { x: width / 2 + x * radius, y: height / 2 + y * radius }
  }
  const ring = ({ x, y }: { x: number; y: number }, size: number) => {
    context.beginPath()
    context.arc(x, y, size, 0, 2 * Math.PI)
  }
  context.lineWidth = thickness
  context.strokeStyle = ink
  context.globalAlpha = 0.35
  if (isOn(options, "circle")) {
    ring({ x: width / 2, y: height / 2 }, radius)
    context.stroke()
  }
  for (let step = 0; step < steps; step++) {
    ring(place(step / steps), dot)
    context.stroke()
  }
  const heard = cycle === null ? [] : picture.haps.filter((hap) => isHeard(hap, cycle)).filter(hasPitch)
  const dots = heard.map((hap) => ({ hap, ...place((hap.note - root) / 12) }))
  const isPolygon = options.mode === "polygon"
  for (const { hap, x, y } of dots) {
    context.globalAlpha = Math.max(0.3, hap.level)
    context.fillStyle = colorOf(hap, picture)
    context.strokeStyle = context.fillStyle
    if (isOn(options, "hapcircles", true)) {
      ring({ x, y }, dot)
      context.fill()
    }
    if (isPolygon) continue
    context.beginPath()
    context.moveTo(width / 2, height / 2)
    context.lineTo(x, y)
    context.stroke()
  }
  if (!isPolygon || dots.length === 0) return
  context.globalAlpha = 1
  context.strokeStyle = ink
  context.beginPath()
  for (const { x, y } of dots) context.lineTo(x, y)
  context.closePath()
  context.stroke()
}
