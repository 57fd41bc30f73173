import { createRequire } from "node:module"
import { dirname } from "node:path"
import type { EvaluateOptions } from "../evaluation/evaluate-options.ts"
import type { Answer } from "../result.ts"
import { AnalyserUnavailable, AnalysisSlot } from "./analysis-slot.ts"
import { FairQueue } from "./fair-queue.ts"
import type { Described } from "./protocol.ts"

export { AnalyserUnavailable, type Described }

export interface AnalyserOptions {
  /** Analyses at the same time, each in a thread of its own with up to 64 MB. Default 1. */
  threads?: number
  /** Analyses that may wait for a thread. Default 32. */
  queue?: number
  /** Milliseconds after which one that had to wait has `AnalyserBusy` for an answer. Default: when it is answered. */
  waitLimit?: number
  /** Milliseconds of CPU after which code is stopped from within. Default 2,500. */
  deadline?: number
  /** Milliseconds of CPU after which its thread is ended from outside. Default 3,500. */
  kill?: number
  /** Milliseconds that a thread is kept without work; the next analysis waits for a new one. Default 30,000. */
  idle?: number
  /** Where the package's build lies. Default: its own `dist`. */
  folder?: string
}

export interface AnalyseOptions extends EvaluateOptions {
  /** Gives up waiting; what already runs is left to its deadline. */
  signal?: AbortSignal
  /** Who asks: where many wait, each caller has a fair share. */
  caller?: string
}

export interface Analyser {
  /** What the code plays. Rejects with `AnalyserBusy`, `AnalyserClosed`, `AnalyserUnavailable`, or the signal's reason. */
  analyse(code: string, options?: AnalyseOptions): Promise<Answer>
  /** The same without each event; they are counted and drawn in the thread. */
  describe(code: string, options?: AnalyseOptions): Promise<Described>
  /** Ends every thread; what still waits is rejected with `AnalyserClosed`. */
  close(): Promise<void>
}

/** As many analyses wait as may wait, or this one has waited as long as it may. */
export class AnalyserBusy extends Error {
  override name = "AnalyserBusy"
}

export class AnalyserClosed extends Error {
  override name = "AnalyserClosed"
}

interface Waiting {
  caller: string
  run: (slot: AnalysisSlot) => Promise<void>
  refuse: (reason: unknown) => void
}

/** Analyses other people's code in QuickJS, in worker threads with limits; threads start when they are first needed. */
export function createAnalyser({
  threads = 1,
  queue: room = 32,
  waitLimit,
  deadline = 2_500,
  kill = 3_500,
  idle = 30_000,
  folder = ownBuild(),
}: AnalyserOptions = {}): Analyser {
  const slots: AnalysisSlot[] = []
  const queue = new FairQueue<Waiting>(room)
  let closed = false

  function freeSlot(): AnalysisSlot | null {
    const free = slots.find((slot) => !slot.busy)
    if (free || slots.length >= threads) return free ?? null
    const slot = new AnalysisSlot({ folder, deadline, kill, idle })
    slots.push(slot)
    return slot
  }

  function begin(asked: Waiting, slot: AnalysisSlot) {
    queue.begin(asked)
    void asked.run(slot).then(() => {
      queue.end(asked)
      next()
    })
  }

  function next() {
    const slot = queue.size > 0 && !closed ? freeSlot() : null
    const asked = slot && queue.next()
    if (!slot || !asked) return
    begin(asked, slot)
    next()
  }

  function ask<Result>(
    work: (slot: AnalysisSlot) => Promise<Result>,
    { signal, caller = "" }: AnalyseOptions,
  ): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      if (closed) return reject(closedError())
      if (signal?.aborted) return reject(signal.reason)
      let timer: NodeJS.Timeout | undefined
      const giveUp = () => asked.refuse(signal?.reason)
      const settle = (act: () => void) => {
        clearTimeout(timer)
        signal?.removeEventListener("abort", giveUp)
        act()
      }
      const asked: Waiting = {
        caller,
        run: (slot) =>
          work(slot).then(
            (result) => settle(() => resolve(result)),
            (error: unknown) => settle(() => reject(closed ? closedError() : error)),
          ),
        refuse(reason) {
          queue.remove(asked)
          settle(() => reject(reason))
        },
      }
      signal?.addEventListener("abort", giveUp, { once: true })
      const slot = queue.size === 0 ? freeSlot() : null
      if (slot) return begin(asked, slot)
      if (waitLimit !== undefined)
        timer = setTimeout(() => asked.refuse(new AnalyserBusy("It waited too long")), waitLimit)
      queue.add(asked)?.refuse(new AnalyserBusy("Too many analyses are waiting"))
    })
  }

  return {
    analyse: (code, { signal, caller, ...options } = {}) => ask((slot) => slot.run(code, options), { signal, caller }),
    describe: (code, { signal, caller, ...options } = {}) =>
      ask((slot) => slot.describe(code, options), { signal, caller }),
    async close() {
      closed = true
      for (const asked of queue.clear()) asked.refuse(closedError())
      await Promise.all(slots.map((slot) => slot.close()))
    },
  }
}

const closedError = () => new AnalyserClosed("The analyser was closed")

/** Also found from a bundle, as long as this package is a dependency of what is bundled. */
function ownBuild(): string {
  return dirname(createRequire(import.meta.url).resolve("@strudel-agent/strudel/engine"))
}
