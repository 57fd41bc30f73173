import type { Outputs } from "@strudel-agent/client/client"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"

type Session = Outputs["session"]["byId"]

/** A session after messages were heard, as far as these tell of it. */
export function withSaidCounts(session: Session, said: TranscriptMessage[]): Session {
  const countTo = (message: TranscriptMessage | undefined) => (message?.messageIndex ?? -1) + 1
  const asked = session.answeredBy === "strudel" ? countTo(said.findLast(({ role }) => role === "user")) : 0
  return {
    ...session,
    messageCount: Math.max(session.messageCount, countTo(said.at(-1))),
    askedCount: Math.max(session.askedCount, asked),
  }
}
