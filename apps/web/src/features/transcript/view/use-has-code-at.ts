import { codesOfMessage } from "@strudel-agent/contract/message/code"
import { api } from "#shared/api/trpc.ts"
import type { TranscriptMessage } from "#shared/transcript/transcript-message.ts"

const leavesCode = (message: TranscriptMessage): boolean =>
  codesOfMessage(message).some(({ source, isLeft, code }) => source === "change" && isLeft && code.trim() !== "")

/**
 * Tells whether a session had code after one of its messages: a clip that it wrote up to there, code that a message left,
 * or code that this one bears.
 */
export function useHasCodeAt(sessionId: string, loaded: readonly TranscriptMessage[] = []): (index: number) => boolean {
  const { data } = api.session.firstCode.useQuery({ id: sessionId })
  return (index) => {
    const first = data?.messageIndex ?? loaded.find(leavesCode)?.messageIndex ?? Number.POSITIVE_INFINITY
    const message = loaded.find(({ messageIndex }) => messageIndex === index)
    return index >= first || (message !== undefined && codesOfMessage(message).length > 0)
  }
}
