import type { BackupRecord, Restored } from "@strudel-agent/contract/backup"
import { limits } from "@strudel-agent/contract/limits"
import type { Db } from "@strudel-agent/database/client"
import {
  insertMemoryFiles,
  insertSessions,
  listMemoryFilesOf,
  listStoredSessions,
  readSessions,
  readStoredMemoryFiles,
} from "@strudel-agent/database/queries/backup/sessions"
import { insertViews, listStoredViews, readViews } from "@strudel-agent/database/queries/backup/views"
import { countSavedViews } from "@strudel-agent/database/queries/saved-view"
import { z } from "zod"
import { asObject } from "./metadata.ts"
import { iso, keyText, left, type Part, pagesOf, storing } from "./part.ts"

type Row<Read extends (...args: never[]) => Promise<{ rows: unknown[] }>> = Awaited<ReturnType<Read>>["rows"][number]

const idPlace = z.object({ id: z.guid() })

const session = (row: Row<typeof readSessions>): BackupRecord<"session"> => ({
  ...row,
  metadata: asObject(row.metadata),
  lastActivity: iso(row.lastActivity),
  createdAt: iso(row.createdAt),
  updatedAt: iso(row.updatedAt),
})

/** What a session says that stays while it is restored: it is counted up by its messages, and idle after a while. */
function lasting(record: BackupRecord<"session">) {
  const { messageCount, seenCount, status, lastActivity, updatedAt, ...rest } = record
  return rest
}

export const sessions: Part<BackupRecord<"session">> = {
  read: pagesOf({ place: idPlace, read: readSessions, toRecord: session }),
  restore: storing<BackupRecord<"session">>({
    keyOf: ({ id }) => id,
    listStored: async (tx, records) =>
      (
        await listStoredSessions(
          tx,
          records.map(({ id }) => id),
        )
      ).map(session),
    saying: lasting,
    // Each message counts itself in, so that a session is whole at every moment.
    insert: (tx, records) =>
      insertSessions(
        tx,
        records.map((record) => ({ ...record, messageCount: 0 })),
      ),
  }),
}

const memoryFile = (row: Row<typeof readStoredMemoryFiles>): BackupRecord<"memoryFile"> => ({
  ...row,
  createdAt: iso(row.createdAt),
  updatedAt: iso(row.updatedAt),
})

const memoryKey = ({ sessionId, filePath }: { sessionId: string; filePath: string }): string =>
  keyText(sessionId, filePath)

const sessionIdsOf = (records: { sessionId: string }[]): string[] => [
  ...new Set(records.map(({ sessionId }) => sessionId)),
]

/** Refuses memory files whose session is not there, has another primary one, or is full. */
async function refuseMemoryFiles(tx: Db, records: BackupRecord<"memoryFile">[], dryRun: boolean) {
  const ids = sessionIdsOf(records)
  const there = new Set((await listStoredSessions(tx, ids)).map(({ id }) => id))
  const stored = await listMemoryFilesOf(tx, ids)
  const primary = new Set(stored.flatMap(({ sessionId, isPrimary }) => (isPrimary ? [sessionId] : [])))
  const counts = new Map<string, number>()
  for (const { sessionId } of stored) counts.set(sessionId, (counts.get(sessionId) ?? 0) + 1)
  const refusalOf = ({ sessionId, isPrimary }: BackupRecord<"memoryFile">): Restored | undefined => {
    if (!there.has(sessionId)) return dryRun ? undefined : left("its session is not there")
    if (isPrimary && primary.has(sessionId))
      return { outcome: "kept", why: "the session has another primary memory file, which stays" }
    if (isPrimary) primary.add(sessionId)
    const count = (counts.get(sessionId) ?? 0) + 1
    counts.set(sessionId, count)
    return count > limits.memoryFiles ? left(`a session holds at most ${limits.memoryFiles} memory files`) : undefined
  }
  const refused = new Map<string, Restored>()
  for (const record of records) {
    const refusal = refusalOf(record)
    if (refusal) refused.set(memoryKey(record), refusal)
  }
  return refused
}

export const memoryFiles: Part<BackupRecord<"memoryFile">> = {
  read: pagesOf({
    place: z.object({ sessionId: z.guid(), filePath: z.string() }),
    read: readStoredMemoryFiles,
    toRecord: memoryFile,
  }),
  restore: storing<BackupRecord<"memoryFile">>({
    keyOf: memoryKey,
    listStored: async (tx, records) => (await listMemoryFilesOf(tx, sessionIdsOf(records))).map(memoryFile),
    refuse: refuseMemoryFiles,
    insert: insertMemoryFiles,
  }),
}

const view = (row: Row<typeof readViews>): BackupRecord<"view"> => ({
  ...row,
  createdAt: iso(row.createdAt),
  updatedAt: iso(row.updatedAt),
})

const storedViews = async (tx: Db, records: BackupRecord<"view">[]) =>
  (await listStoredViews(tx, { ids: records.map(({ id }) => id), names: records.map(({ name }) => name) })).map(view)

/** Refuses saved views whose page has another one of their name, or is full. */
async function refuseViews(tx: Db, records: BackupRecord<"view">[]) {
  const named = new Set((await storedViews(tx, records)).map(({ page, name }) => keyText(page, name)))
  const counts = new Map<string, number>()
  for (const page of new Set(records.map((record) => record.page))) counts.set(page, await countSavedViews(tx, page))
  const refusalOf = ({ page, name }: BackupRecord<"view">): Restored | undefined => {
    if (named.has(keyText(page, name)))
      return { outcome: "kept", why: "its page has another saved view of this name, which stays" }
    const count = (counts.get(page) ?? 0) + 1
    if (count > limits.views) return left(`a page has at most ${limits.views} saved views`)
    counts.set(page, count)
    named.add(keyText(page, name))
    return undefined
  }
  const refused = new Map<string, Restored>()
  for (const record of records) {
    const refusal = refusalOf(record)
    if (refusal) refused.set(record.id, refusal)
  }
  return refused
}

export const views: Part<BackupRecord<"view">> = {
  read: pagesOf({ place: idPlace, read: readViews, toRecord: view }),
  restore: storing<BackupRecord<"view">>({
    keyOf: ({ id }) => id,
    listStored: storedViews,
    refuse: refuseViews,
    insert: insertViews,
  }),
}
