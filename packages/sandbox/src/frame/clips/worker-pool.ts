import { ClipWorker } from "./clip-worker.ts"

/** Workers that wait with the engine loaded, since to load it takes longer than a player may be silent. */
export class WorkerPool {
  #spare: ClipWorker | null = null
  #checker: ClipWorker | null = null

  warm(): void {
    if (!this.#spare || this.#spare.ended) this.#spare = new ClipWorker()
  }

  /** A worker in which no code has run. */
  take(): ClipWorker {
    this.warm()
    const worker = this.#spare ?? new ClipWorker()
    this.#spare = null
    // The one that was taken has its own work to do first.
    worker.ready.then(() => setTimeout(() => this.warm(), 50)).catch(() => {})
    return worker
  }

  /** The worker that looks at code which is not played. */
  checker(): ClipWorker {
    if (!this.#checker || this.#checker.ended) this.#checker = this.take()
    return this.#checker
  }
}
