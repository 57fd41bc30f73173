import { ToolProblem } from "./advice.ts"
import type { ToolContext } from "./tool.ts"

interface Origin {
  session_id?: string | undefined
  message_index?: number | undefined
}

/**
 * Where a version comes from, as the contract has it; none without a session. Throws where there is no such session or
 * message, which nobody could look up later.
 */
export async function originOf(
  { session_id: sessionId, message_index: messageIndex }: Origin,
  { client, signal }: ToolContext,
) {
  if (sessionId === undefined) {
    if (messageIndex !== undefined) throw new ToolProblem("message_index: needs the session_id that it is of.")
    return undefined
  }
  const { messageCount } = await client.session.byId.query({ id: sessionId }, { signal })
  if (messageIndex === undefined) return { sessionId }
  if (messageIndex >= messageCount) {
    throw new ToolProblem(
      `message_index: the session has ${messageCount} messages, counted from 0; append_messages tells their indexes.`,
    )
  }
  return { sessionId, messageIndex }
}
