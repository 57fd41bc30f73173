import { createRequire } from "node:module"
import { dirname } from "node:path"
import type { EvaluateOptions } from "../evaluate-options.ts"
import type { Answer } from "../result.ts"
import { AnalyserUnavailable, AnalysisSlot, type Job } from "./analysis-slot.ts"
import type { Described } from "./protocol.ts"

export { AnalyserUnavailable, type Described }

export interface AnalyserOptions {
  /** Analyses at the same time, each in a thread of its own with up to 64 MB. Default 1. */
  threads?: number
  /** Analyses that may wait for a thread. Default 32. */
  queue?: number
  /** Milliseconds until code is stopped from within. Default 2,500. */
  deadline?: number
  /** Milliseconds until its thread is ended from outside. Default 3,500. */
  kill?: number
  /** Where the package's build lies. Default: its own `dist`. */
  folder?: string
}

export interface AnalyseOptions extends EvaluateOptions {
  /** Gives up waiting; what already runs is left to its deadline. */
  signal?: AbortSignal
}

export interface Analyser {
  /** What the code plays. Rejects with `AnalyserBusy`, `AnalyserClosed`, `AnalyserUnavailable`, or the signal's reason. */
  analyse(code: string, options?: AnalyseOptions): Promise<Answer>
  /** The same without each event; they are counted and drawn in the thread. */
  describe(code: string, options?: AnalyseOptions): Promise<Described>
  /** Ends every thread; what still waits is rejected with `AnalyserClosed`. */
  close(): Promise<void>
}

/** As many analyses wait as may wait. */
export class AnalyserBusy extends Error {
  override name = "AnalyserBusy"
}

export class AnalyserClosed extends Error {
  override name = "AnalyserClosed"
}

interface Waiting {
  job: Job
  resolve: (json: string) => void
  reject: (reason: unknown) => void
}

/** Analyses other people's code in QuickJS, in worker threads with limits; threads start when they are first needed. */
export function createAnalyser({
  threads = 1,
  queue = 32,
  deadline = 2_500,
  kill = 3_500,
  folder = ownBuild(),
}: AnalyserOptions = {}): Analyser {
  const slots: AnalysisSlot[] = []
  const waiting: Waiting[] = []
  let closed = false

  function freeSlot(): AnalysisSlot | null {
    const free = slots.find((slot) => !slot.busy)
    if (free || slots.length >= threads) return free ?? null
    const slot = new AnalysisSlot({ folder, deadline, kill })
    slots.push(slot)
    return slot
  }

  function next() {
    const slot = waiting.length > 0 && !closed ? freeSlot() : null
    const first = slot && waiting.shift()
    if (!slot || !first) return
    const done = slot.run(first.job).then(first.resolve, (error: unknown) => {
      first.reject(closed ? new AnalyserClosed("The analyser was closed") : error)
    })
    void done.then(next)
    next()
  }

  function run(job: Job, signal?: AbortSignal): Promise<string> {
    return new Promise<string>((resolve, reject) => {
      if (closed) return reject(new AnalyserClosed("The analyser was closed"))
      if (signal?.aborted) return reject(signal.reason)
      const mustWait = waiting.length > 0 || freeSlot() === null
      if (mustWait && waiting.length >= queue) return reject(new AnalyserBusy("Too many analyses are waiting"))
      const own: Waiting = { job, resolve: settle(resolve), reject: settle(reject) }
      function giveUp() {
        const index = waiting.indexOf(own)
        if (index >= 0) waiting.splice(index, 1)
        reject(signal?.reason)
      }
      function settle<Value>(act: (value: Value) => void) {
        return (value: Value) => {
          signal?.removeEventListener("abort", giveUp)
          act(value)
        }
      }
      signal?.addEventListener("abort", giveUp, { once: true })
      waiting.push(own)
      next()
    })
  }

  return {
    async analyse(code, { signal, ...options } = {}) {
      const answer: Answer = JSON.parse(await run({ code, options, describe: false }, signal))
      return answer
    },
    async describe(code, { signal, ...options } = {}) {
      const described: Described = JSON.parse(await run({ code, options, describe: true }, signal))
      return described
    },
    async close() {
      closed = true
      for (const job of waiting.splice(0)) job.reject(new AnalyserClosed("The analyser was closed"))
      await Promise.all(slots.map((slot) => slot.close()))
    },
  }
}

/** Also found from a bundle, as long as this package is a dependency of what is bundled. */
function ownBuild(): string {
  return dirname(createRequire(import.meta.url).resolve("@strudel-agent/strudel/engine"))
}
