import { mostOfClip } from "./control-limits.ts"
import { Flow, Held } from "./fair-shares.ts"

/** What all clips share, each of which has its fair share of it. */
export interface Allowance {
  /** Milliseconds of this thread, in which events are made. */
  making: Flow
  /** Thousandths of the processor core that computes all sound; half of it is left to other machines and other work. */
  sounding: Held
  /** Seconds of rooms, which are computed beside it. */
  rooms: Held
  /** Rooms that are set up, each in some hundred milliseconds of this thread. */
  building: Flow
}

export const openAllowance = (): Allowance => ({
  making: new Flow({ each: { perSecond: 500, atOnce: 100 }, all: { perSecond: 800, atOnce: 200 } }),
  sounding: new Held({ each: 400, all: 500 }),
  rooms: new Held({ each: mostOfClip.rooms, all: 2 * mostOfClip.rooms }),
  building: new Flow({ each: { perSecond: 1, atOnce: 4 }, all: { perSecond: 3, atOnce: 8 } }),
})

/** Lets go of what a channel holds. */
export function release(allowance: Allowance, channel: string): void {
  for (const each of Object.values(allowance)) each.release(channel)
}
