export interface Ducking {
  /** Seconds of the audio clock, and from there until it is quiet, and until it is back. */
  time: number
  onset: number
  attack: number
  /** From 0 to 1. */
  depth: number
  /** How quiet it may get. */
  least: number
}

interface Dip {
  time: number
  from: number
  quietAt: number
  quiet: number
  end: number
}

const dips = new WeakMap<AudioParam, Dip>()

/**
 * Lets a loudness of 1 fall and come back, planned ahead like the events themselves. superdough waits for the moment with
 * a timer, which is late where sound is computed faster than it plays.
 */
export function duck(gain: AudioParam, { time, onset, attack, depth, least }: Ducking): void {
  const last = dips.get(gain)
  const from = last ? valueAt(last, time) : 1
  const quiet = Math.min(from, Math.max(0.01, least, 1 - Math.sqrt(Math.max(0, depth))))
  const quietAt = time + Math.max(onset, 0.001)
  const end = quietAt + Math.max(attack, 0.002)
  gain.cancelScheduledValues(time)
  // A ramp that is cut short keeps its shape up to here.
  if (last && time > last.time && time < last.end) gain.exponentialRampToValueAtTime(from, time)
  else gain.setValueAtTime(from, time)
  gain.exponentialRampToValueAtTime(quiet, quietAt)
  gain.exponentialRampToValueAtTime(1, end)
  dips.set(gain, { time, from, quietAt, quiet, end })
}

function valueAt({ time, from, quietAt, quiet, end }: Dip, at: number): number {
  if (at >= end) return 1
  if (at <= time) return from
  if (at < quietAt) return from * (quiet / from) ** ((at - time) / (quietAt - time))
  return quiet * (1 / quiet) ** ((at - quietAt) / (end - quietAt))
}
