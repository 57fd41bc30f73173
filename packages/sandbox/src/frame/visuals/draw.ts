import { limits } from "../../limits.ts"
import type { Drawn, Wanted } from "../../protocol.ts"
import type { ClipAsker } from "../clip-asker.ts"
import { heardOf } from "../loudspeakers.ts"
import type { Take } from "../take.ts"

/** Seconds of a clip's events that are read for its visuals at once, so that what is heard does not wait for them. */
const stretch = 0.25

const nothing: Drawn = { now: null, haps: null, signals: [] }

/** What the visuals in a clip's code draw with at the moment. */
export async function draw(
  { key, from, signals }: Wanted,
  options: { take: Take | null; context: AudioContext | undefined; asker: ClipAsker },
): Promise<Drawn> {
  const { take, context, asker } = options
  const place = context && take?.placeOf(key, heardOf(context))
  if (!take || !context || !place) return nothing
  const { clipSet } = take
  const now = { ...place, at: Date.now(), version: clipSet.version }
  const { taps } = take.output(key)
  const heard = signals.map(({ visual, of }) => ({ visual, values: taps.read(context, visual, of) }))
  if (from === null || Math.abs(from - place.cycle) > limits.drawnCycles) return { now, haps: null, signals: heard }
  const to = from + stretch * place.rate
  const events = await asker.draw(clipSet, key, { begin: from, end: to, cps: place.rate })
  return { now, haps: events && { from, to, events }, signals: heard }
}
