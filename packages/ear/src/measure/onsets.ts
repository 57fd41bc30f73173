import { spectra } from "./spectra.ts"

const size = 1_024
const hop = 256
/** Bins of one band of the flux: a few for each, more of them where hearing is coarser. */
const bandsOfFlux = 24
/** Frames of flux that are looked at around each, and within which it must be the highest. */
const around = { usual: 40, peak: 6 }
/** How many times the usual deviation above the middle of those a flux must be, and at least, to be the beginning of a sound. */
const threshold = { deviations: 4, least: 0.35 }
/** How strongly a power is compressed: quiet sounds begin, too. */
const compression = 1e4
/** Seconds around a flux in which its beginning is looked for, and the length of the energies that are compared. */
const search = { before: 0.03, after: 0.02, length: 0.0015 }

/** How much more there is in each hop than in the one before: half-wave rectified flux of a compressed spectrum. */
export function fluxOf(mono: Float32Array, sampleRate: number): Float64Array {
  const edges = edgesOf(sampleRate)
  const flux = new Float64Array(Math.ceil(mono.length / hop) + 2)
  let before = new Float64Array(bandsOfFlux)
  let index = 0
  for (const { frame, power } of spectra(mono, { size, hop })) {
    // Where it ends, nothing begins.
    if (frame + size > mono.length) break
    const levels = new Float64Array(bandsOfFlux)
    let sum = 0
    for (let band = 0; band < bandsOfFlux; band++) {
      let energy = 0
      for (let bin = edges[band] ?? 0; bin < (edges[band + 1] ?? 0); bin++) energy += power[bin] ?? 0
      const level = Math.log10(1 + compression * energy)
      levels[band] = level
      sum += Math.max(0, level - (before[band] ?? 0))
    }
    flux[index++] = sum
    before = levels
  }
  return flux.subarray(0, index)
}

/** The bins at which bands begin, from 30 Hz to 16 kHz, evenly in pitch, each at least one bin wide. */
function edgesOf(sampleRate: number): number[] {
  const edges: number[] = []
  for (let band = 0; band <= bandsOfFlux; band++) {
    const frequency = 30 * (16_000 / 30) ** (band / bandsOfFlux)
    edges.push(Math.max((edges.at(-1) ?? 0) + 1, Math.round((frequency * size) / sampleRate)))
  }
  return edges
}

/** The seconds at which sounds begin: peaks of the flux (S. Dixon, "Onset Detection Revisited", 2006). */
export function onsetsOf(mono: Float32Array, sampleRate: number, flux = fluxOf(mono, sampleRate)): number[] {
  const onsets: number[] = []
  for (let index = 0; index < flux.length; index++) {
    const value = flux[index] ?? 0
    if (value < threshold.least || !isHighest(flux, index)) continue
    if (value < usualNear(flux, index) + threshold.least) continue
    onsets.push(beginningNear(mono, { sampleRate, frame: index * hop + size / 2 }))
  }
  return onsets
}

/** The highest that flux is around a frame where nothing begins, as steady noise has it. */
function usualNear(flux: Float64Array, index: number): number {
  const near = flux.slice(Math.max(0, index - around.usual), index + around.usual).sort()
  const middle = near[Math.floor(near.length / 2)] ?? 0
  const deviation = near.reduce((sum, value) => sum + Math.abs(value - middle), 0) / near.length
  return middle + threshold.deviations * deviation
}

function isHighest(flux: Float64Array, index: number): boolean {
  const value = flux[index] ?? 0
  for (let other = index - around.peak; other <= index + around.peak; other++) {
    const there = flux[other] ?? 0
    if (there > value || (there === value && other < index)) return false
  }
  return true
}

/** Where the energy rises the most, to a thousandth of a second or some. */
function beginningNear(mono: Float32Array, { sampleRate, frame }: { sampleRate: number; frame: number }): number {
  const length = Math.round(search.length * sampleRate)
  const energyAt = (from: number) => {
    let sum = 0
    for (let at = Math.max(0, from); at < from + length; at++) sum += (mono[at] ?? 0) ** 2
    return sum
  }
  let best = { rise: 0, frame }
  const from = Math.round(frame - search.before * sampleRate)
  for (let at = from; at < frame + search.after * sampleRate; at += Math.round(length / 4)) {
    const before = energyAt(at - length)
    const rise = (energyAt(at) - before) / (before + 1e-4)
    if (rise > best.rise * 1.5) best = { rise, frame: at }
  }
  return Math.max(0, best.frame) / sampleRate
}

/** Hops of the flux per second. */
export const fluxRate = (sampleRate: number): number => sampleRate / hop
