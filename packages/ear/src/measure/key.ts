import { spectra } from "./spectra.ts"

const size = 16_384
const hop = 8_192
/** Hertz between which tones are looked for. */
const range = { from: 60, to: 2_100 }
/** How far above what is around it a bin is a tone, and how many bins that is. */
const tone = { above: 12, around: 12 }
/** The least that tones must be of all energy there, and that they must fit the best key. */
const least = { part: 0.25, fit: 0.55 }

const names = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"]
/** How well each step belongs to a key, as listeners said (C. Krumhansl, "Cognitive Foundations of Musical Pitch", 1990). */
const profiles = {
  major: [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88],
  minor: [6.33, 2.68, 3.52, 5.38, 2.6, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17],
}

/** The key as heard, and how well it fits; null where there are no tones, or they fit none. */
export function keyOf(mono: Float32Array, sampleRate: number): { name: string; fit: number } | null {
  const { chroma, part } = chromaOf(mono, sampleRate)
  if (part < least.part) return null
  let best = { name: "", fit: least.fit }
  for (const [mode, profile] of Object.entries(profiles)) {
    for (const [tonic, name] of names.entries()) {
      const fit = correlation(chroma, (step) => profile[(step - tonic + 12) % 12] ?? 0)
      if (fit > best.fit) best = { name: `${name} ${mode}`, fit }
    }
  }
  return best.name === "" ? null : best
}

/** How much of each of the twelve steps there is, and the part of the energy that is tones. */
function chromaOf(mono: Float32Array, sampleRate: number): { chroma: Float64Array; part: number } {
  const chroma = new Float64Array(12)
  const hertz = sampleRate / size
  let [tones, all] = [0, 0]
  for (const { power } of spectra(mono, { size, hop })) {
    for (let bin = Math.ceil(range.from / hertz); bin < range.to / hertz; bin++) {
      const value = power[bin] ?? 0
      all += value
      const [before = 0, after = 0] = [power[bin - 1], power[bin + 1]]
      if (value < before || value < after || value < tone.above * levelAround(power, bin)) continue
      tones += value + before + after
      const shift = bend(before, value, after)
      const pitch = 69 + 12 * Math.log2(((bin + shift) * hertz) / 440)
      const step = ((Math.round(pitch) % 12) + 12) % 12
      // Loud tones count for more, but do not drown the others.
      chroma[step] = (chroma[step] ?? 0) + Math.sqrt(value)
    }
  }
  return { chroma, part: all > 1e-9 ? tones / all : 0 }
}

/** The middle of what is around a bin, beside the tone itself. */
function levelAround(power: Float64Array, bin: number): number {
  const near: number[] = []
  for (let at = bin - tone.around; at <= bin + tone.around; at++) if (Math.abs(at - bin) > 2) near.push(power[at] ?? 0)
  near.sort((one, other) => one - other)
  return near[Math.floor(near.length / 2)] ?? 0
}

/** Where between bins a peak is, by a parabola through their logarithms. */
function bend(before: number, value: number, after: number): number {
  const [low, mid, high] = [Math.log(before + 1e-20), Math.log(value + 1e-20), Math.log(after + 1e-20)]
  const curve = low - 2 * mid + high
  return curve < 0 ? (low - high) / (2 * curve) : 0
}

function correlation(chroma: Float64Array, profileOf: (step: number) => number): number {
  const mean = chroma.reduce((sum, value) => sum + value, 0) / 12
  const profile = Array.from({ length: 12 }, (_, step) => profileOf(step))
  const meanOfProfile = profile.reduce((sum, value) => sum + value, 0) / 12
  let [both, one, other] = [0, 0, 0]
  for (const [step, value] of chroma.entries()) {
    const [here, there] = [value - mean, (profile[step] ?? 0) - meanOfProfile]
    both += here * there
    one += here * here
    other += there * there
  }
  return one > 0 ? both / Math.sqrt(one * other) : 0
}
