import { z } from "zod"
import { limits } from "../limits.ts"
import type { Reason } from "../reason.ts"
import { Session, SessionStatus } from "../session.ts"
import { tagChange, withTagChange } from "../tag-change.ts"
import { Name, Uuid } from "../text.ts"

/** Sessions that one call changes: 1 to 200, each counted once. */
const SessionIds = z
  .array(Uuid)
  .min(1, "at least 1 session")
  .max(limits.bulk, `at most ${limits.bulk} sessions`)
  .transform((ids) => [...new Set(ids)])

export const SessionTagMany = withTagChange(z.object({ ids: SessionIds, ...tagChange }))
export type SessionTagMany = z.infer<typeof SessionTagMany>

/** Sessions with the names that they get, 1 to 200 of them; null lets go of a name. */
export const SessionRenameMany = z.object({
  names: z
    .array(z.object({ id: Uuid, name: Name.nullable() }))
    .min(1, "at least 1 session")
    .max(limits.bulk, `at most ${limits.bulk} sessions`)
    .refine((names) => new Set(names.map(({ id }) => id)).size === names.length, "must name each session once"),
})
export type SessionRenameMany = z.infer<typeof SessionRenameMany>

export const SessionSetStatusMany = z.object({ ids: SessionIds, status: SessionStatus })
export const SessionDeleteMany = z.object({ ids: SessionIds })

const failures = ["SESSION_NOT_FOUND", "SESSION_METADATA_FULL"] as const satisfies Reason[]

/** A session that a bulk call left as it was, and why; the others of the call are changed all the same. */
export const SessionBulkFailure = z.object({ id: Uuid, reason: z.enum(failures) })
export type SessionBulkFailure = z.infer<typeof SessionBulkFailure>

/** The sessions that a bulk call changed, as they are then, and those that it could not change. */
export const SessionsChanged = z.object({ sessions: z.array(Session), failed: z.array(SessionBulkFailure) })

/** The ids that a bulk call deleted, and those that were not there. */
export const SessionsDeleted = z.object({ ids: z.array(Uuid), failed: z.array(SessionBulkFailure) })
