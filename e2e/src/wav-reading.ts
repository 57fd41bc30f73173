/** A WAV file of 16 bits, as one channel of -1 to 1. */
export interface Heard {
  sampleRate: number
  channels: number
  mono: Float32Array
}

export function readWav(file: Buffer): Heard {
  const channels = file.readUInt16LE(22)
  const sampleRate = file.readUInt32LE(24)
  const frames = (file.length - 44) / 2 / channels
  const mono = new Float32Array(frames)
  for (let frame = 0; frame < frames; frame++) {
    let sum = 0
    for (let channel = 0; channel < channels; channel++) sum += file.readInt16LE(44 + (frame * channels + channel) * 2)
    mono[frame] = sum / channels / 32_768
  }
  return { sampleRate, channels, mono }
}

export const peakOf = ({ mono }: Heard): number => mono.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** Seconds at which it becomes loud after having been quiet for so long. */
export function onsetsOf({ mono, sampleRate }: Heard, { level = 0.05, quiet = 0.1 } = {}): number[] {
  const onsets: number[] = []
  let lastLoud = Number.NEGATIVE_INFINITY
  for (const [index, value] of mono.entries()) {
    if (Math.abs(value) < level) continue
    if (index - lastLoud > quiet * sampleRate) onsets.push(index / sampleRate)
    lastLoud = index
  }
  return onsets
}
