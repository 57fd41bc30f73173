import { removalKinds } from "@strudel-agent/database/kinds"
import { z } from "zod"
import { limits } from "./limits.ts"
import { parsePosition } from "./live-position.ts"
import { Message } from "./message.ts"
import { Run, RunEvent } from "./run.ts"
import { Uuid } from "./text.ts"

/** The last message that a reader has; -1 is none. */
const LastIndex = z.number().int().min(-1, "at least -1").max(2_147_483_647, "at most 2,147,483,647")

export const LiveWatch = z
  .object({
    /** Sessions whose messages are wanted, each from the one after `after` on. */
    sessions: z
      .array(z.object({ sessionId: Uuid, after: LastIndex }))
      .max(limits.streamSessions, `at most ${limits.streamSessions} sessions`)
      .refine(
        (sessions) => new Set(sessions.map(({ sessionId }) => sessionId)).size === sessions.length,
        "names a session twice",
      )
      .default([]),
    /** Whether to tell what changed in lists: sessions, clips, songs, playlists and projects. */
    library: z.boolean().default(false),
    /** Whether to tell what the agent writes in these sessions while it does. */
    runs: z.boolean().default(false),
    /** Whether a page reads it, which shows messages to a person and answers none: pages are not counted as listeners. */
    page: z.boolean().default(false),
    /**
     * Milliseconds before its beginning from which on a feed without a position tells what changed: the age of what the
     * reader shows. Of a minute it says to read everything again.
     */
    lookBack: z.number().int().min(0, "at least 0").max(60_000, "at most 60,000").default(0),
    /** The id of the last event that the reader got. What it says counts before each session's `after`. */
    lastEventId: z
      .string()
      .max(2000, "at most 2000 characters")
      .refine((id) => parsePosition(id) !== undefined, "is not the id of an event")
      .optional(),
  })
  .refine(({ sessions, library }) => library || sessions.length > 0, "names nothing to watch")
export type LiveWatch = z.infer<typeof LiveWatch>

export const LiveListeners = z.object({ sessionId: Uuid })

/** Streams of this server that follow a session and are no pages'. */
export const LiveListening = z.object({ listeners: z.number().int() })

export const LiveKind = z.enum(removalKinds)
export type LiveKind = z.infer<typeof LiveKind>

/** Something that is no longer as it was. */
export const LiveChange = z.object({
  kind: LiveKind,
  /** Null for a session without a project. */
  projectId: z.string().nullable(),
  id: z.string(),
  removed: z.boolean(),
})
export type LiveChange = z.infer<typeof LiveChange>

export const LiveEvent = z.discriminatedUnion("type", [
  /** The next messages of a session, in order. */
  z.object({ type: z.literal("messages"), sessionId: Uuid, messages: z.array(Message) }),
  /**
   * The last run of a session as it is, and its events from one on: those of an open run come from its first on when a
   * stream begins or goes on, so a reader passes over what it has.
   */
  z.object({
    type: z.literal("run"),
    sessionId: Uuid,
    run: Run,
    from: z.number().int(),
    events: z.array(RunEvent),
  }),
  /** The session is not there, or no longer. */
  z.object({ type: z.literal("gone"), sessionId: Uuid }),
  /**
   * What changed in the library, as a hint to read it again: one change may be told more than once. The first event of
   * a feed tells where it begins, and may have no change in it.
   */
  z.object({ type: z.literal("changes"), changes: z.array(LiveChange) }),
  /** Something changed, and it cannot be said what: everything is to be read again. */
  z.object({ type: z.literal("refresh") }),
])
export type LiveEvent = z.infer<typeof LiveEvent>
