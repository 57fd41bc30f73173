import type { ForkOrigin } from "@strudel-agent/contract/session-fork"

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Where a session was forked, as the contract's ForkOrigin reads it, without its library in the browser. */
export function forkOrigin(
  metadata: Record<string, unknown>,
): { sessionId: ForkOrigin["session_id"]; messageIndex: ForkOrigin["message_index"] } | undefined {
  const origin = metadata.forked_from
  if (!isRecord(origin)) return undefined
  const { session_id: sessionId, message_index: messageIndex } = origin
  if (typeof sessionId !== "string" || !uuid.test(sessionId)) return undefined
  if (typeof messageIndex !== "number" || !Number.isInteger(messageIndex)) return undefined
  if (messageIndex < 0 || messageIndex > 2_147_483_647) return undefined
  return { sessionId: sessionId.toLowerCase(), messageIndex }
}
