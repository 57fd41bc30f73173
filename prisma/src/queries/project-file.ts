import { type Selection, type SqlBool, sql } from "kysely"
import type { Db } from "../client.ts"
import type { Tables } from "../generated/tables.ts"
import { type ItemKind, itemTables } from "../item-kinds.ts"
import type { ProjectFileItemType } from "../kinds.ts"
import { kyselyOf } from "../kysely.ts"
import { oneOf } from "./sql/columns.ts"
import { anyOf } from "./sql/input-rows.ts"

const place = ["f.path", "f.item_type as itemType", "f.item_id as itemId"] as const
const fields = [...place, "f.content", "f.broken_links as brokenLinks"] as const

export type ProjectFileRow = Selection<{ f: Tables["project_files"] }, "f", (typeof fields)[number]>

const filesOf = (db: Db, projectId: string) =>
  kyselyOf(db).selectFrom("project_files as f").where("f.project_id", "=", projectId)

/** Lists a project's kept files in order of their paths, after a path where given. */
export const listProjectFiles = (
  db: Db,
  projectId: string,
  { after, limit }: { after?: string; limit: number },
): Promise<ProjectFileRow[]> =>
  filesOf(db, projectId)
    .select(fields)
    .where("f.path", ">", after ?? "")
    .orderBy("f.path")
    .limit(limit)
    .execute()

/** Where each imported item of a project came from. */
export const listProjectFilePaths = (db: Db, projectId: string) => filesOf(db, projectId).select(place).execute()

/** The kept files of these paths. */
export const listProjectFilesAt = (db: Db, projectId: string, paths: string[]): Promise<ProjectFileRow[]> =>
  filesOf(db, projectId).select(fields).where("f.path", "=", anyOf("text", paths)).execute()

export interface ProjectFileWrite {
  path: string
  content: Uint8Array<ArrayBuffer>
  item?: { type: ProjectFileItemType; id: string } | undefined
  brokenLinks?: string[] | undefined
}

/** Keeps a file as it was imported, in place of what was kept of that path. */
export const saveProjectFile = (tx: Db, projectId: string, file: ProjectFileWrite) => {
  const { path, content, item, brokenLinks = [] } = file
  const data = { content, itemType: item?.type ?? null, itemId: item?.id ?? null, brokenLinks }
  return tx.projectFile.upsert({
    where: { projectId_path: { projectId, path } },
    create: { projectId, path, ...data },
    update: data,
    select: { path: true },
  })
}

/** Notes of a project's kept song files that a link led nowhere when they were read. */
export async function addBrokenLink(tx: Db, projectId: string, link: string): Promise<void> {
  await kyselyOf(tx)
    .updateTable("project_files as f")
    .set(({ ref }) => ({ broken_links: sql<string[]>`array_append(${ref("f.broken_links")}, ${link})` }))
    .where("f.project_id", "=", projectId)
    .where("f.item_type", "=", "song")
    .where(({ ref }) => sql<SqlBool>`${link} <> ALL (${ref("f.broken_links")})`)
    .execute()
}

/** Forgets the file that an item was imported from. */
export const removeProjectFileOf = (tx: Db, projectId: string, item: { type: ProjectFileItemType; id: string }) =>
  tx.projectFile.deleteMany({ where: { projectId, itemType: item.type, itemId: item.id } })

/** Ids of a project's items that came from no file, in order. */
export async function listUnfiledIds(
  db: Db,
  type: ItemKind,
  { projectId, after, limit }: { projectId: string; after?: string | undefined; limit: number },
): Promise<string[]> {
  const rows = await kyselyOf(db)
    .selectFrom(oneOf(itemTables[type]).as("i"))
    .select("i.id")
    .where("i.project_id", "=", projectId)
    .where("i.id", ">", after ?? "")
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom("project_files as f")
            .select("f.path")
            .whereRef("f.project_id", "=", "i.project_id")
            .where("f.item_type", "=", type)
            .whereRef("f.item_id", "=", "i.id"),
        ),
      ),
    )
    .orderBy("i.id")
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}
