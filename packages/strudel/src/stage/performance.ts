import { isPattern, type Pattern, silence, stack } from "@strudel/core"
import type { Json } from "../evaluation/plain-value.ts"
import type { Lane, SampleRequest } from "../result.ts"

type Transform = (pattern: Pattern) => unknown

/** What the code has said so far, in one run of one clip. */
export interface Performance {
  labels: Map<string, Pattern>
  /** Labels that are silenced by their own name. */
  muted: string[]
  anonymous: number
  all: Transform[]
  each: Transform | null
  cps: number
  cpsSet: boolean
  samples: SampleRequest[]
  /** The same requests as a player needs them: the address of a map, or the map itself. */
  sampleMaps: { map: string | { [name: string]: Json }; base: string | null }[]
  /** Names of stand-ins the code called. */
  used: Set<string>
  /** Sounds the code defines or renames. */
  ownSounds: Set<string>
  problemsOfTempo: string[]
  /** The values of sliders that were moved since, by their ids. */
  sliders: Map<string, number>
}

/** Half a cycle a second: Strudel's default. */
export const defaultCps = 0.5

export function emptyPerformance(): Performance {
  return {
    labels: new Map(),
    muted: [],
    anonymous: 0,
    all: [],
    each: null,
    cps: defaultCps,
    cpsSet: false,
    samples: [],
    sampleMaps: [],
    used: new Set(),
    ownSounds: new Set(),
    problemsOfTempo: [],
    sliders: new Map(),
  }
}

let current = emptyPerformance()

/** The performance that Strudel's global functions speak to; one at a time. */
export const currentPerformance = () => current

export function beginPerformance(): Performance {
  current = emptyPerformance()
  return current
}

/** Labels with the state in which strudel.cc would play them: one label that begins with S silences all that don't. */
export function stateOfLanes({ labels, muted }: Performance): { label: string; state: Lane["state"] }[] {
  const played = order(labels)
  const solo = played.some(isSolo)
  const states = played.map((label) => ({
    label,
    state: isSolo(label) ? ("solo" as const) : solo ? ("overruled" as const) : ("playing" as const),
  }))
  return [...states, ...muted.map((label) => ({ label, state: "muted" as const }))]
}

const isSolo = (label: string) => label.length > 1 && label.startsWith("S")

/** strudel.cc keeps its labels in an object, which puts whole numbers first. */
const order = (labels: Map<string, Pattern>) => Object.keys(Object.fromEntries(labels))

/** Puts together what plays: the labelled patterns, or else the value of the code; null if that is no pattern. */
export function assemble(performance: Performance, value: unknown): Pattern | null {
  const { labels, each, all } = performance
  let pattern: unknown = value
  if (labels.size > 0) {
    const audible = stateOfLanes(performance).filter(({ state }) => state === "playing" || state === "solo")
    const lanes = audible.map(({ label }) => markLane(labels.get(label) ?? silence, label))
    pattern = stack(...lanes.map((lane) => toPattern(each ? each(lane) : lane)))
  } else if (each && isPattern(value)) {
    pattern = each(value)
  }
  for (const transform of all) pattern = transform(toPattern(pattern))
  return isPattern(pattern) ? pattern : null
}

const toPattern = (value: unknown) => (isPattern(value) ? value : silence)

function markLane(pattern: Pattern, label: string): Pattern {
  const marked = pattern.withState((state) => state.setControls({ id: label }))
  return marked.withHap((hap) => hap.setContext({ ...hap.context, lane: label }))
}

/** Gives a pattern its label, as `label: pattern` does. */
export function putOnLane(pattern: Pattern, id: unknown): Pattern {
  if (isPattern(id)) throw new TypeError("A label must be a plain string: put it in single quotes")
  const performance = current
  const label = String(id)
  if (label.startsWith("_") || label.endsWith("_")) {
    performance.muted.push(label)
    return silence
  }
  const unique = label.includes("$") ? `${label}${performance.anonymous++}` : label
  performance.labels.set(unique, pattern)
  return pattern
}
