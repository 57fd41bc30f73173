/** Samples after which the wave is looked for that the picture begins with. */
const aligning = 0.5

/**
 * The part of some samples that an oscilloscope shows: half of them, from where they first fall through the trigger, so
 * that a steady tone stands still.
 */
export function scopeLine(samples: Float32Array, { trigger, isAligned }: { trigger: number; isAligned: boolean }) {
  const shown = Math.floor(samples.length * aligning)
  const level = -trigger
  let begin = 0
  for (let index = 1; isAligned && index < shown; index++) {
    if ((samples[index - 1] ?? 0) <= level || (samples[index] ?? 0) > level) continue
    begin = index
    break
  }
  return samples.subarray(begin, begin + shown)
}
