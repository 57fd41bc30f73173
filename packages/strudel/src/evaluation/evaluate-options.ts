import type { Tunings } from "../tunings.ts"

export interface EvaluateOptions {
  /** The first cycle to ask for. Default 0. */
  from?: number
  /** How many cycles to ask for. Default 4. */
  cycles?: number
  /** The most haps to answer with. Default 20,000. */
  haps?: number
  /** Beats of a cycle, for the tempo in beats per minute. Default 4. */
  beatsPerCycle?: number
  /** Where `Math.random` starts. Default 1. */
  seed?: number
  /** Scales that `tune` finds beside those that it found before. Default none. */
  tunings?: Tunings
}

export const defaults = {
  from: 0,
  cycles: 4,
  haps: 20_000,
  beatsPerCycle: 4,
  seed: 1,
  tunings: {},
} satisfies Required<EvaluateOptions>
