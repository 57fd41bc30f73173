import { checkJson, StoredMetadata } from "@strudel-agent/contract/json"
import { limits } from "@strudel-agent/contract/limits"
import {
  type SessionBulkFailure,
  SessionDeleteMany,
  SessionRenameMany,
  SessionSetStatusMany,
  SessionsChanged,
  SessionsDeleted,
  SessionTagMany,
} from "@strudel-agent/contract/session-bulk"
import type { Db } from "@strudel-agent/database/client"
import {
  listSessionMetadata,
  removeSessions,
  updateSessionNames,
  updateSessionStatuses,
  updateSessionTags,
} from "@strudel-agent/database/queries/session-bulk"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { TRPCRouterRecord } from "@trpc/server"
import type { z } from "zod"
import { retag } from "../retag.ts"
import { writer } from "../trpc.ts"
import { presentSession } from "./session.ts"

/** What is in the first list and not among the second. */
function without(ids: string[], found: string[]): SessionBulkFailure[] {
  const known = new Set(found)
  return ids.filter((id) => !known.has(id)).map((id) => ({ id, reason: "SESSION_NOT_FOUND" }))
}

async function tagSessions(tx: Db, { ids, ...change }: SessionTagMany): Promise<z.input<typeof SessionsChanged>> {
  const sessions: z.input<typeof SessionsChanged>["sessions"] = []
  const failed: SessionBulkFailure[] = []
  let left = ids
  // What others changed between the reading and the writing is read again.
  while (left.length > 0) {
    const rows = await listSessionMetadata(tx, left)
    failed.push(
      ...without(
        left,
        rows.map(({ id }) => id),
      ),
    )
    const changes: { id: string; stamp: string; tags: unknown[] }[] = []
    for (const { id, stamp, metadata } of rows) {
      const stored = StoredMetadata.parse(metadata)
      const tags = retag(stored.tags, change)
      if (checkJson({ ...stored, tags }, limits.metadataBytes)) failed.push({ id, reason: "SESSION_METADATA_FULL" })
      else changes.push({ id, stamp, tags })
    }
    const changed = changes.length > 0 ? await updateSessionTags(tx, changes) : []
    sessions.push(...changed.map(presentSession))
    const done = new Set(changed.map(({ id }) => id))
    left = changes.flatMap(({ id }) => (done.has(id) ? [] : [id]))
  }
  return { sessions, failed }
}

/** Calls for many sessions at once. Each is one transaction; what it cannot change it leaves as it is and reports. */
export const sessionBulkRouter = {
  tagMany: writer
    .input(SessionTagMany)
    .output(SessionsChanged)
    .mutation(({ ctx, input }) => inTransaction(ctx.database.db, (tx) => tagSessions(tx, input))),

  renameMany: writer
    .input(SessionRenameMany)
    .output(SessionsChanged)
    .mutation(async ({ ctx, input: { names } }) => {
      const rows = await inTransaction(ctx.database.db, (tx) => updateSessionNames(tx, names))
      return {
        sessions: rows.map(presentSession),
        failed: without(
          names.map(({ id }) => id),
          rows.map(({ id }) => id),
        ),
      }
    }),

  setStatusMany: writer
    .input(SessionSetStatusMany)
    .output(SessionsChanged)
    .mutation(async ({ ctx, input: { ids, status } }) => {
      const rows = await inTransaction(ctx.database.db, (tx) => updateSessionStatuses(tx, ids, status))
      return {
        sessions: rows.map(presentSession),
        failed: without(
          ids,
          rows.map(({ id }) => id),
        ),
      }
    }),

  deleteMany: writer
    .input(SessionDeleteMany)
    .output(SessionsDeleted)
    .mutation(async ({ ctx, input: { ids } }) => {
      const removed = await inTransaction(ctx.database.db, (tx) => removeSessions(tx, ids))
      return { ids: removed, failed: without(ids, removed) }
    }),
} satisfies TRPCRouterRecord
