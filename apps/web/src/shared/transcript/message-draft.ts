import type { MessageContext } from "@strudel-agent/contract/message"
import { draftPlace } from "#shared/versioned-draft/kept-draft.ts"
import { isText } from "#shared/versioned-draft/shape.ts"
import { isMessageContext } from "./message-context.ts"

interface Written {
  text: string
  role: "user" | "note"
  /** What it is about, of a message that is sent again. */
  context?: MessageContext | undefined
}

/** Where the browser keeps what is typed to a session. */
export const messageDrafts = (sessionId: string) =>
  draftPlace<Written>(
    `message:${sessionId}`,
    ({ text, role, context }) =>
      isText(text)
        ? { text, role: role === "note" ? "note" : "user", ...(isMessageContext(context) ? { context } : {}) }
        : undefined,
    { former: `draft ${sessionId}` },
  )

/** Keeps a text as what is typed to a session that nobody has opened yet; false where the browser has no room for it. */
export const keepDraft = (sessionId: string, text: string, context?: MessageContext): boolean =>
  messageDrafts(sessionId).keep({ text, role: "user", ...(context ? { context } : {}) }, "")
