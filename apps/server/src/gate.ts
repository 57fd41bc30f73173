export interface GateOptions {
  /** The most that have a place at a time. */
  running: number
  /** The most of them for one host, which may be slow; default: all. */
  perHost?: number
  /** The most that wait for one host. */
  waiting: number
  /** What is said to what is too much. */
  refusal: () => Error
}

interface Host {
  running: number
  waiting: (() => void)[]
}

/**
 * Hands out places for what is asked of hosts. Hosts take turns, and what waits for one has its turn in the order in
 * which it came; what is too much is refused.
 */
export function createGate({ running: most, perHost = most, waiting: room, refusal }: GateOptions) {
  /** In the order of their turns. */
  const hosts = new Map<string, Host>()
  let running = 0

  function admit() {
    while (running < most) {
      const next = [...hosts].find(([, host]) => host.waiting.length > 0 && host.running < perHost)
      if (!next) return
      const [name, host] = next
      hosts.delete(name)
      hosts.set(name, host)
      running++
      host.running++
      host.waiting.shift()?.()
    }
  }

  function leave(name: string, host: Host) {
    running--
    host.running--
    if (host.running === 0 && host.waiting.length === 0) hosts.delete(name)
    admit()
  }

  return {
    /**
     * Resolves, when it is this one's turn, to what gives the place back. Rejects with the signal's reason as soon as it
     * aborts, and then holds no place.
     */
    enter(name: string, signal: AbortSignal): Promise<() => void> {
      if (signal.aborted) return Promise.reject(signal.reason)
      const host = hosts.get(name) ?? { running: 0, waiting: [] }
      hosts.set(name, host)
      return new Promise((resolve, reject) => {
        const begin = () => {
          signal.removeEventListener("abort", giveUp)
          resolve(() => leave(name, host))
        }
        const giveUp = () => {
          host.waiting = host.waiting.filter((each) => each !== begin)
          reject(signal.reason)
        }
        signal.addEventListener("abort", giveUp, { once: true })
        host.waiting.push(begin)
        admit()
        if (host.waiting.length <= room) return
        signal.removeEventListener("abort", giveUp)
        host.waiting.pop()
        reject(refusal())
      })
    },
  }
}

export type Gate = ReturnType<typeof createGate>
