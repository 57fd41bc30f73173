import { limits } from "@strudel-agent/contract/limits"
import type { SavedViewCreate, SavedViewUpdate } from "@strudel-agent/contract/saved-view"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate, isMissing } from "@strudel-agent/database/errors"
import {
  countSavedViews,
  insertSavedView,
  removeSavedView,
  type SavedViewRow,
  updateSavedView as writeSavedView,
} from "@strudel-agent/database/queries/saved-view"
import type { z } from "zod"
import { LibraryError } from "./failure.ts"

const noView = () => new LibraryError("VIEW_NOT_FOUND", "There is no saved view of this id.")

/** Turns what a write of a view met into an expected failure where it is one. */
function translate(cause: unknown): never {
  if (isMissing(cause)) throw noView()
  if (!isDuplicate(cause)) throw cause
  throw new LibraryError("VIEW_EXISTS", "This page has a saved view of this name already.", { cause })
}

/** Keeps a list as it is filtered under a name. */
export async function createSavedView(db: Db, view: z.output<typeof SavedViewCreate>): Promise<SavedViewRow> {
  if ((await countSavedViews(db, view.page)) >= limits.views) {
    throw new LibraryError("VIEWS_FULL", `A page has at most ${limits.views} saved views.`)
  }
  return insertSavedView(db, view).catch(translate)
}

/** Renames a view, or replaces what it shows. */
export const updateSavedView = (db: Db, { id, ...change }: z.output<typeof SavedViewUpdate>): Promise<SavedViewRow> =>
  writeSavedView(db, id, change).catch(translate)

export async function deleteSavedView(db: Db, id: string): Promise<void> {
  if (!(await removeSavedView(db, id))) throw noView()
}
