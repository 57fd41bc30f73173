import FFT from "fft.js"

/** Frames of a period, and the most partials in it: as many as a browser has at this sample rate. */
export const period = 4_096
const mostPartials = period / 2
/** Tables for each octave: each a third of one higher has fewer partials. */
const perOctave = 3
const ranges = Math.log2(mostPartials) * perOctave

export type Shape = "sine" | "square" | "sawtooth" | "triangle"
export const isShape = (type: string): type is Shape => type in strengths

/** How strong each partial of a shape is (Web Audio API, 1.26.3). */
const strengths: Record<Shape, (partial: number) => number> = {
  sine: (partial) => (partial === 1 ? 1 : 0),
  square: (partial) => (partial % 2 === 1 ? 4 / (Math.PI * partial) : 0),
  sawtooth: (partial) => (partial % 2 === 1 ? 2 : -2) / (Math.PI * partial),
  triangle: (partial) => (8 * Math.sin((Math.PI * partial) / 2)) / (Math.PI * partial) ** 2,
}

const made: Record<Shape, Float32Array[]> = { sine: [], square: [], sawtooth: [], triangle: [] }
const peaks = new Map<Shape, number>()
const fft = new FFT(period)

/** A period of a shape, as loud as browsers play it: the peak of all of its partials is 1. */
function tableOf(shape: Shape, range: number): Float32Array {
  const known = made[shape][range]
  if (known) return known
  const table = sumOf(shape, Math.floor(mostPartials * 2 ** (-range / perOctave)))
  const peak = peaks.get(shape) ?? sumOf(shape, mostPartials - 1).reduce((most, value) => Math.max(most, value), 0)
  peaks.set(shape, peak)
  for (let frame = 0; frame < period; frame++) table[frame] = (table[frame] ?? 0) / peak
  made[shape][range] = table
  return table
}

function sumOf(shape: Shape, partials: number): Float32Array {
  const spectrum = fft.createComplexArray()
  spectrum.fill(0)
  for (let partial = 1; partial <= Math.min(partials, mostPartials - 1); partial++) {
    const half = (strengths[shape](partial) * period) / 2
    spectrum[2 * partial + 1] = -half
    spectrum[2 * (period - partial) + 1] = half
  }
  const sum = fft.createComplexArray()
  fft.inverseTransform(sum, spectrum)
  return Float32Array.from({ length: period }, (_, frame) => sum[2 * frame] ?? 0)
}

export interface Tables {
  /** With all partials that are below half of the sample rate, and with fewer. */
  more: Float32Array
  fewer: Float32Array
  /** The part that the latter has. */
  mix: number
}

/** What a shape is at a frequency, as Chromium has it: between two tables, so that partials fade as they come too high. */
export function tablesFor(shape: Shape, frequency: number, sampleRate: number): Tables {
  const lowest = sampleRate / 2 / mostPartials
  const thirds = 1 + perOctave * Math.log2(Math.max(1e-6, Math.abs(frequency)) / lowest)
  const place = Math.max(0, Math.min(ranges - 1, thirds))
  const range = Math.floor(place)
  return { more: tableOf(shape, range), fewer: tableOf(shape, Math.min(ranges - 1, range + 1)), mix: place - range }
}
