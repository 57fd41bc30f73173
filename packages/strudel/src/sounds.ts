import type { Json } from "./evaluation/plain-value.ts"
import { listed } from "./listed.ts"
import { colourOf } from "./picture/colour.ts"
import type { Hap, Sound } from "./result.ts"
import { isSynth, synths } from "./synths.ts"

/** What sounds where an event names no sound. */
const defaultSound = "triangle"

/** The full name of what an event plays, as strudel.cc looks it up; null if nothing can sound. */
export function soundName(controls: { [key: string]: Json }): string | null {
  const { s = defaultSound, bank } = controls
  if (typeof s !== "string") return null
  return typeof bank === "string" && bank ? `${bank}_${s}` : s
}

/** The sounds of events in the order of their first appearance; `own` are names the code defined itself. */
export function soundsOf(haps: Hap[], own: Set<string>): Sound[] {
  const groups = new Map<string, Hap[]>()
  for (const hap of haps) {
    if (hap.sound === null) continue
    const group = groups.get(hap.sound)
    if (group) group.push(hap)
    else groups.set(hap.sound, [hap])
  }
  return [...groups].map(([name, group]) => describe(name, group, own))
}

function describe(name: string, haps: Hap[], own: Set<string>): Sound {
  const { s = defaultSound, bank } = haps[0]?.value ?? {}
  return {
    name,
    s: String(s),
    bank: typeof bank === "string" && bank ? bank : null,
    kind: own.has(name) ? "clip" : isSynth(name) ? "synth" : "sample",
    colour: colourOf(name),
    haps: haps.length,
    n: distinct(haps.map(({ value }) => value.n)),
    notes: distinct(haps.map(({ note }) => note)),
  }
}

function distinct(values: (Json | undefined)[]): number[] {
  const numbers = new Set(values.filter((value) => typeof value === "number"))
  return [...numbers].sort((one, other) => one - other).slice(0, listed)
}

/** The built-in sound that a name was probably meant to be: one sign more, less, other, or two swapped. */
export function meantSynth(name: string): string | null {
  if (name.length < 4 || isSynth(name)) return null
  return [...synths].find((synth) => synth.length > 3 && isOneSlipAway(name.toLowerCase(), synth)) ?? null
}

function isOneSlipAway(one: string, other: string): boolean {
  let start = 0
  while (start < one.length && one[start] === other[start]) start++
  const rest = one.slice(start)
  const otherRest = other.slice(start)
  return (
    rest.slice(1) === otherRest.slice(1) ||
    rest.slice(1) === otherRest ||
    rest === otherRest.slice(1) ||
    (rest.slice(2) === otherRest.slice(2) && rest[0] === otherRest[1] && rest[1] === otherRest[0])
  )
}
