import { setTimeout as sleep } from "node:timers/promises"

export interface HeartbeatLimits {
  /** Milliseconds between an answer and the next question, that none may come for, and between looks at the clock. */
  interval: number
  silence: number
  tick: number
}

/** Asks a program; resolves at an answer and rejects where there is none. */
export type Ask = (signal: AbortSignal) => Promise<unknown>

const defaults: HeartbeatLimits = { interval: 5_000, silence: 25_000, tick: 1_000 }

/**
 * Asks a program again and again, and calls `onSilent(seconds)` if no answer came for too long. A time in which this
 * process itself stood still, such as the sleep of the computer, counts no more than two ticks. Returns a function that
 * calls it off.
 */
export function watchHeartbeat(
  ask: Ask,
  onSilent: (seconds: number) => void,
  limits?: Partial<HeartbeatLimits>,
): () => void {
  const { interval, silence, tick } = { ...defaults, ...limits }
  const over = new AbortController()
  const { signal } = over
  let last = performance.now()
  let silent = 0
  const stop = () => {
    clearInterval(timer)
    over.abort()
  }
  const timer = setInterval(() => {
    const now = performance.now()
    silent += Math.min(now - last, 2 * tick)
    last = now
    if (silent <= silence) return
    stop()
    onSilent(Math.round(silent / 1000))
  }, tick)
  const keepAsking = async () => {
    while (!signal.aborted) {
      const answered = await ask(signal).then(
        () => true,
        () => false,
      )
      if (answered) silent = 0
      await sleep(interval, undefined, { signal }).catch(() => {})
    }
  }
  void keepAsking()
  return stop
}
