import type { Source } from "../protocol.ts"
import type { Casting } from "./cast.ts"

/** Milliseconds for which sources are wanted until they are run: a pointer that only passes a button takes no worker. */
const dwell = 70

const isSame = (some: Source[], others: Source[]) =>
  some.length === others.length &&
  some.every(({ key, code }, index) => others[index]?.key === key && others[index]?.code === code)

/** The cast of what is likely to be played next, run before anybody asks to hear it; one at a time. */
export class Understudy {
  #open: (sources: Source[]) => Promise<Casting>
  #ready: { sources: Source[]; casting: Promise<Casting> } | null = null
  #wanted: Source[] | null = null
  #working: Promise<void> | null = null

  constructor(open: (sources: Source[]) => Promise<Casting>) {
    this.#open = open
  }

  /** Resolves when these sources have run, or others are wanted in their place. */
  async prepare(sources: Source[]): Promise<void> {
    this.#wanted = sources
    this.#working ??= this.#work().finally(() => {
      this.#working = null
    })
    await this.#working
  }

  /** Hands over the cast of just these sources, also one that is still on its way; null where there is none. */
  async take(sources: Source[]): Promise<Casting | null> {
    this.#wanted = null
    const ready = this.#ready
    if (!ready || !isSame(ready.sources, sources)) return null
    this.#ready = null
    const casting = await ready.casting.catch(() => null)
    // Its worker may have ended while nobody asked it for anything.
    return casting?.cast.ended ? null : casting
  }

  /** One after the other, and of those that came meanwhile the last. */
  async #work() {
    while (this.#wanted) {
      await new Promise((resolve) => setTimeout(resolve, dwell))
      const sources = this.#wanted
      this.#wanted = null
      if (!sources || (this.#ready && isSame(this.#ready.sources, sources))) continue
      this.#dismiss()
      const casting = this.#open(sources)
      this.#ready = { sources, casting }
      await casting.catch(() => null)
    }
  }

  #dismiss() {
    this.#ready?.casting.then(({ cast }) => cast.end()).catch(() => {})
    this.#ready = null
  }
}
