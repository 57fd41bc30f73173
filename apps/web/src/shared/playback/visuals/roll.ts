import { contextOf } from "#shared/player/frames.ts"
import { colorIn, isOn } from "./options.ts"
import { colorOf, type Picture } from "./picture.ts"
import { type Bar, rollBars, spanOfRoll } from "./roll-bars.ts"

/** Pixels of the highest label. */
const largest = 14

/** Draws events as bars: by pitch, or a row for each sound. */
export function paintRoll(picture: Picture): void {
  const drawing = contextOf(picture.canvas)
  if (!drawing) return
  const { context, width, height } = drawing
  const { cycle, haps, options } = picture
  if (cycle !== null) {
    for (const bar of rollBars(haps, cycle, options)) paintBar(drawing, bar, picture)
  }
  const { behind, ahead } = spanOfRoll(options)
  const isUpright = isOn(options, "vertical")
  const past = behind / (behind + ahead)
  const now = isUpright === isOn(options, "flipTime") ? past : 1 - past
  context.globalAlpha = 0.7
  context.fillStyle = picture.ink
  context.fillStyle = colorIn(options, "playheadColor") ?? picture.ink
  if (isUpright) context.fillRect(0, now * height, width, 1)
  else context.fillRect(now * width, 0, 1, height)
}

type Drawing = NonNullable<ReturnType<typeof contextOf>>

function paintBar({ context, width, height }: Drawing, bar: Bar, picture: Picture) {
  const { hap, isHeard } = bar
  const { options, ink } = picture
  const isOutlined = isHeard && isOn(options, "strokeActive", true)
  const [x, y] = [bar.x * width + 1, bar.y * height + 1]
  const [wide, high] = [Math.max(2, bar.width * width - 2), Math.max(2, bar.height * height - 2)]
  const asked = hap.color === null ? colorIn(options, isHeard ? "active" : "inactive") : undefined
  context.fillStyle = colorOf(hap, picture)
  // What is no colour leaves the one before.
  if (asked) context.fillStyle = asked
  context.globalAlpha = Math.max(0.3, hap.level) * (isHeard ? 1 : 0.55)
  context.fillRect(x, y, wide, high)
  context.globalAlpha = 1
  if (isOutlined) {
    context.strokeStyle = ink
    context.strokeRect(x, y, wide, high)
  }
  if (!isOn(options, "labels") || hap.label === "") return
  const size = Math.min(largest, (isOn(options, "vertical") ? Math.max(8, wide / 4) : high) * 0.8)
  context.font = `${size}px monospace`
  context.textBaseline = "top"
  context.fillStyle = ink
  context.fillText(hap.label, x + 2, y + 1)
}
