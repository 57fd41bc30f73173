import { limits } from "@strudel-agent/api/schema/limits"

/** What became of rows that were sent in portions. */
export interface Sent<T, A> {
  /** The answer to each portion that arrived. */
  answers: A[]
  done: T[]
  /** The rows of the portion that failed and of those behind it. */
  rest: T[]
  /** Why the others were not sent. */
  error?: unknown
}

/** Sends rows in portions of what one call takes; the first that fails is the last. */
export async function inPortions<T, A>(rows: T[], call: (portion: T[]) => Promise<A>): Promise<Sent<T, A>> {
  const answers: A[] = []
  for (let start = 0; start < rows.length; start += limits.bulk) {
    try {
      answers.push(await call(rows.slice(start, start + limits.bulk)))
    } catch (error) {
      return { answers, done: rows.slice(0, start), rest: rows.slice(start), error }
    }
  }
  return { answers, done: rows, rest: [] }
}
