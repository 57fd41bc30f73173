import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { Worker } from "node:worker_threads"
import type { EvaluateOptions } from "../evaluation/evaluate-options.ts"
import type { Answer } from "../result.ts"

const script = `
const { readFileSync } = require("node:fs")
const { parentPort, workerData } = require("node:worker_threads")
parentPort.on("message", async ({ code, options }) => {
  if (!globalThis.strudelEngine) {
    await import(workerData.engine)
    await strudelEngine.evaluate("silence", { tunings: JSON.parse(readFileSync(workerData.tunings, "utf8")) })
  }
  const begun = performance.now()
  const answer = await strudelEngine.evaluate(code, options)
  parentPort.postMessage({ answer, ms: performance.now() - begun })
})
`

export interface Timed {
  answer: Answer
  ms: number
}

/** The built engine in a worker, as a page has it: what it answers has passed through `postMessage`. */
export function openEngineWorker(folder: string) {
  const workerData = { engine: pathToFileURL(join(folder, "engine.js")).href, tunings: join(folder, "tunings.json") }
  const worker = new Worker(script, { eval: true, workerData, execArgv: [] })
  return {
    evaluate: (code: string, options: EvaluateOptions = {}) =>
      new Promise<Timed>((resolve, reject) => {
        const settle = (act: () => void) => {
          worker.off("message", hear).off("error", fail)
          act()
        }
        const hear = (timed: Timed) => settle(() => resolve(timed))
        const fail = (error: Error) => settle(() => reject(error))
        worker.on("message", hear).on("error", fail)
        worker.postMessage({ code, options })
      }),
    close: () => worker.terminate(),
  }
}
