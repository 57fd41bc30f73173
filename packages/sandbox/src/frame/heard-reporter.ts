import type { Event } from "../protocol.ts"
import type { Take } from "./mixing/take.ts"

/** Milliseconds between two positions while nothing changes. */
const interval = 250

interface Expected {
  take: Take
  /** What the page asked for. */
  change: number
  /** Seconds of the audio clock. */
  time: number
}

/** Reports what is heard, when it is: changes, then sections and tempos, and the position four times a second. */
export class HeardReporter {
  #emit: (event: Event) => void
  #take: Take | null = null
  #expected: Expected[] = []
  #reported = { about: "", at: 0 }

  constructor(emit: (event: Event) => void) {
    this.#emit = emit
  }

  /** A take is heard at once, in place of all that was. */
  begin(take: Take, change: number): void {
    this.#expected = []
    this.#arrive(take, change)
  }

  /** Something takes over in a moment. */
  expect(expected: Expected): void {
    this.#expected.push(expected)
    this.refresh()
  }

  /** Has the next position reported at once. */
  refresh(): void {
    this.#reported.at = Number.NEGATIVE_INFINITY
  }

  clear(): void {
    this.#take = null
    this.#expected = []
  }

  report(heardTime: number): void {
    for (const { take, change, time } of this.#expected) if (time <= heardTime) this.#arrive(take, change)
    this.#expected = this.#expected.filter(({ time }) => time > heardTime)
    const heard = this.#take?.at(heardTime)
    if (!heard) return
    const { slice, into, cycle } = heard
    const { index } = slice.from
    const about = `${index} ${slice.ownCps}`
    const now = performance.now()
    const changes = about !== this.#reported.about
    if (!changes && now - this.#reported.at < interval) return
    this.#reported = { about, at: now }
    if (changes) this.#emit({ type: "section", index, cps: slice.ownCps })
    const { id, cycles } = slice.section
    const next = this.#expected.find(({ take }) => take !== this.#take)
    const until = next ? cycle + (next.time - heardTime) * slice.cps : null
    const position = { cycle, cps: slice.cps, section: id, into, of: cycles, until, at: Date.now() }
    this.#emit({ type: "position", position })
  }

  #arrive(take: Take, change: number) {
    this.#take = take
    this.#reported.about = ""
    this.#emit({ type: "arrived", change })
  }
}
