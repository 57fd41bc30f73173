/** Milliseconds between two ticks. */
const interval = 33

/** Ticks from a worker, since a page's own timers are slowed down to one a second in a tab that is not seen. */
export class Clock {
  #worker: Worker | null = null
  #tick: () => void

  constructor(tick: () => void) {
    this.#tick = tick
  }

  start(): void {
    if (this.#worker) return
    const script = `setInterval(() => postMessage(0), ${interval})`
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }))
    this.#worker = new Worker(address)
    this.#worker.onmessage = () => this.#tick()
    URL.revokeObjectURL(address)
  }

  stop(): void {
    this.#worker?.terminate()
    this.#worker = null
  }
}
