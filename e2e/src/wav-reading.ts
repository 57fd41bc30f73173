/** A WAV file of 16 bits, as one channel of -1 to 1. */
export interface Heard {
  sampleRate: number
  channels: number
  mono: Float32Array
}

/** Each channel of a WAV file of 16 bits. */
export function channelsOf(file: Buffer): Float32Array[] {
  const count = file.readUInt16LE(22)
  const frames = (file.length - 44) / 2 / count
  return Array.from({ length: count }, (_, channel) =>
    Float32Array.from({ length: frames }, (_, frame) => file.readInt16LE(44 + (frame * count + channel) * 2) / 32_768),
  )
}

export const rateOf = (file: Buffer): number => file.readUInt32LE(24)

export function readWav(file: Buffer): Heard {
  const channels = channelsOf(file)
  const mono = Float32Array.from({ length: channels[0]?.length ?? 0 }, (_, frame) =>
    channels.reduce((sum, channel) => sum + (channel[frame] ?? 0) / channels.length, 0),
  )
  return { sampleRate: rateOf(file), channels: channels.length, mono }
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
