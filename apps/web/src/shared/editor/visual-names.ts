import type { VisualKind } from "./visual-calls.ts"

/** What kinds of visuals are called. */
export const visualNames: Record<VisualKind, string> = {
  pianoroll: "Piano roll",
  punchcard: "Punch card",
  wordfall: "Falling words",
  spiral: "Spiral",
  scope: "Oscilloscope",
  spectrum: "Spectrum",
  pitchwheel: "Pitch wheel",
}
