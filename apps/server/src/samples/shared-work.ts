interface Shared<Result> {
  result: Promise<Result>
  ending: AbortController
  waiting: number
}

/**
 * Does something once for all who want it at the same time. Who leaves waits no longer, and what nobody waits for any
 * more is aborted.
 */
export function createSharedWork<Result>() {
  const running = new Map<string, Shared<Result>>()

  function begin(key: string, work: (signal: AbortSignal) => Promise<Result>): Shared<Result> {
    const ending = new AbortController()
    const shared = { result: work(ending.signal), ending, waiting: 0 }
    running.set(key, shared)
    const forget = () => {
      if (running.get(key) === shared) running.delete(key)
    }
    shared.result.then(forget, forget)
    return shared
  }

  return {
    /** Rejects as the work does, or with the signal's reason as soon as that aborts. */
    join(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
      if (signal.aborted) return Promise.reject(signal.reason)
      const shared = running.get(key) ?? begin(key, work)
      shared.waiting++
      return new Promise<Result>((resolve, reject) => {
        const leave = () => {
          reject(signal.reason)
          shared.waiting--
          if (shared.waiting > 0) return
          // Who comes now begins anew instead of joining what ends.
          if (running.get(key) === shared) running.delete(key)
          shared.ending.abort(signal.reason)
        }
        signal.addEventListener("abort", leave, { once: true })
        shared.result.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave))
      })
    },
    /** Aborts all of it. */
    end(reason: Error): void {
      for (const { ending } of running.values()) ending.abort(reason)
    },
  }
}
