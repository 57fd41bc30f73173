import { contextOf } from "#shared/player/frames.ts"
import { colorIn, numberIn } from "./options.ts"
import { colorHeard, type Picture } from "./picture.ts"
import { spectrumBands } from "./spectrum-bands.ts"

/** Draws how loud each frequency is, low ones at the bottom; what was heard before moves to the left. */
export function paintSpectrum(picture: Picture): void {
  const { canvas, options, values, cycle, ink } = picture
  if (cycle === null || !values) {
    contextOf(canvas)
    return
  }
  const speed = numberIn(options, "speed", { otherwise: 1, least: 0.25, most: 20 })
  const drawing = contextOf(canvas, { movedBy: speed })
  if (!drawing) return
  const { context, width, height } = drawing
  const least = numberIn(options, "min", { otherwise: -80, least: -200, most: 0 })
  const most = Math.max(least + 1, numberIn(options, "max", { otherwise: 0, least: -200, most: 60 }))
  const bands = spectrumBands(values, { least, most })
  const high = height / Math.max(1, bands.length)
  context.fillStyle = colorHeard(picture) ?? ink
  context.fillStyle = colorIn(options, "color") ?? context.fillStyle
  for (const [band, loudness] of bands.entries()) {
    if (loudness === 0) continue
    context.globalAlpha = loudness
    context.fillRect(width - speed, height - (band + 1) * high, speed, Math.ceil(high))
  }
  context.globalAlpha = 1
}
