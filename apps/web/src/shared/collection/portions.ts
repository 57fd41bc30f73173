import { limits } from "@strudel-agent/contract/limits"
import { pageLeft } from "#shared/ui/leaving.ts"

/** What became of rows that were sent in portions. */
export interface Sent<Row, Answer> {
  /** The answer to each portion that arrived. */
  answers: Answer[]
  done: Row[]
  /** The rows of the portion that failed, and of those that were not sent. */
  rest: Row[]
  /** Why they are not done. */
  error?: unknown
}

/**
 * Sends rows in portions of what one call takes, one after the other until one fails. When the page is left, the others
 * are sent at once: nobody is there to wait.
 */
export async function inPortions<Row, Answer>(
  rows: Row[],
  call: (portion: Row[]) => Promise<Answer>,
): Promise<Sent<Row, Answer>> {
  const sent: Sent<Row, Answer> = { answers: [], done: [], rest: [] }
  const calls: Promise<void>[] = []
  let start = 0
  while (start < rows.length && sent.rest.length === 0) {
    const portion = rows.slice(start, start + limits.bulk)
    const one = call(portion).then(
      (answer) => {
        sent.answers.push(answer)
        sent.done.push(...portion)
      },
      (error: unknown) => {
        sent.rest.push(...portion)
        sent.error ??= error
      },
    )
    calls.push(one)
    start += portion.length
    await Promise.race([one, pageLeft()])
  }
  await Promise.all(calls)
  return { ...sent, rest: [...sent.rest, ...rows.slice(start)] }
}
