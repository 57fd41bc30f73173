import type { Place } from "./place.ts"

/** How much is done: all of it by the command, a part of it in `npm test`. */
export interface Scale {
  seed: number
  /** Rounds of killing, and messages that are appended in each. */
  rounds: number
  appends: number
  /** Which parts of the product are killed in a round. */
  killed: number
  /** Seconds for which the database stands still. */
  frozenSeconds: number
  /** Live streams, those of them that never read, and seconds for which they are watched. */
  streams: number
  silentStreams: number
  streamSeconds: number
  /** Generated requests to each door. */
  inputs: number
  /** Whether figures of speed count, which a machine that does much else misses. */
  timed: boolean
}

export const full: Scale = {
  ...{ seed: 1, rounds: 20, appends: 10_000, killed: 2, frozenSeconds: 50 },
  ...{ streams: 500, silentStreams: 20, streamSeconds: 60, inputs: 10_000, timed: true },
}

/** What was seen of a fault. It passed where there is no problem. */
export interface Findings {
  seen: string[]
  problems: string[]
  /** Why it could not be done here. */
  skipped?: string
}

export interface Fault {
  name: string
  /** What is done, in a sentence. */
  what: string
  run(place: Place, scale: Scale, say: (line: string) => void): Promise<Findings>
}
