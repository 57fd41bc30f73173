import type { Source } from "../../protocol.ts"
import type { OpenedClipSet } from "../clips/clip-set.ts"
import { isSameSources } from "./same-sources.ts"

/** Whether it says something of the code, rather than of a moment in which the machine was busy. */
const isLasting = ({ clipSet, loaded }: OpenedClipSet) =>
  !clipSet.ended && loaded.every(({ problem }) => problem?.stage !== "timeout")

interface Ready {
  sources: Source[]
  opening: Promise<OpenedClipSet>
  /** Once it has run. */
  done: OpenedClipSet | null
}

/** The clip set of what is likely to be played next, run before anybody asks to hear it; one at a time. */
export class Preloader {
  #open: (sources: Source[]) => Promise<OpenedClipSet>
  #ready: Ready | null = null
  #wanted: Source[] | null = null
  #working: Promise<void> | null = null

  constructor(open: (sources: Source[]) => Promise<OpenedClipSet>) {
    this.#open = open
  }

  /** Resolves when nothing is left to run: of sources that come while others run, the last are next. */
  async prepare(sources: Source[]): Promise<void> {
    this.#wanted = sources
    this.#working ??= this.#work().finally(() => {
      this.#working = null
    })
    await this.#working
  }

  /** Begins nothing more, until something else is wanted. */
  forget(): void {
    this.#wanted = null
  }

  /** Hands over the clip set of just these sources, also one that is still on its way; null where there is none. */
  async take(sources: Source[]): Promise<OpenedClipSet | null> {
    const ready = this.#ready
    if (!ready || !isSameSources(ready.sources, sources)) return null
    this.#ready = null
    if (ready.done && !isLasting(ready.done)) return null
    // What it takes now is part of the wait already: it counts, also where it ran out of time.
    return ready.opening.catch(() => null)
  }

  async #work() {
    while (this.#wanted) {
      const sources = this.#wanted
      this.#wanted = null
      if (this.#has(sources)) continue
      this.#dismiss()
      const ready: Ready = { sources, opening: this.#open(sources), done: null }
      this.#ready = ready
      ready.done = await ready.opening.catch(() => null)
      if (this.#ready === ready && !this.#has(sources)) this.#dismiss()
    }
  }

  #has(sources: Source[]): boolean {
    const { done = null, sources: own = [] } = this.#ready ?? {}
    return done !== null && isLasting(done) && isSameSources(own, sources)
  }

  #dismiss() {
    this.#ready?.opening.then(({ clipSet }) => clipSet.end()).catch(() => {})
    this.#ready = null
  }
}
