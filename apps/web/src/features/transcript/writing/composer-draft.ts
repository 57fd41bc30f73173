import type { MessageContext } from "@strudel-agent/contract/message"
import { useMemo, useState } from "react"
import { messageDrafts } from "#shared/transcript/message-draft.ts"
import type { WrittenRole } from "#shared/transcript/outbox-store.ts"
import { useFoundDraft, useKeepDraft } from "#shared/versioned-draft/use-kept-draft.ts"

interface Written {
  text: string
  role: WrittenRole
  context?: MessageContext | undefined
}

const nothing: Written = { text: "", role: "user" }

/**
 * What is typed to a session, kept over reloads, crashes and lost connections. Another page of the session finds it as it
 * opens; it is no longer kept once either has sent it, and no page removes what was typed in another.
 */
export function useDraft(sessionId: string) {
  const place = useMemo(() => messageDrafts(sessionId), [sessionId])
  const [found] = useFoundDraft(place)
  const [typed, setTyped] = useState<Written>()
  const { text, role, context } = typed ?? found ?? nothing
  useKeepDraft(place, { unsaved: typed?.text ? typed : undefined, waits: !typed, from: found?.by })
  return {
    text,
    role,
    context,
    /** What is typed; what it is about goes with the last of it. */
    setText: (text: string) => setTyped(text === "" ? { text, role } : { text, role, context }),
    setRole: (role: WrittenRole) => setTyped({ text, role, context }),
  }
}
