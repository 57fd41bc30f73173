import type { MessageContext } from "@strudel-agent/contract/message"
import type { Run, RunState } from "@strudel-agent/contract/run"
import { hasEnded } from "@strudel-agent/contract/run/fold"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"

type Ended = Exclude<RunState, "queued" | "running" | "finished">

/** The run of this installation's agent that wrote a message; undefined for what anybody else wrote. */
export function runOfMessage(context: MessageContext | undefined): number | undefined {
  const run = context?.run
  return typeof run === "number" && Number.isInteger(run) && run > 0 ? run : undefined
}

/** Why a message ends before what it was to say did. */
export function earlyEndOf(context: MessageContext | undefined): Ended | undefined {
  const ended = context?.ended
  return ended === "stopped" || ended === "interrupted" || ended === "failed" ? ended : undefined
}

/** Whether a message is the answer of a run; a fork has messages that tell of runs of another session. */
export const isAnswerOf = ({ messageIndex: stored, askedIndex }: Run, messageIndex: number): boolean =>
  stored === null ? askedIndex < messageIndex : stored === messageIndex

/**
 * Whether the last run stands at the end of the messages that are loaded: while it is open, until its message is among
 * them, and where it ended without one, until somebody writes again.
 */
export function standsAtEnd(run: Run, messages: TranscriptMessage[], onlyChanged: boolean): boolean {
  // The message may come before it is told that the run has ended.
  const isStored = messages.some(
    ({ context, messageIndex }) => runOfMessage(context) === run.number && isAnswerOf(run, messageIndex),
  )
  if (isStored) return false
  if (!hasEnded(run.state)) return true
  if (run.messageIndex !== null) return !onlyChanged && (messages.at(-1)?.messageIndex ?? -1) < run.messageIndex
  if (run.state === "finished") return false
  return !messages.some(({ messageIndex, role }) => messageIndex > run.askedIndex && role === "user")
}
