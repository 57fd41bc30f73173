import { limits, mostOf } from "../../limits.ts"

/** Milliseconds after which nobody looks any more at what a visual listens to. */
const forgotten = 2_000
/** Combinations of visuals that events of a clip may go through. */
const mostHubs = 4 * mostOf.visuals

/** Those of superdough, by the id that an event brings. */
export interface Analysers {
  [id: string]: AnalyserNode
}

interface Tap {
  node: AnalyserNode
  lookedAt: number
}

interface Hub {
  node: AnalyserNode
  /** What it is connected to, by visual. */
  taps: Map<number, Tap>
}

/**
 * What the visuals of a clip listen to, each to the events that it draws. superdough sends an event to one analyser at
 * most: that is a hub of all visuals that the event goes through.
 */
export class Taps {
  readonly #channel: string
  readonly #analysers: Analysers
  #taps = new Map<number, Tap>()
  #hubs = new Map<string, Hub>()

  constructor(channel: string, analysers: Analysers) {
    this.#channel = channel
    this.#analysers = analysers
  }

  /** Controls that send an event to the visuals that draw it, as far as somebody looks at them. */
  controlsOf(visuals: number[]): { analyze?: string; fft?: number } {
    this.#sweep()
    const wanted = visuals.filter((visual) => this.#taps.has(visual))
    if (wanted.length === 0) return {}
    const id = `${this.#channel}:${wanted.join()}`
    if (!this.#connect(id, wanted)) return {}
    // What a hub measures is not read, so it is to cost the least.
    return { analyze: id, fft: 0 }
  }

  /** What a visual draws at the moment; its events are heard from the next one on. */
  read(context: BaseAudioContext, visual: number, of: "time" | "frequency"): Float32Array<ArrayBuffer> {
    this.#sweep()
    const values = new Float32Array(of === "time" ? limits.signalLength : limits.signalLength / 2)
    const tap = this.#taps.get(visual) ?? this.#listen(context, visual)
    if (!tap) return values
    tap.lookedAt = performance.now()
    if (of === "time") tap.node.getFloatTimeDomainData(values)
    else tap.node.getFloatFrequencyData(values)
    return values
  }

  end(): void {
    this.#taps.clear()
    this.#sweepHubs()
  }

  #listen(context: BaseAudioContext, visual: number): Tap | null {
    if (this.#taps.size >= limits.signals) return null
    const node = new AnalyserNode(context, { fftSize: limits.signalLength, smoothingTimeConstant: 0.5 })
    const tap = { node, lookedAt: performance.now() }
    this.#taps.set(visual, tap)
    return tap
  }

  #connect(id: string, visuals: number[]): boolean {
    const hub = this.#hubs.get(id) ?? this.#open(id)
    if (!hub) return false
    for (const visual of visuals) {
      const tap = this.#taps.get(visual)
      if (!tap || hub.taps.has(visual)) continue
      hub.node.connect(tap.node)
      hub.taps.set(visual, tap)
    }
    return true
  }

  #open(id: string): Hub | null {
    const [first] = this.#taps.values()
    if (!first || this.#hubs.size >= mostHubs) return null
    const hub = { node: new AnalyserNode(first.node.context, { fftSize: 32 }), taps: new Map<number, Tap>() }
    this.#hubs.set(id, hub)
    this.#analysers[id] = hub.node
    return hub
  }

  #sweep() {
    const now = performance.now()
    const left = [...this.#taps].filter(([, { lookedAt }]) => now - lookedAt > forgotten)
    if (left.length === 0) return
    for (const [visual] of left) this.#taps.delete(visual)
    this.#sweepHubs()
  }

  /** Lets go of what leads to visuals that are gone; what the others hear goes on. */
  #sweepHubs() {
    for (const [id, { node, taps }] of this.#hubs) {
      for (const [visual, tap] of taps) {
        if (this.#taps.get(visual) === tap) continue
        node.disconnect(tap.node)
        taps.delete(visual)
      }
      if (taps.size > 0) continue
      this.#hubs.delete(id)
      delete this.#analysers[id]
    }
  }
}
