import { checkJson, StoredMetadata } from "@strudel-agent/contract/json"
import { limits } from "@strudel-agent/contract/limits"
import type { SessionStatus } from "@strudel-agent/contract/session"
import type { SessionBulkFailure, SessionRenameMany, SessionTagMany } from "@strudel-agent/contract/session/bulk"
import type { Db } from "@strudel-agent/database/client"
import type { SessionRow } from "@strudel-agent/database/queries/session"
import {
  listSessionMetadata,
  removeSessions,
  updateSessionNames,
  updateSessionStatuses,
  updateSessionTags,
} from "@strudel-agent/database/queries/session/bulk"
import { inTransaction } from "@strudel-agent/database/transaction"
import { retag } from "./retag.ts"
import { type NamedSession, named } from "./session.ts"

/** Sessions as they were changed, and those that were not. */
export interface ChangedSessions {
  sessions: NamedSession[]
  failed: SessionBulkFailure[]
}

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)

/** What is in the first list and not among the second. */
function without(ids: string[], found: string[]): SessionBulkFailure[] {
  const known = new Set(found)
  return ids.filter((id) => !known.has(id)).map((id) => ({ id, reason: "SESSION_NOT_FOUND" }))
}

const changed = (ids: string[], rows: SessionRow[]): ChangedSessions => ({
  sessions: rows.map(named),
  failed: without(ids, idsOf(rows)),
})

/** Adds tags to sessions and takes some off. */
export const tagSessions = (db: Db, { ids, ...change }: SessionTagMany): Promise<ChangedSessions> =>
  inTransaction(db, async (tx) => {
    const sessions: NamedSession[] = []
    const failed: SessionBulkFailure[] = []
    let left = ids
    // What others changed between the reading and the writing is read again.
    while (left.length > 0) {
      const rows = await listSessionMetadata(tx, left)
      failed.push(...without(left, idsOf(rows)))
      const changes: { id: string; stamp: string; tags: unknown[] }[] = []
      for (const { id, stamp, metadata } of rows) {
        const stored = StoredMetadata.parse(metadata)
        const tags = retag(stored.tags, change)
        if (checkJson({ ...stored, tags }, limits.metadataBytes)) failed.push({ id, reason: "SESSION_METADATA_FULL" })
        else changes.push({ id, stamp, tags })
      }
      const written = changes.length > 0 ? await updateSessionTags(tx, changes) : []
      sessions.push(...written.map(named))
      const done = new Set(idsOf(written))
      left = idsOf(changes).filter((id) => !done.has(id))
    }
    return { sessions, failed }
  })

/** Gives sessions names of their own; null takes one off. */
export async function renameSessions(db: Db, { names }: SessionRenameMany): Promise<ChangedSessions> {
  return changed(idsOf(names), await inTransaction(db, (tx) => updateSessionNames(tx, names)))
}

export async function setSessionStatuses(db: Db, ids: string[], status: SessionStatus): Promise<ChangedSessions> {
  return changed(ids, await inTransaction(db, (tx) => updateSessionStatuses(tx, ids, status)))
}

/** Deletes sessions with their messages and memory files. */
export async function deleteSessions(db: Db, ids: string[]): Promise<{ ids: string[]; failed: SessionBulkFailure[] }> {
  const removed = await inTransaction(db, (tx) => removeSessions(tx, ids))
  return { ids: removed, failed: without(ids, removed) }
}
