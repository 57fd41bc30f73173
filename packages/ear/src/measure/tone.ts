import { bands, mostHeard } from "../heard.ts"
import { decibelsOf } from "./decibels.ts"
import type { Sound } from "./sound.ts"
import { spectra } from "./spectra.ts"

const size = 4_096
const hop = 2_048

export interface Tone {
  /** Decibels in each band. */
  bands: number[]
  /** The same, slice by slice. */
  course: number[][]
  /** The centre of the spectrum in hertz; null of silence. */
  brightness: number | null
}

/** How energy spreads over frequencies, as a whole and over time. */
export function toneOf({ left, right, sampleRate }: Sound): Tone {
  const bandOf = bandsOfBins(sampleRate)
  const count = Math.max(1, Math.ceil(left.length / hop))
  const slices = Array.from({ length: Math.min(mostHeard.slices, count) }, () => new Float64Array(bands.length + 1))
  let weighted = 0
  let total = 0
  for (const channel of [left, right]) {
    for (const { frame, power } of spectra(channel, { size, hop })) {
      const slice = slices[Math.min(slices.length - 1, Math.floor((frame / hop / count) * slices.length))]
      if (!slice) continue
      slice[bands.length] = (slice[bands.length] ?? 0) + 0.5
      for (let bin = 1; bin < power.length; bin++) {
        const value = power[bin] ?? 0
        weighted += (value * bin * sampleRate) / size
        total += value
        const band = bandOf[bin] ?? -1
        // Half of each channel, so that both together are one.
        if (band >= 0) slice[band] = (slice[band] ?? 0) + value / 2
      }
    }
  }
  const frames = slices.reduce((sum, slice) => sum + (slice[bands.length] ?? 0), 0)
  const levelsOf = (slice: (band: number) => number) => bands.map((_, band) => decibelsOf(slice(band)))
  return {
    bands: levelsOf((band) => slices.reduce((sum, slice) => sum + (slice[band] ?? 0), 0) / frames),
    course: slices.map((slice) => levelsOf((band) => (slice[band] ?? 0) / Math.max(1, slice[bands.length] ?? 0))),
    brightness: total > 1e-9 ? weighted / total : null,
  }
}

/** The band of each bin, -1 for none. */
function bandsOfBins(sampleRate: number): Int8Array {
  return Int8Array.from({ length: size / 2 + 1 }, (_, bin) => {
    const frequency = (bin * sampleRate) / size
    return bands.findIndex(({ from, to }) => frequency >= from && frequency < to)
  })
}
