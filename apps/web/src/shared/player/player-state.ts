import type { Loaded, Problem, SoundState } from "@strudel-agent/sandbox/protocol"
import { usualBeats } from "#shared/clip/tempo-metadata.ts"
import type { Faders } from "./mix.ts"
import type { Phase } from "./now-playing.ts"
import { type Passing, settled } from "./passing.ts"
import { beatsIn, type Playable } from "./playable.ts"

/** Everything of the player that a page draws by React; it is another object when something of it changed. */
export interface PlayerState extends Faders, Passing {
  phase: Phase
  /** What plays, or played last. */
  playable: Playable | undefined
  /** The index of the section that is heard. */
  section: number
  /** The index of the section that begins on the next cycle, where another one was asked for. */
  target: number | undefined
  /** Cycles per second as they are heard, the factor in them. */
  cps: number
  /** Multiplies every tempo, from 0.25 to 4. */
  factor: number
  /** Whether samples may be asked for over the network. */
  network: boolean
  /** What is wrong with clips that were to play, by their keys. */
  problems: ReadonlyMap<string, Problem>
  /** Clips of what plays that are not heard, since they failed. */
  stopped: ReadonlySet<string>
  /** The sounds that the sandbox told of, by their names. */
  sounds: ReadonlyMap<string, SoundState>
  /** The names of the sounds that were heard since play was pressed. */
  heard: ReadonlySet<string>
  /** Milliseconds since 1970 when the last change is heard, while it is not. */
  landing: number | undefined
  /** Why it fell silent, where that was not asked for. */
  trouble: string | undefined
}

/** What the browser keeps of it. */
export interface PlayerSettings {
  volume: number
  network: boolean
}

export const initialState = ({ volume, network }: PlayerSettings): PlayerState => ({
  phase: "silent",
  playable: undefined,
  section: 0,
  target: undefined,
  cps: 0.5,
  factor: 1,
  volume,
  network,
  muted: new Set(),
  soloed: new Set(),
  problems: new Map(),
  stopped: new Set(),
  sounds: new Map(),
  heard: new Set(),
  landing: undefined,
  ...settled,
  trouble: undefined,
})

/** What is wrong with clips once some were loaded, and which of those failed. */
export function afterLoading(before: Pick<PlayerState, "problems" | "stopped">, loaded: Loaded[]) {
  const problems = new Map(before.problems)
  const stopped = new Set(before.stopped)
  const failed = new Map<string, Problem>()
  for (const { key, problem } of loaded) {
    if (problem) {
      failed.set(key, problem)
      problems.set(key, problem)
    } else {
      problems.delete(key)
      stopped.delete(key)
    }
  }
  return { problems, stopped, failed }
}

/** The section from which the next one is counted. */
export const sectionToCome = ({ section, target }: Pick<PlayerState, "section" | "target">): number => target ?? section

/** Beats per minute as they are heard. */
export function bpmOf({
  cps,
  factor,
  playable,
  section,
}: Pick<PlayerState, "cps" | "factor" | "playable" | "section">) {
  return cps * 60 * (playable ? beatsIn(playable, section, cps / factor) : usualBeats)
}

export const factors = { least: 0.25, most: 4 } as const

/** A factor within its limits, without the dust of floating point. */
export const asFactor = (factor: number): number =>
  Number(Math.min(factors.most, Math.max(factors.least, factor)).toFixed(5))

/** A problem in one sentence, with its line. */
export const problemInWords = ({ message, line }: Pick<Problem, "message" | "line">): string =>
  `${message.replace(/\.$/, "")}${line === null ? "" : ` (line ${line})`}`
