import { usualBeats } from "#shared/clip/tempo-metadata.ts"
import { beatsIn } from "./playable.ts"
import type { PlayerState } from "./player-state.ts"

/** Beats per minute as they are heard. */
export const bpmOf = ({
  cps,
  factor,
  playable,
  section,
}: Pick<PlayerState, "cps" | "factor" | "playable" | "section">): number =>
  cps * factor * 60 * (playable ? beatsIn(playable, section, cps) : usualBeats)

/** A factor within its limits, without the dust of floating point. */
export const asFactor = (factor: number): number => Number(Math.min(4, Math.max(0.25, factor)).toFixed(5))
