/** How loud a clip was measured to be: LUFS, and its true peak in decibels of full scale. */
export interface Level {
  loudness: number
  peak: number
}

/** The loudness that all clips are brought to, how high none may peak then, and the most that one is turned up. */
const target = { loudness: -16, peak: -1, gain: 8 }

/** What a clip is multiplied by to be as loud as the others; 1 where it is not measured. */
export function gainOf(level: Level | null | undefined): number {
  if (!level) return 1
  const decibels = Math.min(target.loudness - level.loudness, target.peak - level.peak)
  return Math.min(target.gain, 10 ** (decibels / 20))
}
