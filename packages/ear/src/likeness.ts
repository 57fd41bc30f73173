import { type Heard, quietest } from "./heard.ts"

/**
 * What sounds are compared by: numbers of which each is scaled so that a difference of 1 is plainly heard. Features and
 * their Euclidean distance after Wold, Blum, Keislar and Wheaton, "Content-based classification, search, and retrieval of
 * audio" (IEEE MultiMedia 3, 1996); how loud it is does not count. Empty of silence.
 */
export function likenessOf({ loudness, bands, brightness, onsets, width, silence, tempo }: Heard): number[] {
  if (loudness === null || brightness === null) return []
  const whole = 10 * Math.log10(bands.reduce((sum, level) => sum + 10 ** (level / 10), 0))
  // Tempos of which one is twice the other are one place on a circle.
  const turn = tempo === null ? null : 2 * Math.PI * Math.log2(tempo)
  return [
    // A band counts by its part of the whole: 10 dB, and what is 40 dB below is not there.
    ...bands.map((level) => Math.max(level - Math.max(whole, quietest), -40) / 10),
    // An octave.
    Math.log2(Math.max(brightness, 20)),
    // Twice as many onsets.
    Math.log2(1 + onsets),
    4 * width,
    2 * silence,
    turn === null ? 0 : Math.cos(turn) / 2,
    turn === null ? 0 : Math.sin(turn) / 2,
  ]
}

/** How far apart two sounds are, by what they are compared by. */
export const distanceOf = (one: number[], other: number[]): number =>
  Math.sqrt(one.reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0))

/** The figures of a sound that a library is filtered, sorted and searched by. */
export const figuresOf = (heard: Heard) => ({
  loudness: heard.loudness,
  peak: heard.peak,
  brightness: heard.brightness,
  density: heard.loudness === null ? null : heard.onsets,
  clipping: heard.clips > 0,
  likeness: likenessOf(heard),
})
