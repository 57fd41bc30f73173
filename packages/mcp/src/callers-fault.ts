import { ProtocolError, ProtocolErrorCode } from "@modelcontextprotocol/server"
import { reasonOf } from "@strudel-agent/client/reason"
import { reasons } from "@strudel-agent/contract/reason"
import { adviceOf, ToolProblem } from "@strudel-agent/tools/advice"

/** Whether an error says that what was asked for is not there, or cannot be. */
export function isCallersFault(error: unknown): boolean {
  if (error instanceof ToolProblem) return true
  const reason = reasonOf(error)
  if (reason === undefined || reason === "UNREACHABLE") return false
  const { code } = reasons[reason]
  return code === "NOT_FOUND" || code === "BAD_REQUEST"
}

/** Does what was asked for; where the caller can mend why it fails, that is told as wrong parameters, with advice. */
export async function withAdvice<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    const advice = adviceOf(error)
    if (advice === undefined) throw error
    throw isCallersFault(error)
      ? new ProtocolError(ProtocolErrorCode.InvalidParams, advice)
      : new Error(advice, { cause: error })
  }
}
