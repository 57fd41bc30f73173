import type { Event, Problem, Source } from "../../protocol.ts"
import type { Take } from "../mixing/take.ts"
import { type Slice, spanOf } from "../timeline.ts"
import { ClipGone, type Hap } from "./answers.ts"
import type { ClipSet, OpenedClipSet } from "./clip-set.ts"
import { timedOut } from "./problems.ts"
import type { WorkerPool } from "./worker-pool.ts"

/** What a clip plays in a slice. */
export interface Part {
  key: string
  events: Hap[]
  span: ReturnType<typeof spanOf>
}

export interface ClipAskerOptions {
  emit(event: Event): void
  pool: WorkerPool
  clipSet(sources: Source[], before: Map<string, string>): Promise<OpenedClipSet>
  /** A clip set whose worker is gone, and the one that goes on in its place. */
  replace(former: ClipSet, next: ClipSet): void
}

/** Asks the clips of a take for their events; one that fails or hangs is left out, and the others go on. */
export class ClipAsker {
  #options: ClipAskerOptions

  constructor(options: ClipAskerOptions) {
    this.#options = options
  }

  /** The events of each clip of a slice; null of one that has none to give. */
  ask(take: Take, slice: Slice): Promise<Part | null>[] {
    const { clipSet, plan } = take
    return slice.section.clips.map(async ({ key, tempo }) => {
      const clip = clipSet.clips.get(key)
      if (!clip) return null
      const span = spanOf(slice, { tempo, cps: clip.cps }, plan.align)
      try {
        const events = await clipSet.events(key, { begin: span.begin, end: span.end, cps: span.rate })
        if (Array.isArray(events)) return { key, events, span }
        this.#silence(clipSet, key, events.problem)
      } catch (error) {
        await this.#leaveOut(clipSet, error)
      }
      return null
    })
  }

  /** What of a clip's events is drawn in its code; null of one that has ended. */
  async draw(clipSet: ClipSet, key: string, span: { begin: number; end: number; cps: number }) {
    try {
      return await clipSet.draw(key, span)
    } catch (error) {
      await this.#leaveOut(clipSet, error)
      return null
    }
  }

  async slide(clipSet: ClipSet, key: string, slider: { from: number; value: number }): Promise<void> {
    try {
      await clipSet.slide(key, slider)
    } catch (error) {
      if (error instanceof ClipGone && error.why !== "ended") await this.#recast(clipSet)
    }
  }

  #silence(clipSet: ClipSet, key: string, problem: Problem) {
    if (!clipSet.has(key)) return
    clipSet.drop(key)
    this.#options.emit({ type: "diagnostic", key, problem })
    // What it was asked already would keep the others waiting.
    if (clipSet.isAsked(key)) this.#recast(clipSet).catch(() => {})
  }

  /** After a worker had to be ended: the clip at fault is left out, the others go on in the next worker. */
  async #leaveOut(clipSet: ClipSet, error: unknown) {
    if (!(error instanceof ClipGone) || error.why === "ended") return
    const { ask } = error
    if (ask.type !== "events" && ask.type !== "draw") return
    if (error.why === "busy") return this.#recast(clipSet)
    const { name } = ask
    const code = clipSet.sources.find(({ key }) => key === name)?.code ?? ""
    clipSet.drop(name)
    const problem = timedOut(this.#options.pool, code, ask)
    await this.#recast(clipSet)
    this.#options.emit({ type: "diagnostic", key: name, problem: await problem })
  }

  /** The clips that are left go on in the next worker. */
  async #recast(clipSet: ClipSet) {
    clipSet.end()
    const { clipSet: next, loaded } = await this.#options.clipSet(clipSet.sources, new Map())
    this.#options.replace(clipSet, next)
    // Without what the one at fault has registered, another may not play either.
    for (const { key, problem } of loaded) if (problem) this.#options.emit({ type: "diagnostic", key, problem })
  }
}
