import type { Db } from "../client.ts"
import type { Prisma, SavedViewPage } from "../generated/client.ts"

const columns = { id: true, page: true, name: true, search: true } as const satisfies Prisma.SavedViewSelect

export type SavedViewRow = Prisma.SavedViewGetPayload<{ select: typeof columns }>

/** Lists a page's views by their names, at most so many. */
export const listSavedViews = (db: Db, page: SavedViewPage, limit: number): Promise<SavedViewRow[]> =>
  db.savedView.findMany({
    where: { page },
    orderBy: { name: "asc" },
    take: limit,
    select: columns,
  })

export const countSavedViews = (db: Db, page: SavedViewPage): Promise<number> => db.savedView.count({ where: { page } })

export const insertSavedView = (db: Db, data: Prisma.SavedViewCreateInput): Promise<SavedViewRow> =>
  db.savedView.create({ data, select: columns })

/** Renames a view or replaces what it shows; rejects where there is none of that id, or another of that name. */
export const updateSavedView = (
  db: Db,
  id: string,
  data: Pick<Prisma.SavedViewUpdateInput, "name" | "search">,
): Promise<SavedViewRow> => db.savedView.update({ where: { id }, data, select: columns })

/** Removes a view; false where there is none of that id. */
export const removeSavedView = async (db: Db, id: string): Promise<boolean> =>
  (await db.savedView.deleteMany({ where: { id } })).count > 0
