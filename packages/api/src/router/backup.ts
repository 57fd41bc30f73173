import { BackupCounts, BackupPage, BackupRead, BackupRestore, BackupRestored } from "@strudel-agent/contract/backup"
import { InconsistencyPage, InconsistencyRead } from "@strudel-agent/contract/inconsistency"
import { countRecords, readRecords, restoreRecords } from "@strudel-agent/library/backup/backup"
import { findInconsistencies } from "@strudel-agent/library/inconsistency"
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

  /** What does not fit the rest of the library, which a backup would take along: a part of it at a time. */
  inconsistencies: reader
    .input(InconsistencyRead)
    .output(InconsistencyPage)
    .query(({ ctx, input }) => findInconsistencies(ctx.database.db, input.cursor)),

  /** Stores records of a backup exactly once, with their times and versions; what is there is never changed. */
  restore: writer
    .input(BackupRestore)
    .output(BackupRestored)
    .mutation(async ({ ctx, input }) => ({ records: await restoreRecords(ctx.database.db, input) })),
} satisfies TRPCRouterRecord
