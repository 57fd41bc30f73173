import type { VisualKind, VisualOptions } from "#shared/editor/visual-calls.ts"
import type { Picture } from "./picture.ts"
import { paintPitchWheel } from "./pitch-wheel.ts"
import { paintRoll } from "./roll.ts"
import { spanOfRoll } from "./roll-bars.ts"
import { paintScope } from "./scope.ts"
import { paintSpectrum } from "./spectrum.ts"
import { paintSpiral } from "./spiral.ts"
import { spanOfSpiral } from "./spiral-arcs.ts"

interface Painter {
  paint(picture: Picture): void
  /** The cycles before and after what is heard whose events it draws. */
  span(options: VisualOptions): { behind: number; ahead: number }
  /** What it draws of the sound itself. */
  signal?: "time" | "frequency"
  /** Options that it has before those that are written. */
  options?: VisualOptions
}

const justNow = () => ({ behind: 0.5, ahead: 0.25 })
const roll: Painter = { paint: paintRoll, span: spanOfRoll }

export const painters: Record<VisualKind, Painter> = {
  pianoroll: roll,
  punchcard: roll,
  wordfall: { ...roll, options: { vertical: 1, labels: 1 } },
  spiral: { paint: paintSpiral, span: () => spanOfSpiral },
  scope: { paint: paintScope, span: justNow, signal: "time" },
  spectrum: { paint: paintSpectrum, span: justNow, signal: "frequency" },
  pitchwheel: { paint: paintPitchWheel, span: justNow },
}
