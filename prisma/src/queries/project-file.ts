import type { Db } from "../client.ts"
import type { Prisma, ProjectFileItemType } from "../generated/client.ts"

const columns = {
  path: true,
  content: true,
  itemType: true,
  itemId: true,
} as const satisfies Prisma.ProjectFileSelect

export type ProjectFileRow = Prisma.ProjectFileGetPayload<{ select: typeof columns }>

/** Lists a project's kept files in order of their paths, after a path where given. */
export const listProjectFiles = (
  db: Db,
  projectId: string,
  { after, limit }: { after?: string; limit: number },
): Promise<ProjectFileRow[]> =>
  db.projectFile.findMany({
    where: { projectId, ...(after === undefined ? {} : { path: { gt: after } }) },
    select: columns,
    orderBy: { path: "asc" },
    take: limit,
  })

/** Where each imported item of a project came from. */
export const listProjectFilePaths = (db: Db, projectId: string) =>
  db.projectFile.findMany({ where: { projectId }, select: { path: true, itemType: true, itemId: true } })

export const findProjectFile = (db: Db, projectId: string, path: string): Promise<ProjectFileRow | null> =>
  db.projectFile.findUnique({ where: { projectId_path: { projectId, path } }, select: columns })

export interface ProjectFileWrite {
  path: string
  content: Uint8Array<ArrayBuffer>
  item?: { type: ProjectFileItemType; id: string }
}

/** Keeps a file as it was imported, in place of what was kept of that path. */
export const saveProjectFile = (tx: Db, projectId: string, { path, content, item }: ProjectFileWrite) => {
  const data = { content, itemType: item?.type ?? null, itemId: item?.id ?? null }
  return tx.projectFile.upsert({
    where: { projectId_path: { projectId, path } },
    create: { projectId, path, ...data },
    update: data,
    select: { path: true },
  })
}

/** Forgets the file that an item was imported from. */
export const removeProjectFileOf = (tx: Db, projectId: string, item: { type: ProjectFileItemType; id: string }) =>
  tx.projectFile.deleteMany({ where: { projectId, itemType: item.type, itemId: item.id } })
