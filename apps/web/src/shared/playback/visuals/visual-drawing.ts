import { limits } from "@strudel-agent/sandbox/limits"
import type { DrawnHap } from "@strudel-agent/sandbox/protocol"
import { loadWithRetry } from "#shared/api/load-with-retry.ts"
import type { VisualCall } from "#shared/editor/visual-calls.ts"
import { colorsOn } from "#shared/playback/sound-palette.ts"
import { eachFrame } from "#shared/player/frames.ts"
import type { Player } from "#shared/player/player.ts"
import { heardClip } from "#shared/player/player-state.ts"
import { createDrawnHaps, cycleAt, type Now } from "./drawn-haps.ts"
import { readOn } from "./read-on.ts"

type Painters = typeof import("./painters.ts").painters
type Visual = VisualCall & { id: number }

/** Milliseconds until it is asked again where a clip is that is not heard. */
const retryDelay = 250

/** Code that is shown with places for what it has drawn. */
export interface Surface {
  /** What the player knows the code by. */
  key: string
  player: Player
  /** The calls that draw, as they stand in the text by now. */
  visuals(): readonly Visual[]
  /** The canvases that are in sight, each with the number of its visual. */
  canvases(): Iterable<HTMLCanvasElement>
  /** Where a place of the text stands in the code that is heard at a moment. */
  inLoaded(place: number, moment: number): number | undefined
  /** Where a place of the code that is heard at a moment stands in the text. */
  inText(place: number, moment: number): number | undefined
}

interface Shown {
  visual: Visual
  canvas: HTMLCanvasElement
}

/** Draws what code has drawn, while it plays and is in sight; at rest it is still. */
export class VisualDrawing {
  readonly #surface: Surface
  readonly #haps = createDrawnHaps()
  /** What is heard, by the number of the visual that draws it. */
  readonly #values = new Map<number, Float32Array>()
  readonly #asks = { haps: false, signals: false }
  readonly #unsubscribe: () => void
  #painters: Painters | undefined
  #isLoading = false
  #isOver = false
  #stopFrames: (() => void) | undefined
  #now: Now | undefined
  #lookAt = 0

  constructor(surface: Surface) {
    this.#surface = surface
    this.#unsubscribe = surface.player.subscribe(() => this.wake())
    this.wake()
  }

  /** Ends it for good. */
  end() {
    this.#isOver = true
    this.#rest()
    this.#unsubscribe()
  }

  /** Draws from here on, until nothing moves. */
  wake() {
    if (this.#isOver || this.#stopFrames || this.#surface.visuals().length === 0) return
    if (this.#painters) this.#stopFrames = eachFrame((moment) => this.#draw(moment))
    else if (!this.#isLoading) void this.#load()
  }

  get #plays(): boolean {
    const { player, key } = this.#surface
    return heardClip(player.state(), key) !== undefined
  }

  async #load() {
    this.#isLoading = true
    try {
      const { painters } = await loadWithRetry(() => import("./painters.ts"))
      this.#painters = painters
      this.wake()
    } catch {
      // The places stay empty; what is played next tries again.
      this.#isLoading = false
    }
  }

  #draw(moment: number) {
    const shown = this.#shown()
    const moves = shown.length > 0 && this.#plays
    if (moves) this.#ask(shown, moment)
    else this.#rest()
    for (const each of shown) this.#paint(each, moment)
  }

  #rest() {
    this.#stopFrames?.()
    this.#stopFrames = undefined
    this.#now = undefined
    this.#lookAt = 0
    this.#haps.clear()
    this.#values.clear()
  }

  /** The visuals that are in sight. */
  #shown(): Shown[] {
    const visuals = new Map(this.#surface.visuals().map((visual) => [String(visual.id), visual]))
    return [...this.#surface.canvases()].flatMap((canvas) => {
      const visual = visuals.get(canvas.dataset.visual ?? "")
      return visual ? [{ visual, canvas }] : []
    })
  }

  /** One question after the other of each kind: where it is heard and what is played, and what that sounds like. */
  #ask(shown: Shown[], moment: number) {
    if (!this.#asks.haps && moment >= this.#lookAt) void this.#askHaps()
    if (!this.#asks.signals && this.#now) void this.#askSignals(shown, moment)
  }

  async #askHaps() {
    const { key, player } = this.#surface
    this.#asks.haps = true
    const places = readOn({
      ...{ haps: this.#haps, now: this.#now },
      span: () => this.#span(),
      ask: async (from) => player.draw({ key, from, signals: [] }),
      idsAt: (moment) => this.#idsAt(moment),
    })
    for await (const place of places) {
      if (!this.#stopFrames) break
      this.#now = place
      if (!place) this.#lookAt = Date.now() + retryDelay
    }
    this.#asks.haps = false
  }

  /** The cycles around what is heard that are seen. */
  #span(): { behind: number; ahead: number } {
    const spans = this.#shown().map(({ visual }) => this.#painters?.[visual.kind].span(visual.options))
    return {
      behind: Math.max(0, ...spans.map((each) => each?.behind ?? 0)),
      ahead: Math.max(0, ...spans.map((each) => each?.ahead ?? 0)),
    }
  }

  async #askSignals(shown: Shown[], moment: number) {
    const { key, player } = this.#surface
    const wanted = shown.flatMap(({ visual: { id, kind, from } }) => {
      const of = this.#painters?.[kind].signal
      const visual = this.#surface.inLoaded(from, moment)
      return of && visual !== undefined ? [{ id, of, visual }] : []
    })
    if (wanted.length === 0) return
    const asked = wanted.slice(0, limits.signals)
    this.#asks.signals = true
    const drawn = await player.draw({ key, from: null, signals: asked.map(({ of, visual }) => ({ of, visual })) })
    this.#asks.signals = false
    if (!this.#stopFrames) return
    for (const { visual, values } of drawn?.signals ?? []) {
      const id = asked.find((each) => each.visual === visual)?.id
      if (id !== undefined) this.#values.set(id, values)
    }
  }

  /** Which visuals draw an event, as they stand in the text by now. */
  #idsAt(moment: number): (hap: DrawnHap) => number[] {
    const ids = new Map(this.#surface.visuals().map(({ from, id }) => [from, id]))
    return ({ visuals }) => visuals.flatMap((place) => ids.get(this.#surface.inText(place, moment) ?? -1) ?? [])
  }

  #paint({ visual: { id, kind, options }, canvas }: Shown, moment: number) {
    const painter = this.#painters?.[kind]
    painter?.paint({
      ...{ kind, canvas },
      options: { ...painter.options, ...options },
      cycle: this.#now ? cycleAt(this.#now, moment) : null,
      haps: this.#haps.of(id),
      values: this.#values.get(id),
      colors: colorsOn(canvas),
      ink: getComputedStyle(canvas).color,
    })
  }
}
