import { savedViewPages } from "@strudel-agent/database/kinds"
import { z } from "zod"
import { limits } from "./limits.ts"
import { nameText, shortText, Uuid } from "./text.ts"

/** The lists whose filters and order can be saved. */
export const SavedViewPage = z.enum(savedViewPages)
export type SavedViewPage = z.infer<typeof SavedViewPage>

/** The search part of a list's address, without its question mark: "status=idle&sort=messages". */
export const SavedViewSearch = shortText(limits.viewSearch)
  .refine((search) => !search.startsWith("?"), "must not begin with a question mark")
  .refine((search) => !/[\s#]/.test(search), "must be encoded as in an address")

const fields = { name: nameText(limits.viewName), search: SavedViewSearch }

export const SavedViewKey = z.object({ id: Uuid })
export const SavedViewList = z.object({ page: SavedViewPage })
export const SavedViewCreate = z.object({ page: SavedViewPage, ...fields })

export const SavedViewUpdate = SavedViewKey.extend({ name: fields.name.optional(), search: fields.search.optional() })

export const SavedView = z.object({ id: Uuid, page: SavedViewPage, name: z.string(), search: z.string() })
export type SavedView = z.infer<typeof SavedView>

/** All views of a page by their names. */
export const SavedViews = z.object({ items: z.array(SavedView) })
