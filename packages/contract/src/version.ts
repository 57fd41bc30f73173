import { z } from "zod"
import { StoredMetadata } from "./json.ts"
import { Slug, Timestamp, Uuid, wholeNumber } from "./text.ts"

/** The session that a version was made in, and the message of it. */
export const VersionOrigin = z.object({ sessionId: Uuid, messageIndex: wholeNumber(0).optional() })

/** The fields of every version of an item besides its text and its parts. */
export const versionFields = {
  projectId: Slug,
  version: z.number().int(),
  name: z.string(),
  metadata: StoredMetadata,
  sessionId: Uuid.nullable(),
  messageIndex: z.number().int().nullable(),
  createdAt: Timestamp,
}

/** What a version changed of the one before it. */
export const VersionChange = z.object({
  /** Lines of its text; null where so many differ that counting them would take too long. */
  lines: z.object({ added: z.number().int(), removed: z.number().int() }).nullable(),
  /** Keys of metadata that came, went or have another value. */
  metadataKeys: z.array(z.string()),
  renamed: z.boolean(),
})
export type VersionChange = z.infer<typeof VersionChange>

/** How many parts of an order came, went, and stand elsewhere among the others. */
export const OrderChange = z.object({
  added: z.number().int(),
  removed: z.number().int(),
  moved: z.number().int(),
})
export type OrderChange = z.infer<typeof OrderChange>

/** What an entry of a history tells of where its version came from. */
export const originFields = {
  /** What the session is called; null where the version came from none or the session is gone. */
  sessionName: z.string().nullable(),
  /** The beginning of the message that the version came from; null where there is none. */
  preview: z.string().nullable(),
}

const { metadata: _, ...entryFields } = versionFields

/** The fields of a history's entry about an item that has its parts in an order. */
export const orderedEntryFields = {
  ...entryFields,
  ...originFields,
  /** Null for the first version. */
  change: VersionChange.extend({
    /** Null where so much differs that counting it would take too long. */
    order: OrderChange.nullable(),
  }).nullable(),
}

/** A part of a version's order; its name is null where it is gone. */
export const VersionPart = z.object({ id: Slug, name: z.string().nullable() })

/** The fields of what restores a version. */
export const restoreFields = {
  /** Whether parts that are gone are left out; otherwise they refuse it. */
  leaveOutMissing: z.boolean().default(false),
}
