import { limits } from "@strudel-agent/sandbox/limits"

/** What metadata tell of a tempo. */
export interface TempoMetadata {
  /** Beats per minute. */
  bpm?: number | undefined
  /** Beats of a cycle, set by hand. */
  beats?: number | undefined
}

/** Beats of a cycle where nothing tells them. */
export const usualBeats = 4
/** The least and the most beats that a cycle may have. */
export const beatLimits = { least: 0.25, most: 64 } as const

/** Beats that a cycle has where a tempo in bpm and one in cycles are both told; others are a tempo that was changed in one place. */
const likely = [0.5, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16]
/** How far one of them may be off: people round what they write. */
const tolerance = 0.02
/** Beats per minute up to which four beats are taken for a cycle: `setcps(138/60)` is not 552. */
const fastestUsual = 240
const positive = (value: unknown): number | undefined =>
  typeof value === "number" && value > 0 && Number.isFinite(value) ? value : undefined

/** Whether a cycle may have so many beats. */
export const isBeats = (beats: number | undefined): boolean =>
  beats !== undefined && beats >= beatLimits.least && beats <= beatLimits.most

/** Reads what metadata tell of a tempo, as `bpm` and `beats_per_cycle`. */
export function readTempo({ bpm, beats_per_cycle }: Record<string, unknown>): TempoMetadata {
  const beats = positive(beats_per_cycle)
  return { bpm: positive(bpm), beats: isBeats(beats) ? beats : undefined }
}

/** Cycles per second of a told tempo; null for none, or one that cannot be played. */
export function cpsOfTempo({ bpm, beats = usualBeats }: TempoMetadata): number | null {
  const cps = bpm === undefined ? 0 : bpm / 60 / beats
  return cps > 0 && cps <= limits.cps ? cps : null
}

const fitting = (beats: number): number | undefined => likely.find((each) => Math.abs(beats / each - 1) <= tolerance)

/**
 * The beats of a cycle at a tempo in cycles per second: as told by hand, else as a tempo in bpm tells them, by the first
 * that does; else four, or fewer where four would be faster than music is.
 */
export function beatsPerCycle(tempos: TempoMetadata[], cps: number | null): number {
  for (const { bpm, beats } of tempos) {
    const found = beats ?? (bpm && cps ? fitting(bpm / 60 / cps) : undefined)
    if (found) return found
  }
  let beats = usualBeats
  while (cps && beats > 1 && cps * 60 * beats > fastestUsual) beats /= 2
  return beats
}

/**
 * The beats of a cycle in a song that tells a bpm, by what its clips tell. Its own bpm is how fast it is to be played, and
 * tells the beats only where four would be faster than music is.
 */
export function beatsOfSong(song: TempoMetadata, clips: TempoMetadata[], cps: number | null): number {
  const isUsual = cps === null || cps * 60 * usualBeats <= fastestUsual
  return song.beats ?? beatsPerCycle(isUsual ? clips : [...clips, song], cps)
}

const comments = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g

/** Whether code sets a tempo itself. */
export const setsTempo = (code: string): boolean => /\bset[cC]p[ms]\b|\.cp[ms]\s*\(/.test(code.replace(comments, ""))

/** Beats per minute at which a clip plays whose code sets its tempo; undefined where it leaves that open. */
export function bpmOfCode({
  code,
  metadata,
  cps,
}: {
  code: string
  metadata: Record<string, unknown>
  /** Cycles per second at which the code was heard. */
  cps: number | null
}): number | undefined {
  if (cps === null || !setsTempo(code)) return undefined
  return Number((cps * 60 * beatsPerCycle([readTempo(metadata)], cps)).toFixed(1))
}
