import { ImportedSessions, importedLimits, SessionFindImported } from "@strudel-agent/contract/session/import"
import { listImported } from "@strudel-agent/database/queries/session/import"
import { named } from "@strudel-agent/library/session"
import type { TRPCRouterRecord } from "@trpc/server"
import { reader } from "../trpc.ts"

export const sessionImportRouter = {
  /** The sessions that a talk may have been stored as: of these ids, or with these words of an import. */
  findImported: reader
    .input(SessionFindImported)
    .output(ImportedSessions)
    .query(async ({ ctx, input }) => {
      const rows = await listImported(ctx.database.db, { ...input, limit: importedLimits.sessions })
      return { items: rows.map(named) }
    }),
} satisfies TRPCRouterRecord
