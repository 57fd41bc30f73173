import type { Outputs } from "@strudel-agent/client/client"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"

type Session = Outputs["session"]["byId"]

/** A session after messages were heard, as far as these tell of it. */
export function withCounts(session: Session, arrived: TranscriptMessage[]): Session {
  const countTo = (message: TranscriptMessage | undefined) => (message?.messageIndex ?? -1) + 1
  const asked = session.answeredBy === "strudel" ? countTo(arrived.findLast(({ role }) => role === "user")) : 0
  return {
    ...session,
    messageCount: Math.max(session.messageCount, countTo(arrived.at(-1))),
    askedCount: Math.max(session.askedCount, asked),
  }
}
