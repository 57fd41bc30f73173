import type { DrawnHap } from "@strudel-agent/strudel/drawn-hap"
import type { PerformedClip } from "@strudel-agent/strudel/perform"
import { limits, mostEventsIn, mostOf } from "../limits.ts"
import type { Answers } from "./asks.ts"

interface Span {
  begin: number
  end: number
  /** Cycles per second. */
  cps: number
}

/** Answers cut to what the frame takes: it ends whoever says more, and a clip may be verbose without malice. */
export function trimmedEvents(events: Answers["events"], span: Span): Answers["events"] {
  if (!Array.isArray(events)) return { problem: trimmedProblem(events.problem) }
  if (events.length > limits.hapsPerMessage) {
    return { problem: { stage: "query", message: "It plays too many events at once", line: null, column: null } }
  }
  // One more tells that there are more.
  return events.slice(0, mostEventsIn((span.end - span.begin) / span.cps) + 1).map((event) => ({
    ...event,
    sound: event.sound?.slice(0, mostOf.name) ?? null,
    locations: event.locations.slice(0, mostOf.locations),
    visuals: event.visuals.slice(0, mostOf.visuals),
  }))
}

export const trimmedDrawn = (haps: DrawnHap[]): DrawnHap[] =>
  haps.slice(0, limits.drawnHaps).map((hap) => ({
    ...hap,
    sound: hap.sound?.slice(0, mostOf.name) ?? null,
    label: hap.label.slice(0, mostOf.label),
    color: hap.color?.slice(0, mostOf.label) ?? null,
    visuals: hap.visuals.slice(0, mostOf.visuals),
  }))

export function trimmedClip(clip: PerformedClip): PerformedClip {
  return {
    ...clip,
    sounds: clip.sounds.slice(0, mostOf.sounds).map((name) => name.slice(0, mostOf.name)),
    sampleMaps: clip.sampleMaps.slice(0, mostOf.maps).filter(({ map, base }) => isShort(map) && isShort(base)),
    problem: clip.problem && trimmedProblem(clip.problem),
  }
}

const isShort = (address: unknown) => typeof address !== "string" || address.length <= mostOf.address

const trimmedProblem = (problem: NonNullable<PerformedClip["problem"]>) => ({
  ...problem,
  message: problem.message.slice(0, limits.message),
})
