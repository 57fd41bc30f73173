import type { Event, Position } from "../protocol.ts"
import type { Take } from "./take.ts"

/** Milliseconds between two positions while nothing changes. */
const interval = 250

/** Tells where a take is: at once when section or tempo change, else four times a second. */
export class PositionTeller {
  #emit: (event: Event) => void
  #told = { about: "", at: 0 }

  constructor(emit: (event: Event) => void) {
    this.#emit = emit
  }

  /** Has the next position told at once. */
  forget(): void {
    this.#told = { about: "", at: 0 }
  }

  tell(take: Take, heardTime: number): void {
    const heard = take.at(heardTime)
    if (!heard) return
    const { slice, into, cycle } = heard
    const about = `${slice.from.index} ${slice.cps}`
    const now = performance.now()
    if (about === this.#told.about && now - this.#told.at < interval) return
    this.#told = { about, at: now }
    const position: Position = {
      playing: true,
      cycle,
      cps: slice.cps,
      section: slice.section.id,
      index: slice.from.index,
      into,
      of: slice.section.cycles,
      at: Date.now(),
    }
    this.#emit({ type: "position", position })
  }

  tellStopped(): void {
    this.forget()
    const nothing = { section: null, index: 0, into: 0, of: 0, cycle: 0, cps: 0.5 }
    this.#emit({ type: "position", position: { playing: false, at: Date.now(), ...nothing } })
  }
}
