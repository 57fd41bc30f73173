import { z } from "zod"
import { SessionKey } from "../session.ts"
import { Name, Slug, Uuid, wholeNumber } from "../text.ts"

const MessageIndex = wholeNumber(0)

export const SessionFork = SessionKey.extend({
  /** The last message that is taken along. */
  messageIndex: MessageIndex,
  /** The id of the session that is made; the server chooses one unless given. */
  newId: Uuid.optional(),
  /** What it is called; after the forked one unless given. */
  name: Name.optional(),
})
export type SessionFork = z.infer<typeof SessionFork>

/** A moment of a session: right after one of its messages. */
export const SessionMoment = SessionKey.extend({ messageIndex: MessageIndex })
export type SessionMoment = z.infer<typeof SessionMoment>

/** A clip as a session had left it at a moment. */
export const ClipAt = z.object({
  projectId: Slug,
  clipId: Slug,
  name: z.string(),
  version: z.number().int(),
  /** The message that the version came from. */
  sessionId: Uuid,
  messageIndex: z.number().int(),
  /** The version that the clip has today; null where it is gone. */
  currentVersion: z.number().int().nullable(),
})
export type ClipAt = z.infer<typeof ClipAt>

/** Code as a session had left it at a moment, that no clip of the library has. */
export const CodeAt = z.object({
  /** The message that bears it. */
  messageIndex: z.number().int(),
  source: z.enum(["change", "context", "block"]),
  code: z.string(),
  /** The clip that the message says it is of. */
  clip: z.object({ projectId: Slug, clipId: Slug }).nullable(),
})
export type CodeAt = z.infer<typeof CodeAt>

/** The clips as a session had left them at a moment, and code of it beside them. */
export const CodeOfMoment = z.object({ clips: z.array(ClipAt), codes: z.array(CodeAt) })

/** The first message of a session that left code; null where none did. */
export const FirstCode = z.object({ messageIndex: z.number().int().nullable() })

/** Where a forked session came from, as its metadata say under `forked_from`. */
export const ForkOrigin = z.object({ session_id: Uuid, message_index: MessageIndex })
export type ForkOrigin = z.infer<typeof ForkOrigin>
