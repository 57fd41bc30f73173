import { weightOf } from "#shared/transcript/row-weight.ts"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"

/** What is drawn at a time, in characters of markdown. */
const mostAtOnce = 24_000

/** Messages in pieces of which each is drawn in a moment: few large ones, or many small ones. */
export function printSlices(messages: TranscriptMessage[]): TranscriptMessage[][] {
  const slices: TranscriptMessage[][] = []
  let sum = Number.POSITIVE_INFINITY
  for (const message of messages) {
    sum += weightOf(message)
    if (sum <= mostAtOnce) slices.at(-1)?.push(message)
    else {
      slices.push([message])
      sum = weightOf(message)
    }
  }
  return slices
}
