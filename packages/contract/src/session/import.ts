import { z } from "zod"
import { Metadata } from "../json.ts"
import { Session } from "../session.ts"
import { Uuid } from "../text.ts"

/** What a session's metadata say under `imported` of the talk that it was made of; digests are the importer's own. */
export const Imported = z.object({
  /** The program or interface whose form the talk had. */
  format: z.string(),
  /** The id that the talk has there. */
  identity: z.string().optional(),
  /** The id of the talk there that it was forked from. */
  origin: z.string().optional(),
  /** A digest of the first message. */
  first: z.string(),
  /** A digest of the first messages, as many as the talk had at the last import but no more than eight. */
  head: z.string(),
  /** What the format calls the first message that is not of the system. */
  key: z.string().optional(),
  /** What the import called the session, where no person said it. */
  name: z.string().optional(),
  /** Whether the talk was put among messages of others. */
  mixed: z.literal(true).optional(),
})
export type Imported = z.infer<typeof Imported>

/** Sessions of one key that are answered, and keys and ids of one call. */
export const importedLimits = { sessions: 20, keys: 20, ids: 20 } as const

export const SessionFindImported = z.object({
  ids: z.array(Uuid).max(importedLimits.ids).default([]),
  /** Objects of which a session's metadata contain one under `imported`. */
  imported: z.array(Metadata).max(importedLimits.keys).default([]),
})

/** Each session once, the first made first; of each key at most twenty. */
export const ImportedSessions = z.object({ items: z.array(Session) })
