import type { Position, Sounding } from "@strudel-agent/sandbox/protocol"
import type { PlayerEvent } from "./player-reducer.ts"

export interface Level {
  /** From 0 to 1. */
  peak: number
  rms: number
  /** Samples from -1 to 1. */
  wave: Float32Array
}

/** Code of a clip, and the moment in milliseconds since 1970 from which on it is heard. */
export interface Load {
  code: string
  at: number
}

type Listener<T> = (value: T) => void

function createChannel<T>() {
  const listeners = new Set<Listener<T>>()
  return {
    send(value: T) {
      for (const listener of [...listeners]) listener(value)
    },
    /** Calls with every value, until what it returns is called. */
    listen(listener: Listener<T>): () => void {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** How many codes of a clip are remembered: the one that is heard, and those on their way. */
const remembered = 3

/** What comes many times a second and is drawn without React: levels, events, the position. */
export function createSignals() {
  const levels = createChannel<Level>()
  const soundings = createChannel<Sounding[]>()
  const loads = createChannel<{ key: string; load: Load }>()
  const loaded = new Map<string, Load[]>()
  let position: Position | undefined
  return {
    levels,
    soundings,
    loads,
    /** Takes note of code that was taken up; its events point into it from then on. */
    load(key: string, load: Load) {
      loaded.set(key, [...(loaded.get(key) ?? []), load].slice(-remembered))
      loads.send({ key, load })
    },
    /** The codes of a clip whose events may come, the newest last. */
    loadsOf: (key: string): Load[] => loaded.get(key) ?? [],
    /** Passes on what of the sandbox is drawn without React. */
    hear(event: PlayerEvent) {
      if (event.type === "sounding") soundings.send(event.events)
      else if (event.type === "meter") levels.send(event)
      else if (event.type === "position") position = event.position
    },
    position: (): Position | undefined => position,
    clear() {
      loaded.clear()
      position = undefined
      levels.send({ peak: 0, rms: 0, wave: new Float32Array(256) })
    },
  }
}

export type Signals = ReturnType<typeof createSignals>

/** The part of a cycle before something else takes over at which a position waits for the report that it did. */
const before = 0.001

/** Where it plays at a moment: what was reported last, moved on by the time that passed since. */
export function positionAt(reported: Position, moment: number): { cycle: number; into: number } {
  const { cycle, into, of, cps, until, at } = reported
  const most = until === null ? Number.POSITIVE_INFINITY : until - before - cycle
  const passed = Math.max(0, Math.min(((moment - at) / 1000) * cps, most))
  return { cycle: cycle + passed, into: Math.min(into + passed, of) }
}
