import { Worker } from "node:worker_threads"
import type { Asked, Waits } from "./watching.ts"

/**
 * Asks a server for its health and stores messages, one after the other, and keeps the longest waits: in a thread of its
 * own, since whoever sends megabytes is late for every answer.
 */
export function watch(url: string, sessionId: string) {
  const worker = new Worker(new URL("./watching.mjs", import.meta.url), { workerData: { url, sessionId } })
  const failed = new Promise<never>((_, reject) => worker.once("error", reject))

  function ask<Answer>(asked: Asked): Promise<Answer> {
    const answered = new Promise<Answer>((resolve) => worker.once("message", resolve))
    worker.postMessage(asked)
    return Promise.race([answered, failed])
  }

  return {
    /** The longest waits since this was last asked. */
    take: () => ask<Waits>("take"),
    /** Stops and resolves to how many messages were stored; rejects if a request failed. */
    stop: () => ask<number>("stop"),
  }
}
