import { Fraction, type Pattern, State, type Hap as StrudelHap, TimeSpan } from "@strudel/core"
import { midiOf } from "../pitch.ts"
import type { Hap, Span } from "../result.ts"
import { soundName } from "../sounds.ts"
import { visualsOf } from "../stage/widgets.ts"
import { plainControls } from "./plain-value.ts"

/** Cycles to ask for, and the most haps to answer with. */
export interface Window {
  from: number
  cycles: number
  limit: number
  cps: number
}

export interface Reading {
  haps: Hap[]
  cut: boolean
  /** Events that no sound can come of, since they are values instead of controls; the first of them. */
  bare: { count: number; first: string } | null
}

/** Asks a pattern for the events that begin in a window of cycles, in the order of their beginning. */
export function readHaps(pattern: Pattern, { from, cycles, limit, cps }: Window): Reading {
  const haps: Hap[] = []
  const bare: unknown[] = []
  let cut = false
  for (let cycle = from; cycle < from + cycles && !cut; cycle++) {
    for (const hap of query(pattern, cycle, cps)) {
      if (!hap.whole || !hap.hasOnset()) continue
      if (haps.length >= limit) {
        cut = true
        break
      }
      if (!isControls(hap.value)) bare.push(hap.value)
      haps.push(readHap(hap, hap.whole))
    }
  }
  // A stable sort: what begins together stays in the order of the lanes.
  return { haps: haps.sort((one, other) => one.begin - other.begin), cut, bare: summary(bare) }
}

/** An event that is about to be heard, with the calls that draw it by where their names begin in the source. */
export interface PlayedHap extends Hap {
  visuals: number[]
}

/** The events that begin between two cycles, which need not be whole; throws what the code throws. */
export function readHapsBetween(
  pattern: Pattern,
  { begin, end, cps }: { begin: number; end: number; cps: number },
): PlayedHap[] {
  const span = new TimeSpan(Fraction(begin), Fraction(end))
  return pattern
    .query(new State(span, controlsOf(cps)))
    .flatMap((hap) =>
      hap.whole && hap.hasOnset() && isControls(hap.value)
        ? [{ ...readHap(hap, hap.whole), visuals: visualsOf(hap.context) }]
        : [],
    )
}

/** What the scheduler of strudel.cc tells a pattern. */
const controlsOf = (cps: number) => ({ _cps: cps, cyclist: "cyclist" })

/** One cycle at a time; throws what the code throws. */
function query(pattern: Pattern, cycle: number, cps: number): StrudelHap[] {
  const span = new TimeSpan(Fraction(cycle), Fraction(cycle + 1))
  return pattern.query(new State(span, controlsOf(cps)))
}

const summary = (bare: unknown[]) => (bare.length > 0 ? { count: bare.length, first: String(bare[0]) } : null)

const isControls = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value)

function readHap(hap: StrudelHap, whole: TimeSpan): Hap {
  const value = plainControls(hap.value)
  const { lane, locations = [] } = hap.context
  return {
    begin: Number(whole.begin),
    end: Number(whole.end),
    until: Number(hap.endClipped),
    whole: spanOf(whole),
    part: spanOf(hap.part),
    value,
    lane: typeof lane === "string" ? lane : null,
    sound: isControls(hap.value) ? soundName(value) : null,
    note: isControls(hap.value) ? midiOf(value) : null,
    locations: locations.map(({ start, end }) => [start, end]),
  }
}

const spanOf = ({ begin, end }: TimeSpan): Span => [begin.toFraction(), end.toFraction()]
