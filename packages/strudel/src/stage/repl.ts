import {
  isPattern,
  noteToMidi,
  Pattern,
  pure,
  ref,
  register,
  setCpsFunc,
  setTime,
  silence,
  valueToMidi,
} from "@strudel/core"
import { currentPerformance, emptyPerformance, putOnLane } from "./performance.ts"

/** A number, or a pattern of just one number, as `setcpm("120")` gives. */
function plainNumber(value: unknown): number {
  return Number(isPattern(value) ? (value.__pure ?? value.slid) : value)
}

/** A value that may be moved while it plays, as it is at the moment in which it is asked for. */
function slider(id: string, value: unknown) {
  const { sliders } = currentPerformance()
  return Object.assign(
    ref(() => sliders.get(id) ?? value),
    { slid: value },
  )
}

function setCps(value: unknown) {
  const performance = currentPerformance()
  const cps = plainNumber(value)
  if (Number.isFinite(cps) && cps > 0) {
    performance.cps = cps
    performance.cpsSet = true
  } else {
    performance.problemsOfTempo.push("The tempo must be a single number above 0; this one is left out.")
  }
  return silence
}

function hush() {
  const { labels, muted, all, each, anonymous } = emptyPerformance()
  Object.assign(currentPerformance(), { labels, muted, all, each, anonymous })
  return silence
}

const setCpm = (value: unknown) => setCps(plainNumber(value) / 60)

/** The functions that strudel.cc's own page adds around the libraries. */
export const replFunctions = {
  all: (transform: (pattern: Pattern) => unknown) => {
    currentPerformance().all.push(transform)
    return silence
  },
  each: (transform: (pattern: Pattern) => unknown) => {
    currentPerformance().each = transform
    return silence
  },
  hush,
  setCps,
  setcps: setCps,
  setCpm,
  setcpm: setCpm,
  slider: (value: unknown) => pure(value),
  sliderWithID: slider,
}

const highestKey = noteToMidi("C8")

/** Low keys sound from the left and high ones from the right, as on the piano of strudel.cc. */
function panByPitch(value: { pan?: number }) {
  const pan = Math.min(Math.round(valueToMidi(value)) / highestKey, 1) * 0.5 + 0.25
  return { ...value, pan: (value.pan || 1) * pan }
}

/** Adds the methods that strudel.cc's page gives every pattern: labels, tempo and the piano of its sound set. */
export function addReplMethods(): { cpm: unknown } {
  const methods = {
    p(this: Pattern, id: unknown) {
      return putOnLane(this, id)
    },
    q: () => silence,
    piano(this: Pattern) {
      const held = this.fmap((value: { clip?: number }) => ({ ...value, clip: value.clip ?? 1 }))
      return held.s("piano").release(0.1).fmap(panByPitch)
    },
  }
  Object.assign(Pattern.prototype, methods)
  for (let index = 1; index < 10; index++) {
    for (const letter of ["d", "p"]) {
      Object.defineProperty(Pattern.prototype, `${letter}${index}`, {
        get(this: Pattern) {
          return putOnLane(this, index)
        },
        configurable: true,
      })
    }
    Object.defineProperty(Pattern.prototype, `q${index}`, { value: silence, configurable: true, writable: true })
  }
  setTime(() => 0)
  setCpsFunc(() => currentPerformance().cps)
  return { cpm: register("cpm", (cpm: number, pattern: Pattern) => pattern._fast(cpm / 60 / currentPerformance().cps)) }
}
