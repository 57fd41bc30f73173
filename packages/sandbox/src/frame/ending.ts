/** What is heard after the last cycle: it rings out, or is what a loop of just these cycles begins with. */
export type Ending = "rings" | "loops"

export interface Heard {
  /** Frames before the first cycle, in which what is stretched begins. */
  ahead: number
  /** Frames of the cycles; what comes after them are those in which it may ring. */
  cycles: number
  sampleRate: number
}

/** Seconds in which it may ring. */
export const longestRinging = 10
/** 60 dB below the loudest. */
const silence = 0.001
/** Seconds in which it fades that rings for longer. */
const fading = 0.05

/** Channels as they are written to a file, which they may share memory with. */
export function ended(channels: Float32Array[], ending: Ending, heard: Heard): Float32Array[] {
  return ending === "loops" ? withinFull(channels.map((values) => looped(values, heard))) : rungOut(channels, heard)
}

/** As it sounds when it is played over and over: what rings after the end is heard at the beginning. */
function looped(values: Float32Array, { ahead, cycles, sampleRate }: Heard): Float32Array {
  const ringing = values.length - ahead - cycles
  // What rings on even then would end with a click in the loop.
  fade(values, Math.min(Math.round(fading * sampleRate), Math.floor(ringing / 100)))
  const loop = values.subarray(ahead, ahead + cycles)
  const rest = [values.slice(ahead + cycles), values.slice(0, ahead)]
  const [after = new Float32Array(), before = new Float32Array()] = rest
  for (const [frame, value] of after.entries()) add(loop, frame, value)
  for (const [frame, value] of before.entries()) add(loop, frame - ahead, value)
  return loop
}

/** Two endings at once may be too loud for a file; turned down as a whole, the loop has no seam. */
function withinFull(channels: Float32Array[]): Float32Array[] {
  const peak = Math.max(...channels.map(peakOf))
  if (peak > 1)
    for (const values of channels) for (const [frame, value] of values.entries()) values[frame] = value / peak
  return channels
}

/** Adds to a frame that is counted round and round. */
function add(loop: Float32Array, frame: number, value: number) {
  const at = ((frame % loop.length) + loop.length) % loop.length
  loop[at] = (loop[at] ?? 0) + value
}

function rungOut(channels: Float32Array[], { ahead, cycles, sampleRate }: Heard): Float32Array[] {
  const heard = channels.map((values) => values.subarray(ahead))
  const quiet = silence * Math.max(...heard.map(peakOf))
  const end = Math.max(cycles, ...heard.map((values) => values.findLastIndex((value) => Math.abs(value) > quiet) + 1))
  if (end > cycles && end === heard[0]?.length) {
    for (const values of heard) fade(values, Math.min(end, Math.round(fading * sampleRate)))
  }
  return heard.map((values) => values.subarray(0, end))
}

/** Lets the last frames fade to nothing. */
function fade(values: Float32Array, frames: number): void {
  for (let left = 0; left < frames; left++) {
    const frame = values.length - 1 - left
    values[frame] = ((values[frame] ?? 0) * left) / frames
  }
}

function peakOf(values: Float32Array): number {
  let peak = 0
  for (const value of values) peak = Math.max(peak, Math.abs(value))
  return peak
}
