import type { Tempo } from "./result.ts"

/** Tempo in cycles per second and, given the beats of a cycle, per minute. */
export function tempoOf({ cps, set, beatsPerCycle }: Omit<Tempo, "bpm">): Tempo {
  return { cps, bpm: bpmOf(cps, beatsPerCycle), beatsPerCycle, set }
}

/** Beats per minute of a tempo in cycles per second. */
export function bpmOf(cps: number, beatsPerCycle: number): number {
  return Number((cps * 60 * beatsPerCycle).toPrecision(12))
}

/** Cycles per second of a tempo in beats per minute. */
export function cpsOf(bpm: number, beatsPerCycle: number): number {
  return bpm / 60 / beatsPerCycle
}
