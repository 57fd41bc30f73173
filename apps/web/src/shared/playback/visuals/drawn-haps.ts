import type { Drawn, DrawnHap } from "@strudel-agent/sandbox/protocol"

export type Now = NonNullable<Drawn["now"]>

/** Events with the visuals that draw them, by their numbers in the editor. */
export type Placed = DrawnHap & { ids: readonly number[] }

/** More are not told apart. */
const most = 4_000
/** Cycles that a place may lie before the one of the last look without another beginning. */
const jitter = 0.1

/** Where a clip is at a moment, in cycles of its own time. */
export const cycleAt = ({ cycle, rate, at }: Now, moment: number): number =>
  cycle + (Math.max(0, moment - at) / 1_000) * rate

/** The events of a clip around what is heard, read a stretch at a time. */
export function createDrawnHaps() {
  let haps: Placed[] = []
  let version: number | undefined
  let read = 0
  let last = 0

  /** With other code, or from another place on. */
  function begin(from: number, kept: Placed[], next: number) {
    haps = kept
    read = Math.max(0, from)
    version = next
  }

  return {
    /** The cycle from which on more is to be read; null where all is there. */
    wanted(now: Now, { behind, ahead }: { behind: number; ahead: number }): number | null {
      const { cycle } = now
      const isElsewhere = cycle < last - jitter || cycle > read + behind
      if (version === undefined || isElsewhere) begin(cycle - behind, [], now.version)
      else if (version !== now.version)
        begin(
          cycle,
          haps.filter((hap) => hap.begin < cycle),
          now.version,
        )
      last = cycle
      haps = haps.filter(({ until }) => until > cycle - behind)
      return read < cycle + ahead ? read : null
    },
    /** Takes a stretch that was read; one of other code, or of another place, is left out. */
    take(now: Now, { from, to, events }: NonNullable<Drawn["haps"]>, idsOf: (hap: DrawnHap) => number[]): void {
      if (now.version !== version || from !== read) return
      read = to
      haps = [...haps, ...events.map((hap) => ({ ...hap, ids: idsOf(hap) }))].slice(-most)
    },
    of: (id: number): Placed[] => haps.filter(({ ids }) => ids.includes(id)),
    clear(): void {
      haps = []
      version = undefined
      last = 0
    },
  }
}
