import script from "inline:worker"
import type { Ask } from "../../worker/asks.ts"
import { ClipGone, type Gone, type Parsed, parseAnswer, WorkerMessage } from "./answers.ts"

/** Milliseconds until a worker has to begin with what it is asked, and for most asks until it has to answer. */
const usual = 1_200

/** Milliseconds until an answer is given up, and the worker ended. */
export function deadlineOf(ask: Ask): number {
  if (ask.type !== "analyse") return usual
  // A song of many clips and cycles is a lot to read for a slow machine.
  return Math.min(10_000, 1_400 + 25 * ask.cycles + 50 * ask.sources.length)
}

interface Pending {
  ask: Ask
  begun: boolean
  take(answer: unknown): void
  fail(error: Error): void
}

let address: string | undefined

/**
 * A worker that runs clip code: hostile by assumption. It is asked one thing after the other and has to answer in that
 * order; whoever does not answer in time, or says something else, is ended, and every open ask rejects with `ClipGone`.
 */
export class ClipWorker {
  readonly ready: Promise<void>
  #worker: Worker
  #pending: Pending[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #ended = false
  /** Whether it has answered: code of before may then keep it from what comes. */
  #used = false
  #begin: () => void = () => {}

  constructor() {
    address ??= URL.createObjectURL(new Blob([script], { type: "text/javascript" }))
    this.#worker = new Worker(address)
    this.ready = new Promise((resolve) => {
      this.#begin = resolve
    })
    this.#worker.onmessage = ({ data }: MessageEvent<unknown>) => this.#hear(data)
    this.#worker.onerror = (event) => {
      event.preventDefault()
      // What a clip's own timers throw concerns nobody; a worker that never began does.
    }
  }

  get ended(): boolean {
    return this.#ended
  }

  /** Rejects with `ClipGone` where the worker is ended before it answers. */
  ask<Type extends Ask["type"]>(ask: Extract<Ask, { type: Type }>): Promise<Parsed<Type>> {
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(new ClipGone(ask, "ended"))
      const take = (answer: unknown) => {
        const parsed = parseAnswer<Type>(ask.type, answer)
        if (parsed === undefined) return this.#end("forged")
        resolve(parsed)
      }
      this.#pending.push({ ask, begun: false, take, fail: reject })
      this.#worker.postMessage(ask)
      if (this.#pending.length === 1) this.#watch()
    })
  }

  waitsFor(isMeant: (ask: Ask) => boolean): boolean {
    return this.#pending.some(({ ask }) => isMeant(ask))
  }

  end(): void {
    this.#end("ended")
  }

  #watch() {
    clearTimeout(this.#timer)
    const head = this.#pending[0]
    if (!head) return
    const begins = head.begun || !this.#used
    this.#timer = setTimeout(() => this.#end(begins ? "late" : "busy"), begins ? deadlineOf(head.ask) : usual)
  }

  #hear(data: unknown) {
    const message = WorkerMessage.safeParse(data)
    if (!message.success) return this.#end("forged")
    if ("ready" in message.data) return this.#begin()
    const head = this.#pending[0]
    if (!head) return this.#end("forged")
    if ("begun" in message.data) {
      head.begun = true
      return this.#watch()
    }
    if ("failure" in message.data) return this.#end("forged")
    head.take(message.data.answer)
    if (this.#ended) return
    this.#used = true
    this.#pending.shift()
    this.#watch()
  }

  #end(why: Gone) {
    if (this.#ended) return
    this.#ended = true
    clearTimeout(this.#timer)
    this.#worker.terminate()
    const [head, ...others] = this.#pending.splice(0)
    head?.fail(new ClipGone(head.ask, why))
    for (const { ask, fail } of others) fail(new ClipGone(ask, "ended"))
  }
}
