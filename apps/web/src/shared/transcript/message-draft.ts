import { draftPlace } from "#shared/versioned-draft/kept-draft.ts"
import { isText } from "#shared/versioned-draft/shape.ts"

interface Written {
  text: string
  role: "user" | "note"
}

/** Where the browser keeps what is typed to a session. */
export const messageDrafts = (sessionId: string) =>
  draftPlace<Written>(
    `message:${sessionId}`,
    ({ text, role }) => (isText(text) ? { text, role: role === "note" ? "note" : "user" } : undefined),
    { former: `draft ${sessionId}` },
  )

/** Keeps a text as what is typed to a session that nobody has opened yet; false where the browser has no room for it. */
export const keepDraft = (sessionId: string, text: string): boolean =>
  messageDrafts(sessionId).keep({ text, role: "user" }, "")
