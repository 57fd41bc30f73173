import { BackupCounts, BackupPage, BackupRead, BackupRestore, BackupRestored } from "@strudel-agent/contract/backup"
import { countRecords, readRecords, restoreRecords } from "@strudel-agent/library/backup/backup"
import type { TRPCRouterRecord } from "@trpc/server"
import { reader, writer } from "../trpc.ts"

export const backupRouter = {
  /** How many records a backup of the library has of each kind. */
  counts: reader.output(BackupCounts).query(({ ctx }) => countRecords(ctx.database.db)),

  /** A page of records of one kind, in the order of their keys. */
  read: reader
    .input(BackupRead)
    .output(BackupPage)
    .query(({ ctx, input: { kind, ...page } }) => readRecords(ctx.database.db, kind, { cursor: null, ...page })),

  /** Stores records of a backup exactly once, with their times and versions; what is there is never changed. */
  restore: writer
    .input(BackupRestore)
    .output(BackupRestored)
    .mutation(async ({ ctx, input }) => ({ records: await restoreRecords(ctx.database.db, input) })),
} satisfies TRPCRouterRecord
