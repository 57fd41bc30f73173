import { isRecord } from "@strudel-agent/contract/is-record"
import { uuidPattern } from "@strudel-agent/contract/item"
import type { ForkOrigin } from "@strudel-agent/contract/session/fork"

/** Where a session was forked, as the contract's ForkOrigin reads it, without its library in the browser. */
export function forkOrigin(
  metadata: Record<string, unknown>,
): { sessionId: ForkOrigin["session_id"]; messageIndex: ForkOrigin["message_index"] } | undefined {
  const origin = metadata.forked_from
  if (!isRecord(origin)) return undefined
  const { session_id: sessionId, message_index: messageIndex } = origin
  if (typeof sessionId !== "string" || !uuidPattern.test(sessionId)) return undefined
  if (typeof messageIndex !== "number" || !Number.isInteger(messageIndex)) return undefined
  if (messageIndex < 0 || messageIndex > 2_147_483_647) return undefined
  return { sessionId: sessionId.toLowerCase(), messageIndex }
}
