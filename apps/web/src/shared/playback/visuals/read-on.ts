import type { Drawn, DrawnHap } from "@strudel-agent/sandbox/protocol"
import { cycleAt, type DrawnHaps, type Now } from "./drawn-haps.ts"

interface Reading {
  haps: DrawnHaps
  /** Where the clip was heard last. */
  now: Now | undefined
  /** The cycles before and after what is heard that are seen. */
  span(): { behind: number; ahead: number }
  /** Asks where the clip is heard, and for the events from a cycle on; undefined where nothing answers. */
  ask(from: number | null): Promise<Drawn | undefined>
  idsAt(moment: number): (hap: DrawnHap) => number[]
}

/** Milliseconds after which it is asked again where a clip is. */
const fresh = 250

/**
 * Reads events, one question after the other, until all that is due is there or nothing more comes: how often pictures
 * are drawn does not matter. Gives where the clip is heard after each answer.
 */
export async function* readOn({ haps, now, span, ask, idsAt }: Reading): AsyncGenerator<Now | undefined, void> {
  let place = now
  const wanted = (moment: number) => (place ? haps.wanted({ ...place, cycle: cycleAt(place, moment) }, span()) : null)
  let from = wanted(Date.now())
  if (from === null && place && Date.now() - place.at < fresh) return
  do {
    const drawn = await ask(from)
    place = drawn?.now ?? undefined
    const isTaken = from === null || (place && drawn?.haps && haps.take(place, drawn.haps, idsAt(place.at)))
    yield place
    if (!place || !isTaken) return
    from = wanted(Date.now())
  } while (from !== null)
}
