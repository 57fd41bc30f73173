import { limits } from "@strudel-agent/sandbox/limits"
import type { Drawn, DrawnHap } from "@strudel-agent/sandbox/protocol"

export type Now = NonNullable<Drawn["now"]>
export type DrawnHaps = ReturnType<typeof createDrawnHaps>

/** Events with the visuals that draw them, by their numbers in the editor. */
export type Placed = DrawnHap & { ids: readonly number[] }

/** More are not told apart. */
const most = 4_000
/** Cycles that a place may lie before the one of the last look without another beginning. */
const jitter = 0.1
/** Seconds that are read beyond what is seen, so that they are there at the next picture, however late. */
const reserve = 2

/** Where a clip is at a moment, in cycles of its own time. */
export const cycleAt = ({ cycle, rate, at }: Now, moment: number): number =>
  cycle + (Math.max(0, moment - at) / 1_000) * rate

/** The events of a clip around what is heard, read a stretch at a time. */
export function createDrawnHaps() {
  let haps: Placed[] = []
  let version: number | undefined
  let read = 0
  let last = 0

  return {
    /** The cycle from which on more is to be read; null where all is there. */
    wanted({ cycle, rate, ...now }: Now, { behind, ahead }: { behind: number; ahead: number }): number | null {
      if (version !== now.version || cycle < last - jitter) {
        // With other code, or from another place on.
        haps = haps.filter(({ begin }) => begin < cycle)
        read = Math.max(0, cycle)
        version = now.version
      }
      // What has passed out of sight is not read any more; what is merely late is.
      else if (read < cycle - behind) read = cycle
      last = cycle
      haps = haps.filter(({ until }) => until > cycle - behind)
      return read < cycle + Math.min(limits.drawnCycles, ahead + reserve * rate) ? read : null
    },
    /** Takes a stretch that was read, and tells so; one of other code, or of another place, is left out. */
    take(now: Now, { from, to, events }: NonNullable<Drawn["haps"]>, idsOf: (hap: DrawnHap) => number[]): boolean {
      if (now.version !== version || from !== read) return false
      read = to
      haps = [...haps, ...events.map((hap) => ({ ...hap, ids: idsOf(hap) }))].slice(-most)
      return true
    },
    of: (id: number): Placed[] => haps.filter(({ ids }) => ids.includes(id)),
    clear(): void {
      haps = []
      version = undefined
      last = 0
    },
  }
}
