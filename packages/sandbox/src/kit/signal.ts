export const kitRate = 44_100

/** White noise from -1 to 1, the same for the same seed. */
export function noise(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1
  }
}

/** A state-variable filter of two poles; `q` from 0.5 (soft) upwards. */
export function filter(frequency: number, q: number): (input: number) => { low: number; band: number; high: number } {
  const g = Math.tan((Math.PI * frequency) / kitRate)
  const k = 1 / q
  const a = 1 / (1 + g * (g + k))
  let first = 0
  let second = 0
  return (input) => {
    const rest = input - second
    const band = a * first + g * a * rest
    const low = second + g * band
    first = 2 * band - first
    second = 2 * low - second
    return { low, band: k * band, high: input - k * band - low }
  }
}

/** A sine whose frequency may change with every sample. */
export function sine(): (frequency: number) => number {
  let phase = 0
  return (frequency) => {
    phase += (2 * Math.PI * frequency) / kitRate
    return Math.sin(phase)
  }
}

/** What is left after a time, falling by 60 dB within `seconds`. */
export const fall = (time: number, seconds: number): number => Math.exp((-6.9 * time) / seconds)

/** Renders a sound of so many seconds to the same peak, with an end that does not click. */
export function render(seconds: number, peak: number, voice: (time: number) => number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(seconds * kitRate))
  let loudest = 0
  for (let index = 0; index < samples.length; index++) {
    const value = voice(index / kitRate)
    samples[index] = value
    loudest = Math.max(loudest, Math.abs(value))
  }
  const scale = loudest > 0 ? peak / loudest : 0
  const fade = Math.min(256, samples.length)
  for (let index = 0; index < samples.length; index++) {
    const left = samples.length - index
    samples[index] = (samples[index] ?? 0) * scale * Math.min(1, left / fade)
  }
  return samples
}
