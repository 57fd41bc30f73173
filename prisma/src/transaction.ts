import type { Database, Db } from "./client.ts"
import { isBrokenReference, isConflict } from "./errors.ts"

const tries = 5
const longestPause = 40

const pause = () => new Promise((resolve) => setTimeout(resolve, Math.random() * longestPause))

/** What another transaction may have caused: a deadlock, or a row that came or went after it was looked for. */
const mayPass = (error: unknown): boolean => isConflict(error) || isBrokenReference(error)

/**
 * Runs work in a transaction, up to five times where another one stood in its way; `passing` says what else is worth
 * another try. Rejects with the last error.
 */
export async function inTransaction<T>(
  db: Database["db"],
  work: (tx: Db) => Promise<T>,
  passing: (error: unknown) => boolean = mayPass,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(work)
    } catch (error) {
      if (attempt >= tries || !(passing(error) || mayPass(error))) throw error
      await pause()
    }
  }
}
