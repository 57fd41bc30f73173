import type { Event, Loaded, Problem } from "@strudel-agent/sandbox/protocol"
import { among, toggled } from "./mix.ts"
import { clipAsHeard, type Playable, type PlayableClip, withCode, withLevel } from "./playable.ts"
import { type PendingChange, type PlayerState, sectionToCome } from "./player-state.ts"
import { asFactor } from "./tempo-factor.ts"

/** What changes the player's state: what was asked of it, and what the sandbox answers and reports. */
export type PlayerEvent =
  | Event
  | { type: "play"; change: number; playable: Playable; at: "now" | "cycle"; from: number }
  /** What plays has other clips from the next cycle on; those that stay go on. */
  | { type: "rearrange"; change: number; playable: Playable }
  | { type: "stop"; change: number; at: "now" | "cycle" }
  /** What became of the sources of a play or an update; `clip`: one that has other code if that plays. */
  | { type: "evaluated"; change: number; loaded: Loaded[]; clip?: PlayableClip | undefined }
  /** What a problem of a clip says once it was explained. */
  | { type: "explained"; key: string; problem: Problem; explained: Problem }
  /** How loud a clip is with just its code, measured since it was asked to play. */
  | { type: "measured"; clip: PlayableClip }
  /** What is left of what plays, while it is silent. */
  | { type: "edit"; playable: Playable }
  | { type: "volume"; volume: number }
  | { type: "mute" | "solo"; key: string }
  | { type: "factor"; factor: number }
  | { type: "network"; allowed: boolean }
  | { type: "matched"; matched: boolean }

type Of<Type extends PlayerEvent["type"]> = Extract<PlayerEvent, { type: Type }>

const none: ReadonlySet<string> = new Set()

const keysOf = (playable: Playable | undefined): string[] => playable?.clips.map(({ key }) => key) ?? []

/** The clips that are heard or about to be. */
export const presentKeys = ({ playable, pending }: Pick<PlayerState, "playable" | "pending">): string[] => [
  ...keysOf(playable),
  ...(pending?.leaving ?? []),
]

/** Without mute and solo of clips that are gone. */
function withoutGone(state: PlayerState): PlayerState {
  const present = presentKeys(state)
  return { ...state, muted: among(state.muted, present), soloed: among(state.soloed, present) }
}

/** What comes and goes on the next cycle once other clips are to play, beside what is pending already. */
function comingAndGoing({ playable, pending }: PlayerState, wanted: string[]) {
  const { arriving = none, leaving = none } = pending ?? {}
  const heard = new Set([...leaving, ...keysOf(playable).filter((key) => !arriving.has(key))])
  return {
    arriving: new Set(wanted.filter((key) => !heard.has(key))),
    leaving: new Set([...heard].filter((key) => !wanted.includes(key))),
  }
}

/** What is heard until something else is. */
const heardIn = ({ phase, playable, outgoing }: PlayerState): Playable | undefined =>
  phase === "playing" ? (outgoing ?? playable) : outgoing

const lastSection = (playable: Playable | undefined): number => Math.max(0, (playable?.plan.sections.length ?? 0) - 1)

function play(state: PlayerState, { change, playable, at, from }: Of<"play">): PlayerState {
  const waits = state.phase === "playing" && at === "cycle"
  const isSame = playable.id === state.playable?.id
  const section = Math.min(from, lastSection(playable))
  const pending: PendingChange = {
    ...{ change, kind: isSame ? "update" : "replace", section: isSame ? section : undefined },
    ...comingAndGoing(state, keysOf(playable)),
  }
  return withoutGone({
    ...state,
    asked: change,
    phase: waits ? "playing" : "starting",
    playable,
    outgoing: heardIn(state),
    pending: waits ? pending : undefined,
    section: waits && isSame ? Math.min(state.section, lastSection(playable)) : section,
    problems: new Map(),
    stopped: none,
    heard: waits ? state.heard : none,
    silence: undefined,
  })
}

function rearrange(state: PlayerState, { change, playable }: Of<"rearrange">): PlayerState {
  if (state.phase !== "playing") return state
  const { kind = "update", section } = state.pending ?? {}
  const pending = { change, kind, section, ...comingAndGoing(state, keysOf(playable)) }
  return inRange(withoutGone({ ...state, playable, outgoing: heardIn(state), pending }))
}

function inRange(state: PlayerState): PlayerState {
  const last = lastSection(state.playable)
  const { section, pending } = state
  return {
    ...state,
    section: Math.min(section, last),
    pending: pending && { ...pending, section: pending.section && Math.min(pending.section, last) },
  }
}

function stop(state: PlayerState, { change, at }: Of<"stop">): PlayerState {
  if (at === "now" || state.phase !== "playing") return silent({ ...state, asked: change }, { because: "stopped" })
  const pending: PendingChange = { change, kind: "stop", section: undefined, ...comingAndGoing(state, []) }
  return { ...state, asked: change, pending }
}

function silent(state: PlayerState, silence: PlayerState["silence"]): PlayerState {
  if (state.phase === "silent") return state
  return withoutGone({ ...state, phase: "silent", outgoing: undefined, pending: undefined, section: 0, silence })
}

/** What was pending is heard. */
const settled = (state: PlayerState): PlayerState =>
  withoutGone({ ...state, outgoing: undefined, section: sectionToCome(state), pending: undefined })

function fallSilent(state: PlayerState, { change, because, message }: Of<"silent">): PlayerState {
  if (change === null || change >= state.asked) return silent(state, { because, message })
  if (state.phase !== "playing" || !state.pending) return state
  // What was heard is over; what was asked for since begins as soon as it can.
  return state.pending.kind === "stop" ? silent(state, { because }) : { ...settled(state), phase: "starting" }
}

function arrive(state: PlayerState, change: number): PlayerState {
  const next = { ...state, arrived: Math.max(state.arrived, change) }
  if (state.phase === "silent" || change < state.asked) return next
  const { pending } = state
  if (pending && change < pending.change) return next
  return pending?.kind === "stop" ? silent(next, { because: "stopped" }) : { ...settled(next), phase: "playing" }
}

function evaluated(state: PlayerState, { change, loaded, clip }: Of<"evaluated">): PlayerState {
  if (change < state.asked) return state
  const problems = new Map(state.problems)
  const stopped = new Set(state.stopped)
  for (const { key, problem, plays } of loaded) {
    if (problem) problems.set(key, problem)
    else problems.delete(key)
    if (problem && !plays) stopped.add(key)
    else stopped.delete(key)
  }
  const next = { ...state, problems, stopped }
  const { playable, pending } = state
  const changed = clip && loaded.find(({ key, problem }) => key === clip.key && problem === null)
  if (!playable || !changed || state.phase === "silent") return next
  const waits = state.phase === "playing" && change > state.arrived && change > (pending?.change ?? 0)
  return {
    ...next,
    playable: withCode(playable, clipAsHeard(clip, changed)),
    outgoing: waits ? heardIn(state) : state.outgoing,
    pending: waits
      ? { ...(pending ?? { kind: "update", arriving: none, leaving: none, section: undefined }), change }
      : pending,
  }
}

function measured(state: PlayerState, clip: PlayableClip): PlayerState {
  const playable = withLevel(state.playable, clip)
  const outgoing = withLevel(state.outgoing, clip)
  return playable === state.playable && outgoing === state.outgoing ? state : { ...state, playable, outgoing }
}

function hearSection(state: PlayerState, { index, cps }: Of<"section">): PlayerState {
  if (state.phase !== "playing") return state
  // Until something else takes its place, what is heard has sections of its own.
  const counts = state.pending?.kind !== "replace" && index <= lastSection(state.playable)
  return { ...state, cps, section: counts ? index : state.section }
}

function hearSounds(state: PlayerState, { events }: Of<"sounding">): PlayerState {
  const names = events.flatMap(({ sound }) => (sound === null || state.heard.has(sound) ? [] : [sound]))
  return names.length === 0 ? state : { ...state, heard: new Set([...state.heard, ...names]) }
}

/** The state after an event; the same object where nothing changed. */
export function reduce(state: PlayerState, event: PlayerEvent): PlayerState {
  switch (event.type) {
    case "play":
      return play(state, event)
    case "rearrange":
      return rearrange(state, event)
    case "stop":
      return stop(state, event)
    case "evaluated":
      return evaluated(state, event)
    case "measured":
      return measured(state, event.clip)
    case "edit":
      return state.phase === "silent" ? inRange(withoutGone({ ...state, playable: event.playable })) : state
    case "arrived":
      return arrive(state, event.change)
    case "section":
      return hearSection(state, event)
    case "silent":
      return fallSilent(state, event)
    case "sounding":
      return hearSounds(state, event)
    case "diagnostic": {
      const { key, problem } = event
      const problems = new Map(state.problems).set(key, problem)
      return { ...state, problems, stopped: new Set(state.stopped).add(key) }
    }
    case "explained": {
      const { key, problem, explained } = event
      if (explained === problem || state.problems.get(key) !== problem) return state
      return { ...state, problems: new Map(state.problems).set(key, explained) }
    }
    case "sound":
      return { ...state, sounds: new Map(state.sounds).set(event.sound.name, event.sound) }
    case "volume":
      return { ...state, volume: Math.min(1, Math.max(0, event.volume)) }
    case "mute":
      return withoutGone({ ...state, muted: toggled(state.muted, event.key) })
    case "solo":
      return withoutGone({ ...state, soloed: toggled(state.soloed, event.key) })
    case "factor":
      return { ...state, factor: asFactor(event.factor) }
    case "matched":
      return { ...state, matched: event.matched }
    case "network":
      return { ...state, network: event.allowed, sounds: new Map() }
    default:
      return state
  }
}
