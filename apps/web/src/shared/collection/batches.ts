import { limits } from "@strudel-agent/contract/limits"
import { pageLeft } from "#shared/ui/leaving.ts"

/** What became of rows that were sent in batches. */
export interface Sent<Row, Answer> {
  /** The answer to each batch that arrived. */
  answers: Answer[]
  done: Row[]
  /** The rows of the batch that failed, and of those that were not sent. */
  rest: Row[]
  /** Why they are not done. */
  error?: unknown
}

/**
 * Sends rows in batches of what one call takes, one after the other until one fails. When the page is left, the others
 * are sent at once: nobody is there to wait.
 */
export async function inBatches<Row, Answer>(
  rows: Row[],
  call: (batch: Row[]) => Promise<Answer>,
  left = pageLeft,
): Promise<Sent<Row, Answer>> {
  const sent: Sent<Row, Answer> = { answers: [], done: [], rest: [] }
  const calls: Promise<void>[] = []
  let start = 0
  while (start < rows.length && sent.rest.length === 0) {
    const batch = rows.slice(start, start + limits.bulk)
    const one = call(batch).then(
      (answer) => {
        sent.answers.push(answer)
        sent.done.push(...batch)
      },
      (error: unknown) => {
        sent.rest.push(...batch)
        sent.error ??= error
      },
    )
    calls.push(one)
    start += batch.length
    await Promise.race([one, left()])
  }
  await Promise.all(calls)
  return { ...sent, rest: [...sent.rest, ...rows.slice(start)] }
}
