import "./without-eval.ts"

import { Answer } from "@strudel-agent/strudel/result"
import { z } from "zod"
import { createTuner, type FetchTunings, fetchTuningsFromServer } from "./add-tunings.ts"
import { FrameLink } from "./frame-link.ts"
import type { Drawn, Event, Limit, Loaded, Mix, Plan, SoundState, Source, Wanted } from "./protocol.ts"
import { SandboxFailed } from "./sandbox-failed.ts"

export interface SandboxOptions {
  /** The address of the sandbox page, of the page's own origin. */
  src?: string
  /** The sandbox page itself, where no address has it. */
  page?: string
  /** Fetches a file of samples for the sandbox; null refuses. Default: over `/samples/` of the page's own origin. */
  fetchSample?: FetchSample
  /** Fetches the archive of scales. Default: `/tunings.json` of the page's own origin. */
  fetchTunings?: FetchTunings
  onEvent(event: Event): void
}

export type FetchSample = (url: string, signal: AbortSignal) => Promise<Response | null>

/** What became of a play or an update. */
export interface Evaluated {
  loaded: Loaded[]
  /** The cycle on which it takes effect. */
  cycle: number
  /** Milliseconds since 1970 when that is heard. */
  at: number
}

export interface Rendered {
  wav: ArrayBuffer
  seconds: number
  /** What was not played as code asks for it. */
  limits: Limit[]
}

export interface RenderOptions {
  sources: Source[]
  plan: Plan
  cycles: number
  mix: Mix
  factor: number
  /** Whether it rings out until it is 60 dB down, for 10 seconds at most, or loops without a seam. */
  ending: "rings" | "loops"
  sampleRate: 44_100 | 48_000
  signal?: AbortSignal
  onProgress?: (part: number) => void
}

/** A frame of an opaque origin that plays other people's code. Every call rejects with `SandboxFailed`. Plays, updates and stops are counted
 * by the page in `change`, by which events name them. */
export interface Sandbox {
  /**
   * Evaluates sources that are likely to be played next, for their first sound to come at once; the last ones count.
   * Resolves before that is done.
   */
  prepare(sources: Source[]): Promise<void>
  play(options: {
    change: number
    sources: Source[]
    plan: Plan
    at?: "now" | "cycle"
    from?: number
  }): Promise<Evaluated>
  /**
   * Takes up sources that are new or changed, and another plan where there is one, on the next cycle; what plays goes on
   * from where it is. A clip that no section of the plan plays any more is ended.
   */
  update(options: { change: number; sources: Source[]; plan?: Plan }): Promise<Evaluated>
  /** Resolves when it is about to be silent, at once or on the next cycle. */
  stop(options: { change: number; at?: "now" | "cycle" }): Promise<void>
  tempo(factor: number): Promise<void>
  mix(mix: Mix): Promise<void>
  /** Moves the `slider()` whose value begins at an offset of a clip's code as it was taken up last. */
  slide(slider: { key: string; from: number; value: number }): Promise<void>
  /** What the visuals in a clip's code draw with at the moment. */
  draw(wanted: Wanted): Promise<Drawn>
  /** What code plays in so many cycles, with its haps; a plan where several are combined. */
  analyse(options: { sources: Source[]; plan?: Plan; from?: number; cycles?: number }): Promise<Analysed>
  render(options: RenderOptions): Promise<Rendered>
  sounds(names: string[]): Promise<SoundState[]>
  network(allowed: boolean): Promise<void>
  /** Takes the frame out of the page. */
  close(): void
}

/** What code plays; where it is refused and several are played, the key of the one to blame. */
const Analysed = Answer.and(z.object({ clip: z.string().optional() }))
export type Analysed = z.infer<typeof Analysed>

export { SandboxFailed }

/** Milliseconds until a call is given up and the frame begun again; what code may take is well within. */
const deadlines = { quick: 5_000, evaluation: 60_000, render: 900_000 } as const

/** The way to a sample through the server, which asks only hosts on its list. */
export const fetchOverServer: FetchSample = (url, signal) =>
  fetch(`/samples/${encodeURIComponent(url)}`, { signal, credentials: "same-origin" })

/** Puts a sandbox into the page; rejects with `SandboxFailed` where its frame does not answer. */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const link = new FrameLink({ fetchSample: fetchOverServer, ...options, src: options.src ?? "/sandbox.html" })
  await link.open()
  const tuned = createTuner(options.fetchTunings ?? fetchTuningsFromServer)
  const done = async (command: Parameters<FrameLink["call"]>[0]) => {
    await link.call(command, deadlines.quick)
  }
  return {
    prepare: async (sources) => done({ type: "prepare", sources: await tuned(sources) }),
    async play({ change, sources, plan, at = "cycle", from = 0 }) {
      const result = await link.call(
        { type: "play", change, sources: await tuned(sources), plan, at, from },
        deadlines.evaluation,
      )
      return expected(result, "evaluated")
    },
    async update({ change, sources, plan = null }) {
      const command = { type: "update", change, sources: await tuned(sources), plan } as const
      return expected(await link.call(command, deadlines.evaluation), "evaluated")
    },
    async stop({ change, at = "now" }) {
      // On a cycle it waits for what is evaluated.
      await link.call({ type: "stop", change, at }, at === "now" ? deadlines.quick : deadlines.evaluation)
    },
    tempo: (factor) => done({ type: "tempo", factor }),
    mix: (mix) => done({ type: "mix", mix }),
    slide: (slider) => done({ type: "slide", ...slider }),
    async draw(wanted) {
      return expected(await link.call({ type: "draw", ...wanted }, deadlines.quick), "drawn").drawn
    },
    async analyse({ sources, plan = null, from = 0, cycles = 4 }) {
      const command = { type: "analyse", sources: await tuned(sources), plan, from, cycles } as const
      const result = await link.call(command, deadlines.evaluation)
      const analysed = Analysed.safeParse(expected(result, "analysed").answer)
      if (!analysed.success) throw new SandboxFailed("crashed", "The player answered something else")
      return analysed.data
    },
    render: async (wanted) => renderApart({ ...wanted, sources: await tuned(wanted.sources) }, options),
    async sounds(names) {
      return expected(await link.call({ type: "sounds", names }, 30_000), "sounds").sounds
    },
    network: (allowed) => done({ type: "network", allowed }),
    close: () => link.close(),
  }
}

type Result = Awaited<ReturnType<FrameLink["call"]>>

function expected<Kind extends Result["kind"]>(result: Result, kind: Kind): Extract<Result, { kind: Kind }> {
  const fits = (value: Result): value is Extract<Result, { kind: Kind }> => value.kind === kind
  if (fits(result)) return result
  throw new SandboxFailed("crashed", "The player answered something else")
}

/** In a frame of its own, since superdough knows one audio context in a realm. */
async function renderApart(wanted: RenderOptions, options: SandboxOptions): Promise<Rendered> {
  const { signal, onProgress, ...command } = wanted
  signal?.throwIfAborted()
  const notPlayed: Limit[] = []
  const link = new FrameLink({
    fetchSample: fetchOverServer,
    ...options,
    src: options.src ?? "/sandbox.html",
    onEvent: (event) => {
      if (event.type === "progress") onProgress?.(event.part)
      if (event.type === "limited") notPlayed.push(event.limit)
    },
  })
  const abort = () => link.close()
  signal?.addEventListener("abort", abort)
  try {
    await link.open()
    const { wav, seconds } = expected(await link.call({ type: "render", ...command }, deadlines.render), "rendered")
    return { wav, seconds, limits: notPlayed }
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    signal?.removeEventListener("abort", abort)
    link.close()
  }
}
