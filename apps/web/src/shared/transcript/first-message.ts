import type { Inputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { isPassing } from "#shared/versioned-draft/use-save-again.ts"
import { wordsOf } from "#shared/words/reasons.ts"
import { keepDraft } from "./message-draft.ts"
import { keepOutbox, readOutbox } from "./outbox-store.ts"

/**
 * Sends the first message of a session that nobody has opened yet. One that may be stored though no answer came goes to
 * the session's outbox, which sends it again under the same id; one that was refused is typed into the session's field.
 * Brings what there is to say of it, undefined where nothing is.
 */
export async function sendFirst(
  append: (input: Inputs["message"]["append"]) => Promise<unknown>,
  sessionId: string,
  { clientId, content }: { clientId: string; content: string },
): Promise<string | undefined> {
  try {
    await append({ sessionId, messages: [{ role: "user", content, clientId }] })
    return undefined
  } catch (error) {
    const reason = reasonOf(error)
    const failure = wordsOf(reason ?? "INTERNAL")
    if (reason === undefined || isPassing(reason)) {
      keepOutbox(sessionId, [], [{ clientId, role: "user", content, at: Date.now(), failure, unsure: true }])
      if (readOutbox(sessionId).some((item) => item.clientId === clientId)) return undefined
      return `The first message may not have been sent. ${failure}`
    }
    const isKept = keepDraft(sessionId, content)
    return `The first message was not sent. ${failure}${isKept ? " It is in the field below." : ""}`
  }
}
