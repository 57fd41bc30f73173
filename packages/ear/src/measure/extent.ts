import { mostHeard } from "../heard.ts"
import type { Sound } from "./sound.ts"

/** Seconds of a piece that is silent or not, and its power then: 60 dB below full scale. */
const piece = 0.05
const silent = 1e-6

/** The part of the time in which nothing is heard. */
export function silenceOf({ left, right, sampleRate }: Sound): number {
  const length = Math.round(piece * sampleRate)
  let [quiet, all] = [0, 0]
  for (let from = 0; from < left.length; from += length) {
    const until = Math.min(left.length, from + length)
    let sum = 0
    for (let frame = from; frame < until; frame++) sum += (left[frame] ?? 0) ** 2 + (right[frame] ?? 0) ** 2
    if (sum / (2 * (until - from)) < silent) quiet++
    all++
  }
  return all > 0 ? quiet / all : 1
}

/** The part of the energy that differs between left and right. */
export function widthOf({ left, right }: Sound): number {
  let [mid, side] = [0, 0]
  for (let frame = 0; frame < left.length; frame++) {
    mid += ((left[frame] ?? 0) + (right[frame] ?? 0)) ** 2
    side += ((left[frame] ?? 0) - (right[frame] ?? 0)) ** 2
  }
  return mid + side > 0 ? side / (mid + side) : 0
}

/** The peak of each column of a picture, in percent of full scale. */
export function waveformOf({ left, right }: Sound): number[] {
  const columns = Math.min(mostHeard.columns, left.length)
  return Array.from({ length: columns }, (_, column) => {
    const [from, until] = [column, column + 1].map((edge) => Math.floor((edge * left.length) / columns))
    let peak = 0
    for (let frame = from ?? 0; frame < (until ?? 0); frame++) {
      peak = Math.max(peak, Math.abs(left[frame] ?? 0), Math.abs(right[frame] ?? 0))
    }
    return Math.min(100, Math.round(100 * peak))
  })
}
