import type { Problem, Silence, SoundState } from "@strudel-agent/sandbox/protocol"
import type { Faders } from "./mix.ts"
import type { Playable, PlayableClip } from "./playable.ts"

/** `starting` until the first sound is on its way. */
export type Phase = "silent" | "starting" | "playing"

/** A change that is heard from the next cycle on. */
export interface PendingChange {
  /** The number under which the sandbox reports that it has arrived. */
  change: number
  /** Other code, clips or another section of what is heard; something else in its place; or silence. */
  kind: "update" | "replace" | "stop"
  /** Clips that are heard from then on. */
  arriving: ReadonlySet<string>
  /** Clips that are heard until then. */
  leaving: ReadonlySet<string>
  /** The index of the section that begins then; undefined where the place is kept. */
  section: number | undefined
}

/** Everything of the player that a page draws by React; it is another object when something of it changed. */
export interface PlayerState extends Faders {
  phase: Phase
  /** The number of the last play or stop; what the sandbox reports of earlier ones counts no longer. */
  asked: number
  /** The number of the last change that is heard. */
  arrived: number
  pending: PendingChange | undefined
  /** What plays, or played last. */
  playable: Playable | undefined
  /** What is still heard until `playable` is; undefined where that is heard. */
  outgoing: Playable | undefined
  /** The index of the section that is heard. */
  section: number
  /** Cycles per second as they are written, without the factor. */
  cps: number
  /** Multiplies every tempo, from 0.25 to 4. */
  factor: number
  /** Whether samples may be asked for over the network. */
  network: boolean
  /** Whether clips that play by themselves are brought to one loudness. */
  matched: boolean
  /** What is wrong with clips that were to play, by their keys. */
  problems: ReadonlyMap<string, Problem>
  /** Clips of what plays that are not heard, since they failed. */
  stopped: ReadonlySet<string>
  /** The sounds that the sandbox reported, by their names. */
  sounds: ReadonlyMap<string, SoundState>
  /** The names of the sounds that were heard since play was pressed. */
  heard: ReadonlySet<string>
  /** Why it fell silent; an error has a message. */
  silence: { because: Silence; message?: string | undefined } | undefined
}

export const initialState: PlayerState = {
  phase: "silent",
  asked: 0,
  arrived: 0,
  pending: undefined,
  playable: undefined,
  outgoing: undefined,
  section: 0,
  cps: 0.5,
  factor: 1,
  volume: 0.8,
  network: false,
  matched: false,
  muted: new Set(),
  soloed: new Set(),
  problems: new Map(),
  stopped: new Set(),
  sounds: new Map(),
  heard: new Set(),
  silence: undefined,
}

/** Whether something plays or is about to. */
export const isOn = ({ phase }: Pick<PlayerState, "phase">): boolean => phase !== "silent"

/** A clip that is heard, by its key; undefined where it is not. */
export const heardClip = (
  { phase, playable }: Pick<PlayerState, "phase" | "playable">,
  key: string,
): PlayableClip | undefined => (phase === "playing" ? playable?.clips.find((clip) => clip.key === key) : undefined)

/** The section from which the next one is counted. */
export const sectionToCome = ({ section, pending }: Pick<PlayerState, "section" | "pending">): number =>
  pending?.section ?? section
