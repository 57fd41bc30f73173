import type { Problem } from "../../protocol.ts"
import type { Ask } from "../../worker/asks.ts"
import { deadlineOf } from "./clip-worker.ts"
import type { WorkerPool } from "./worker-pool.ts"

/** In words and with a suspect, for code that had to be ended. */
export async function timedOut(pool: WorkerPool, code: string, ask: Ask): Promise<Problem> {
  const place = await pool
    .checker()
    .ask<"suspect">({ type: "suspect", code })
    .catch(() => null)
  const message = `It did not answer within ${deadlineOf(ask) / 1000} seconds: does it loop for ever, or play too much?`
  return { stage: "timeout", message, line: place?.line ?? null, column: place?.column ?? null }
}
