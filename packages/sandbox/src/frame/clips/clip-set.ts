import type { Loaded, Problem, Source } from "../../protocol.ts"
import type { Ask } from "../../worker/asks.ts"
import { isSameSources } from "../sounds/same-sources.ts"
import type { OwnSounds, Sounds } from "../sounds/sounds.ts"
import { ClipGone, type Hap, type Parsed, type PerformedClip } from "./answers.ts"
import type { ClipWorker } from "./clip-worker.ts"
import { timedOut } from "./problems.ts"
import type { WorkerPool } from "./worker-pool.ts"

export interface ClipSetOptions {
  pool: WorkerPool
  sounds: Sounds
  /** Whether it may never be heard: then nothing is asked of the network, and what plays is left alone. */
  ahead?: boolean
}

interface Part {
  source: Source
  clip: PerformedClip
}

/** What became of a set of sources, and those that play. */
export interface OpenedClipSet {
  clipSet: ClipSet
  loaded: Loaded[]
}

let versions = 0

/** Clips in a worker of their own, where the functions of one are there for the next. */
export class ClipSet {
  /** Another one of each set. */
  readonly version = ++versions
  readonly #worker: ClipWorker
  readonly #parts: Map<string, Part>
  /** Sounds that the clips bring along. */
  own: OwnSounds = new Map()
  /** Resolves when what they bring along is known, as far as it can be had. */
  listened: Promise<void> = Promise.resolve()

  constructor(worker: ClipWorker, parts: Map<string, Part>) {
    this.#worker = worker
    this.#parts = parts
  }

  get clips(): Map<string, { cps: number; cpsSet: boolean }> {
    return new Map([...this.#parts].map(([key, { clip }]) => [key, clip]))
  }

  get sources(): Source[] {
    return [...this.#parts.values()].map(({ source }) => source)
  }

  /** Whether it was made of just these sources, and all of them play. */
  plays(sources: Source[]): boolean {
    return !this.#worker.ended && isSameSources(this.sources, sources)
  }

  /** Whether all of these play, without a change. */
  covers(sources: Source[]): boolean {
    const codes = new Map(this.sources.map(({ key, code }) => [key, code]))
    return !this.#worker.ended && sources.every(({ key, code }) => codes.get(key) === code)
  }

  /** Sources that play already, as if they had just been run. */
  running(sources: Source[]): OpenedClipSet {
    return { clipSet: this, loaded: sources.map(({ key }) => loadedOf(key, this.#parts.get(key), null)) }
  }

  has(key: string): boolean {
    return this.#parts.has(key)
  }

  drop(key: string): void {
    this.#parts.delete(key)
  }

  /** Whether it can play no more. */
  get ended(): boolean {
    return this.#worker.ended
  }

  /** Makes ready what its clips sound with; resolves when the drums among it are there. */
  async listen({ sounds }: Pick<ClipSetOptions, "sounds">): Promise<void> {
    const { requests, names } = this.#needs
    this.own = sounds.ownKnown(requests)
    // Playing does not wait for the network.
    if (requests.length > 0) {
      this.listened = sounds.own(requests).then((own) => {
        this.own = own
      })
    }
    await sounds.warm(names, this.own)
  }

  /** As far as that is here already. */
  async listenAhead({ sounds }: Pick<ClipSetOptions, "sounds">): Promise<void> {
    const { requests, names } = this.#needs
    await sounds.loadDrums(names, sounds.ownKnown(requests))
  }

  get #needs() {
    const clips = [...this.#parts.values()].map(({ clip }) => clip)
    return {
      requests: clips.flatMap(({ sampleMaps }) => sampleMaps),
      names: [...new Set(clips.flatMap(({ sounds }) => sounds))],
    }
  }

  /** The events of a clip that begin in a window of its own cycles; rejects with `ClipGone` where it does not end. */
  events(key: string, window: { begin: number; end: number; cps: number }): Promise<Hap[] | { problem: Problem }> {
    return this.#worker.ask<"events">({ type: "events", name: key, ...window })
  }

  /** What of a clip's events is drawn in its code. Rejects with `ClipGone`. */
  draw(key: string, window: { begin: number; end: number; cps: number }): Promise<Parsed<"draw">> {
    return this.#worker.ask<"draw">({ type: "draw", name: key, ...window })
  }

  /** Moves a slider of a clip; one that is not there is left alone. Rejects with `ClipGone`. */
  async slide(key: string, slider: { from: number; value: number }): Promise<void> {
    await this.#worker.ask<"slide">({ type: "slide", name: key, ...slider })
  }

  /** Whether the worker still has to answer for a clip. */
  isAsked(key: string): boolean {
    return this.#worker.waitsFor(({ type, ...ask }) => type === "events" && "name" in ask && ask.name === key)
  }

  end(): void {
    this.#worker.end()
  }
}

/**
 * Runs sources in a worker of their own. Of one that fails, `before` has the code to play instead; one that does not end
 * costs the worker, and the others begin again in the next.
 */
export async function openClipSet(
  sources: Source[],
  before: Map<string, string>,
  options: ClipSetOptions,
): Promise<OpenedClipSet> {
  const problems = new Map<string, Problem>()
  const allLoaded = (parts: Map<string, Part>) =>
    sources.map(({ key }) => loadedOf(key, parts.get(key), problems.get(key) ?? null))
  for (;;) {
    const worker = options.pool.take()
    await worker.ready
    const tried = await load(worker, sources, { before, problems })
    if ("late" in tried) {
      const { late, ask } = tried
      problems.set(late.key, await timedOut(options.pool, late.code, ask))
      if (before.get(late.key) === late.code) before.delete(late.key)
      const isLost = sources.every(({ key }) => problems.has(key) && !before.has(key))
      // Where nothing is left to run, nobody waits for another worker.
      if (isLost) return { clipSet: new ClipSet(worker, new Map()), loaded: allLoaded(new Map()) }
      continue
    }
    const clipSet = new ClipSet(worker, tried.parts)
    await (options.ahead ? clipSet.listenAhead(options) : clipSet.listen(options))
    return { clipSet, loaded: allLoaded(tried.parts) }
  }
}

type Tried = { parts: Map<string, Part> } | { late: Source; ask: Ask }

async function load(
  worker: ClipWorker,
  sources: Source[],
  { before, problems }: { before: Map<string, string>; problems: Map<string, Problem> },
): Promise<Tried> {
  const parts = new Map<string, Part>()
  let first = true
  let former: Source | null = null
  for (const { key, code, tunings } of sources) {
    // What failed once is not run again; what played before it is tried in its place.
    const codes = problems.has(key) ? [before.get(key)] : [code, before.get(key)]
    for (const attempt of codes) {
      if (attempt === undefined || parts.has(key)) continue
      const source = { key, code: attempt, tunings }
      try {
        const clip = await worker.ask<"load">({ type: "load", name: key, code: attempt, first, tunings: tunings ?? {} })
        first = false
        former = source
        if (clip.problem === null) parts.set(key, { source, clip })
        else if (!problems.has(key)) problems.set(key, clip.problem)
      } catch (error) {
        if (!(error instanceof ClipGone)) throw error
        return { late: error.why === "busy" && former ? former : source, ask: error.ask }
      }
    }
  }
  return { parts }
}

function loadedOf(key: string, part: Part | undefined, problem: Problem | null): Loaded {
  return { key, cps: part?.clip.cps ?? 0.5, cpsSet: part?.clip.cpsSet ?? false, problem, plays: part !== undefined }
}
