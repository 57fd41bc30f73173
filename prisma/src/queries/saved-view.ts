import type { Db } from "../client.ts"
import type { Prisma } from "../generated/client.ts"
import { kindOf, type SavedViewPage, savedViewPages } from "../kinds.ts"
import { kyselyOf } from "../kysely.ts"

const columns = { id: true, page: true, name: true, search: true } as const satisfies Prisma.SavedViewSelect

type Stored = Prisma.SavedViewGetPayload<{ select: typeof columns }>

export type SavedViewRow = Stored & { page: SavedViewPage }

const rowOf = (stored: Stored): SavedViewRow => ({ ...stored, page: kindOf(savedViewPages, stored.page) })

/** Lists a page's views by their names, at most so many. */
export const listSavedViews = (db: Db, page: SavedViewPage, limit: number): Promise<SavedViewRow[]> =>
  kyselyOf(db)
    .selectFrom("saved_views as v")
    .select(["v.id", "v.page", "v.name", "v.search"])
    .where("v.page", "=", page)
    .orderBy("v.name")
    .limit(limit)
    .execute()

export const countSavedViews = (db: Db, page: SavedViewPage): Promise<number> => db.savedView.count({ where: { page } })

export const insertSavedView = async (
  db: Db,
  data: Pick<SavedViewRow, "page" | "name" | "search">,
): Promise<SavedViewRow> => rowOf(await db.savedView.create({ data, select: columns }))

/** Renames a view or replaces what it shows; rejects where there is none of that id, or another of that name. */
export const updateSavedView = async (
  db: Db,
  id: string,
  data: Pick<Prisma.SavedViewUpdateInput, "name" | "search">,
): Promise<SavedViewRow> => rowOf(await db.savedView.update({ where: { id }, data, select: columns }))

/** Removes a view; false where there is none of that id. */
export const removeSavedView = async (db: Db, id: string): Promise<boolean> =>
  (await db.savedView.deleteMany({ where: { id } })).count > 0
