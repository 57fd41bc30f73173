/** Bands of frequencies, each as wide as the others to the ear. */
const bands = 64

/** How loud each band is, from 0 to 1 between two levels in decibels, the lowest first. */
export function spectrumBands(decibels: Float32Array, { least, most }: { least: number; most: number }): number[] {
  const count = decibels.length
  const edge = (band: number) => count ** (band / bands)
  return Array.from({ length: count > 1 ? bands : 0 }, (_, band) => {
    const from = Math.floor(edge(band)) - 1
    const to = Math.max(from + 1, Math.floor(edge(band + 1)) - 1)
    const loudest = decibels.subarray(from, to).reduce((peak, value) => Math.max(peak, value), Number.NEGATIVE_INFINITY)
    return Math.min(1, Math.max(0, (loudest - least) / (most - least)))
  })
}
