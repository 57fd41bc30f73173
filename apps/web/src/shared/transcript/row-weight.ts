import { codeChangesOf } from "@strudel-agent/contract/message/code"
import { markdownLimits } from "#shared/markdown/markdown-budget.ts"
import type { TranscriptMessage } from "./transcript-message.ts"

/**
 * Characters of messages that are drawn as soon as they are loaded, together. What is beyond is drawn when it comes near,
 * so that a page of large messages neither holds up the server that makes it nor the browser that shows it.
 */
const mostAtOnce = 100_000

/** A message of so little weight is drawn in any case. */
const little = 1000

/** What a row, a change of code and a line of that weigh, in characters of markdown. */
const weights = { row: 100, change: 400, line: 20 }

function linesOf(text: string): number {
  let lines = 1
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines++
  return lines
}

/** How much there is to draw of a message, in characters of markdown. */
export function weightOf({ content, codeChanges }: TranscriptMessage): number {
  const changes = codeChangesOf(codeChanges).map(({ before, after }) => {
    const codes = [before ?? "", after ?? ""]
    return codes.reduce((sum, code) => sum + code.length + weights.line * linesOf(code), weights.change)
  })
  return changes.reduce(
    (sum, weight) => sum + weight,
    weights.row + Math.min(content.length, markdownLimits.characters),
  )
}

/** Which of the messages that were just loaded are drawn only when they come near; the first one never is. */
export function laterOf(messages: TranscriptMessage[]): number[] {
  let sum = 0
  return messages.flatMap((message, place) => {
    const weight = weightOf(message)
    if (place > 0 && weight > little && sum + weight > mostAtOnce) return message.messageIndex
    sum += weight
    return []
  })
}
