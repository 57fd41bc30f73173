import { join } from "node:path"
import { Worker } from "node:worker_threads"
import type { EvaluateOptions } from "../evaluation/evaluate-options.ts"
import type { Answer, Failed } from "../result.ts"
import { type CpuClock, clockOf } from "./cpu-clock.ts"
import { seconds } from "./duration.ts"
import type { Described, Reply, Request } from "./protocol.ts"

interface SlotOptions {
  folder: string
  deadline: number
  kill: number
  /** Milliseconds without an analysis after which the thread ends. */
  idle: number
}

interface Thread {
  worker: Worker
  /** Resolves to the clock of its CPU, null where no system counts that; rejects where it does not start. */
  ready: Promise<CpuClock | null>
}

/** How many times as long as its CPU may take a thread may take on a machine that has none for it. */
const longestWait = 20

/** No thread starts, whatever the code. */
export class AnalyserUnavailable extends Error {
  override name = "AnalyserUnavailable"

  constructor(cause: unknown) {
    super(`The analysis thread does not start: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** A place for one analysis at a time; its thread is replaced when it had to be ended. */
export class AnalysisSlot {
  busy = false
  readonly #options: SlotOptions
  #thread: Thread | null = null
  #idling: NodeJS.Timeout | undefined
  #lastId = 0

  constructor(options: SlotOptions) {
    this.#options = options
  }

  /**
   * Rejects if the thread ends by itself, with `AnalyserUnavailable` if it cannot start; code that breaks its thread or
   * fills its memory has an answer like any other.
   */
  async run(code: string, options: EvaluateOptions): Promise<Answer> {
    const answer: Answer = JSON.parse(await this.#tell({ code, options, describe: false }))
    return answer
  }

  /** As `run`, but the events are counted and drawn in the thread. */
  async describe(code: string, options: EvaluateOptions): Promise<Described> {
    const described: Described = JSON.parse(await this.#tell({ code, options, describe: true }))
    return described
  }

  async close(): Promise<void> {
    clearTimeout(this.#idling)
    const thread = this.#thread
    this.#thread = null
    await thread?.worker.terminate()
  }

  /** The answer as JSON. */
  async #tell(job: Omit<Request, "id" | "deadline">): Promise<string> {
    this.busy = true
    clearTimeout(this.#idling)
    try {
      const thread = this.#thread ?? this.#start()
      thread.worker.ref()
      const cpu = await thread.ready.catch((cause: unknown) => {
        throw new AnalyserUnavailable(cause)
      })
      const request = { ...job, id: ++this.#lastId, deadline: this.#options.deadline }
      return await this.#ask(thread.worker, { request, cpu })
    } catch (error) {
      await this.close()
      throw error
    } finally {
      this.#thread?.worker.unref()
      this.#idling = setTimeout(() => void this.close(), this.#options.idle).unref()
      this.busy = false
    }
  }

  #start(): Thread {
    const thread = startThread(this.#options.folder)
    this.#thread = thread
    // Without a listener, an error between two analyses would end this process.
    const forget = () => {
      if (this.#thread === thread) this.#thread = null
    }
    thread.worker.on("error", forget).on("exit", forget)
    return thread
  }

  #ask(worker: Worker, { request, cpu }: { request: Request; cpu: CpuClock | null }): Promise<string> {
    return new Promise<string>((resolve, reject) => {
      const end = (settle: () => void) => {
        stopWatching()
        worker.off("message", hear).off("error", fail).off("exit", leave)
        settle()
      }
      const replace = (answer: Failed) =>
        end(() => {
          this.close().then(() => resolve(JSON.stringify(answer)), reject)
        })
      const hear = (reply: Reply) => {
        if (reply.type === "ready" || reply.id !== request.id) return
        if (reply.type === "broken") return replace(stopped("run", "It broke the machine it ran in"))
        end(() => resolve(reply.json))
      }
      const fail = (error: NodeJS.ErrnoException) =>
        error.code === "ERR_WORKER_OUT_OF_MEMORY" ? replace(stopped("run", "Out of memory")) : end(() => reject(error))
      const leave = () => end(() => reject(new Error("The analysis thread ended")))
      const stopWatching = whenUsed(this.#options.kill, cpu, () => replace(stopped("timeout", this.#wordsOfKill())))
      worker.on("message", hear).on("error", fail).on("exit", leave)
      worker.postMessage(request)
    })
  }

  #wordsOfKill() {
    return `It takes more than ${seconds(this.#options.kill)} of computing, and had to be ended`
  }
}

/**
 * Calls back once a thread has used so many milliseconds of CPU from here on, or, where nobody counts them, once they have
 * passed; returns a function that calls it off.
 */
function whenUsed(milliseconds: number, cpu: CpuClock | null, callback: () => void): () => void {
  const begun = { cpu: cpu?.() ?? 0, time: performance.now() }
  let timer = setTimeout(look, milliseconds)
  function look() {
    const passed = performance.now() - begun.time
    const left = milliseconds - (cpu ? cpu() - begun.cpu : passed)
    if (left <= 0 || passed >= milliseconds * longestWait) callback()
    else timer = setTimeout(look, left)
  }
  return () => clearTimeout(timer)
}

function stopped(stage: "run" | "timeout", message: string): Failed {
  return { ok: false, error: { stage, message, line: null, column: null }, warnings: [] }
}

/** A thread without the environment, the arguments and the standard input of this process. */
function startThread(folder: string): Thread {
  const worker = new Worker(join(folder, "analysis-thread.js"), {
    env: {},
    argv: [],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 8, stackSizeMb: 4 },
  })
  const ready = new Promise<CpuClock | null>((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off("message", hear).off("error", reject).off("exit", leave)
      act()
    }
    const hear = (reply: Reply) => {
      if (reply.type === "ready") settle(() => resolve(clockOf(reply.thread)))
    }
    const leave = () => reject(new Error("The analysis thread ended before it was ready"))
    worker.on("message", hear).on("error", reject).on("exit", leave)
  })
  return { worker, ready }
}
