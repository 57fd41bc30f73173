import { contextOf } from "#shared/player/frames.ts"
import { colorIn, isOn, numberIn } from "./options.ts"
import type { Picture } from "./picture.ts"
import { colorHeard } from "./picture.ts"
import { scopeLine } from "./scope-line.ts"

/** Draws the wave of what is heard. */
export function paintScope(picture: Picture): void {
  const drawing = contextOf(picture.canvas)
  if (!drawing) return
  const { context, width, height } = drawing
  const { options, values, ink } = picture
  const middle = numberIn(options, "pos", { otherwise: 0.5, least: 0, most: 1 }) * height
  const scale = numberIn(options, "scale", { otherwise: 1, least: -8, most: 8 }) * (height / 2)
  const trigger = numberIn(options, "trigger", { otherwise: 0, least: -1, most: 1 })
  const line = scopeLine(values ?? new Float32Array(2), { trigger, isAligned: isOn(options, "align", true) })
  context.lineWidth = numberIn(options, "thickness", { otherwise: 2, least: 0.5, most: 20 })
  context.strokeStyle = colorHeard(picture) ?? ink
  context.strokeStyle = colorIn(options, "color") ?? context.strokeStyle
  context.beginPath()
  const step = width / Math.max(1, line.length - 1)
  if (line.length < 2) {
    context.moveTo(0, middle)
    context.lineTo(width, middle)
  }
  for (const [index, value] of line.entries()) context.lineTo(index * step, middle - value * scale)
  context.stroke()
}
