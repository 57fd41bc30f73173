/** The orders of clips by their sound, each with the most first. */
export const soundSorts = ["loudness", "brightness", "density"] as const

/** All orders of clips. */
export const clipSorts = ["updated", "created", "oldest", "name", "bpm", ...soundSorts] as const

/** A figure of a clip's sound, and from or below which value it has to lie. */
interface Range {
  figure: (typeof soundSorts)[number]
  from?: number
  below?: number
}

/**
 * What clips can be asked to sound like, and what each word means: the one place of its thresholds. A clip that is not
 * measured is none of them.
 */
export const soundWords = {
  /** Quieter than what is broadcast (EBU R 128: -23 LUFS). */
  quiet: { name: "Quiet", means: "below −23 LUFS", figure: "loudness", below: -23 },
  /** As loud as streaming services play at, or louder. */
  loud: { name: "Loud", means: "−14 LUFS or more", figure: "loudness", from: -14 },
  /** The centre of its spectrum lies in the high mids or above. */
  bright: { name: "Bright", means: "centre at 2,000 Hz or above", figure: "brightness", from: 2_000 },
  /** Sixteenths at 120 bpm. */
  dense: { name: "Dense", means: "8 onsets a second or more", figure: "density", from: 8 },
  clips: { name: "Clips", means: "louder than full scale somewhere", clipping: true },
} as const satisfies Record<string, { name: string; means: string } & (Range | { clipping: true })>
export type SoundWord = keyof typeof soundWords

const isSoundWord = (word: string): word is SoundWord => Object.hasOwn(soundWords, word)

export const soundNames: SoundWord[] = Object.keys(soundWords).filter(isSoundWord)
