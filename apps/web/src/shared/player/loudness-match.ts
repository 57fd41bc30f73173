import type { ClipDetail } from "@strudel-agent/contract/clip"
import { limits } from "@strudel-agent/sandbox/limits"

/** How loud a clip was measured to be: LUFS, and its true peak in decibels of full scale. */
export type Level = NonNullable<ClipDetail["level"]>

/** The loudness in LUFS that all clips are brought to, and the decibels of full scale above which none may peak then. */
export const target = { loudness: -16, peak: -1 }

/** What a clip is multiplied by to be as loud as the others; 1 where it is not measured. */
export function gainOf(level: Level | null | undefined): number {
  if (!level) return 1
  const decibels = Math.min(target.loudness - level.loudness, target.peak - level.peak)
  return Math.min(limits.gain, 10 ** (decibels / 20))
}
