import { limits } from "@strudel-agent/contract/limits"
import {
  SavedView,
  SavedViewCreate,
  SavedViewKey,
  SavedViewList,
  SavedViews,
  SavedViewUpdate,
} from "@strudel-agent/contract/saved-view"
import { isDuplicate, isMissing } from "@strudel-agent/database/errors"
import {
  countSavedViews,
  insertSavedView,
  listSavedViews,
  removeSavedView,
  updateSavedView,
} from "@strudel-agent/database/queries/saved-view"
import type { TRPCRouterRecord } from "@trpc/server"
import { ApiError } from "../errors.ts"
import { reader, writer } from "../trpc.ts"

const missing = () => new ApiError("VIEW_NOT_FOUND", "There is no saved view of this id.")

/** Turns what a write of a view met into an expected failure where it is one. */
function translate(error: unknown): never {
  if (isDuplicate(error)) throw new ApiError("VIEW_EXISTS", "This page has a saved view of this name already.")
  if (isMissing(error)) throw missing()
  throw error
}

export const savedViewRouter = {
  list: reader
    .input(SavedViewList)
    .output(SavedViews)
    .query(async ({ ctx, input }) => ({ items: await listSavedViews(ctx.database.db, input.page, limits.views) })),

  create: writer
    .input(SavedViewCreate)
    .output(SavedView)
    .mutation(async ({ ctx, input }) => {
      if ((await countSavedViews(ctx.database.db, input.page)) >= limits.views) {
        throw new ApiError("VIEWS_FULL", `A page has at most ${limits.views} saved views.`)
      }
      return insertSavedView(ctx.database.db, input).catch(translate)
    }),

  /** Renames a view, or replaces what it shows. */
  update: writer
    .input(SavedViewUpdate)
    .output(SavedView)
    .mutation(({ ctx, input: { id, ...change } }) => updateSavedView(ctx.database.db, id, change).catch(translate)),

  delete: writer.input(SavedViewKey).mutation(async ({ ctx, input }) => {
    if (!(await removeSavedView(ctx.database.db, input.id))) throw missing()
    return { id: input.id }
  }),
} satisfies TRPCRouterRecord
