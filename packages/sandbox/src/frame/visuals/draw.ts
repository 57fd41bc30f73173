import { limits } from "../../limits.ts"
import type { Drawn, Wanted } from "../../protocol.ts"
import type { ClipAsker } from "../clips/clip-asker.ts"
import { heardOf } from "../mixing/loudspeakers.ts"
import type { Take } from "../mixing/take.ts"

/** Seconds of a clip's events that its worker reads at once, so that what is heard does not wait for them. */
const piece = 0.25
/** Pieces of an answer, and the milliseconds after which no other is begun. */
const most = { pieces: 4, time: 500 }
/** Cycles that what is heard may move on until a question comes. */
const slack = 1

const nothing: Drawn = { now: null, haps: null, signals: [] }

/** What the visuals in a clip's code draw with at the moment. */
export async function draw(
  { key, from, signals }: Wanted,
  options: { take: Take | null; context: AudioContext | undefined; asker: Pick<ClipAsker, "draw"> },
): Promise<Drawn> {
  const { take, context, asker } = options
  const place = context && take?.placeOf(key, heardOf(context))
  if (!take || !context || !place) return nothing
  const { clipSet } = take
  const now = { ...place, at: Date.now(), version: clipSet.version }
  const { taps } = take.output(key)
  const heard = signals.map(({ visual, of }) => ({ visual, values: taps.read(context, visual, of) }))
  const isFar = from !== null && Math.abs(from - place.cycle) > limits.drawnCycles + slack
  if (from === null || isFar) return { now, haps: null, signals: heard }
  const haps = await read(from, place.rate, (begin, end) => asker.draw(clipSet, key, { begin, end, cps: place.rate }))
  return { now, haps, signals: heard }
}

/** The events from a cycle on, as many pieces as fit into an answer. */
async function read(
  from: number,
  rate: number,
  ask: (begin: number, end: number) => ReturnType<ClipAsker["draw"]>,
): Promise<Drawn["haps"]> {
  const events: NonNullable<Drawn["haps"]>["events"] = []
  const begun = performance.now()
  let to = from
  for (let count = 0; count < most.pieces && performance.now() - begun < most.time; count++) {
    const next = to + piece * rate
    const more = await ask(to, next)
    if (!more || events.length + more.length > limits.drawnHaps) break
    events.push(...more)
    to = next
  }
  return to > from ? { from, to, events } : null
}
