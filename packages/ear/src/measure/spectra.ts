import FFT from "fft.js"

/** Spectra of a channel, one after the other: the power in each bin, where a sine at full scale has 1 in all. */
export function* spectra(
  channel: Float32Array,
  { size, hop }: { size: number; hop: number },
): Generator<{ frame: number; power: Float64Array }> {
  const fft = new FFT(size)
  const window = hann(size)
  const scale = 4 / (size * window.reduce((sum, value) => sum + value * value, 0))
  const input = new Float64Array(size)
  const complex = new Float64Array(2 * size)
  const power = new Float64Array(size / 2 + 1)
  for (let frame = 0; frame === 0 || frame + size <= channel.length + hop; frame += hop) {
    for (let index = 0; index < size; index++) input[index] = (channel[frame + index] ?? 0) * (window[index] ?? 0)
    fft.realTransform(complex, input)
    for (let bin = 0; bin < power.length; bin++) {
      const re = complex[2 * bin] ?? 0
      const im = complex[2 * bin + 1] ?? 0
      power[bin] = scale * (re * re + im * im)
    }
    yield { frame, power }
  }
}

/** A window whose overlapping copies add up evenly. */
export const hann = (size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / size))
