import type { Position, Sounding } from "@strudel-agent/sandbox/protocol"

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
    place(next: Position | undefined) {
      position = next
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

/** Where it plays at a moment: what was told last, moved on by the time that passed since. */
export function positionAt(told: Position, moment: number): { cycle: number; into: number } {
  const passed = told.playing ? Math.max(0, ((moment - told.at) / 1000) * told.cps) : 0
  return { cycle: told.cycle + passed, into: Math.min(told.into + passed, told.of) }
}
