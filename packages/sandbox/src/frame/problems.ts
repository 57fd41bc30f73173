import { limits } from "../limits.ts"
import type { Problem } from "../protocol.ts"
import type { WorkerPool } from "./worker-pool.ts"

/** A problem as the page takes it: its words are the clip's and may be as long as it likes. */
export const cleanProblem = (problem: Problem): Problem => ({
  ...problem,
  message: problem.message.slice(0, limits.message),
})

/** In words and with a suspect, for code that had to be ended. */
export async function timedOut(pool: WorkerPool, code: string, milliseconds: number): Promise<Problem> {
  const place = await pool
    .checker()
    .ask<"suspect">({ type: "suspect", code })
    .catch(() => null)
  const message = `It did not answer within ${milliseconds / 1000} seconds: does it loop for ever, or play too much?`
  return { stage: "timeout", message, line: place?.line ?? null, column: place?.column ?? null }
}
