import { limits } from "@strudel-agent/contract/limits"
import {
  SavedView,
  SavedViewCreate,
  SavedViewKey,
  SavedViewList,
  SavedViews,
  SavedViewUpdate,
} from "@strudel-agent/contract/saved-view"
import { listSavedViews } from "@strudel-agent/database/queries/saved-view"
import { createSavedView, deleteSavedView, updateSavedView } from "@strudel-agent/library/saved-view"
import type { TRPCRouterRecord } from "@trpc/server"
import { reader, writer } from "../trpc.ts"

export const savedViewRouter = {
  list: reader
    .input(SavedViewList)
    .output(SavedViews)
    .query(async ({ ctx, input }) => ({ items: await listSavedViews(ctx.database.db, input.page, limits.views) })),

  create: writer
    .input(SavedViewCreate)
    .output(SavedView)
    .mutation(({ ctx, input }) => createSavedView(ctx.database.db, input)),

  /** Renames a view, or replaces what it shows. */
  update: writer
    .input(SavedViewUpdate)
    .output(SavedView)
    .mutation(({ ctx, input }) => updateSavedView(ctx.database.db, input)),

  delete: writer.input(SavedViewKey).mutation(async ({ ctx, input }) => {
    await deleteSavedView(ctx.database.db, input.id)
    return { id: input.id }
  }),
} satisfies TRPCRouterRecord
