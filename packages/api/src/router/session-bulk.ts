import {
  SessionDeleteMany,
  SessionRenameMany,
  SessionSetStatusMany,
  SessionsChanged,
  SessionsDeleted,
  SessionTagMany,
} from "@strudel-agent/contract/session/bulk"
import { deleteSessions, renameSessions, setSessionStatuses, tagSessions } from "@strudel-agent/library/session-bulk"
import type { TRPCRouterRecord } from "@trpc/server"
import { writer } from "../trpc.ts"

/** Calls for many sessions at once. Each is one transaction; what it cannot change it leaves as it is and reports. */
export const sessionBulkRouter = {
  tagMany: writer
    .input(SessionTagMany)
    .output(SessionsChanged)
    .mutation(({ ctx, input }) => tagSessions(ctx.database.db, input)),

  renameMany: writer
    .input(SessionRenameMany)
    .output(SessionsChanged)
    .mutation(({ ctx, input }) => renameSessions(ctx.database.db, input)),

  setStatusMany: writer
    .input(SessionSetStatusMany)
    .output(SessionsChanged)
    .mutation(({ ctx, input }) => setSessionStatuses(ctx.database.db, input.ids, input.status)),

  deleteMany: writer
    .input(SessionDeleteMany)
    .output(SessionsDeleted)
    .mutation(({ ctx, input }) => deleteSessions(ctx.database.db, input.ids)),
} satisfies TRPCRouterRecord
