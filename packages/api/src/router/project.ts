import {
  Project,
  ProjectCreate,
  ProjectDelete,
  ProjectKey,
  ProjectList,
  ProjectPage,
  ProjectUpdate,
} from "@strudel-agent/contract/project"
import {
  ProjectAcknowledged,
  ProjectAcknowledgement,
  ProjectExport,
  ProjectExported,
  ProjectImport,
  ProjectImported,
  ProjectTexts,
  ProjectTextsRead,
} from "@strudel-agent/contract/project-file"
import { foldQuery } from "@strudel-agent/contract/search/fold"
import { listProjects, type ProjectFilter } from "@strudel-agent/database/queries/project"
import { acknowledgeFiles } from "@strudel-agent/library/folder/acknowledge-files"
import { exportFiles } from "@strudel-agent/library/folder/export-files"
import { importFiles } from "@strudel-agent/library/folder/import-files"
import { readTexts } from "@strudel-agent/library/folder/read-texts"
import { createProject, deleteProject, readProject, updateProject } from "@strudel-agent/library/project"
import type { TRPCRouterRecord } from "@trpc/server"
import { decodeCursor, places, toPage } from "../cursor.ts"
import { reader, writer } from "../trpc.ts"

function orderOf({ sort, cursor }: Pick<ProjectList, "sort" | "cursor">): ProjectFilter["order"] {
  if (sort === "name") {
    const [name, id] = decodeCursor(places.projectName, cursor) ?? []
    return { by: sort, after: name !== undefined && id ? { name, id } : undefined }
  }
  const [updatedAt, id] = decodeCursor(places.project, cursor) ?? []
  return { by: sort, after: updatedAt && id ? { updatedAt, id } : undefined }
}

export const projectRouter = {
  list: reader
    .input(ProjectList)
    .output(ProjectPage)
    .query(async ({ ctx, input }) => {
      const { q, sort, limit } = input
      const rows = await listProjects(ctx.database.db, {
        nameContains: foldQuery(q),
        order: orderOf(input),
        limit: limit + 1,
      })
      return toPage(rows, limit, (row) => [sort === "name" ? row.name : row.updatedAt, row.id])
    }),

  byId: reader
    .input(ProjectKey)
    .output(Project)
    .query(({ ctx, input }) => readProject(ctx.database.db, input.id)),

  create: writer
    .input(ProjectCreate)
    .output(Project)
    .mutation(({ ctx, input }) => createProject(ctx.database.db, input)),

  update: writer
    .input(ProjectUpdate)
    .output(Project)
    .mutation(({ ctx, input }) => updateProject(ctx.database.db, input)),

  /** Deletes a project with its clips, songs and playlists. Sessions about it stay. */
  delete: writer.input(ProjectDelete).mutation(async ({ ctx, input }) => {
    await deleteProject(ctx.database.db, input)
    return { id: input.id }
  }),

  /** Reads files of the project's folder into the library, all of the call or none; a project that is not there is made. */
  importFiles: writer
    .input(ProjectImport)
    .output(ProjectImported)
    .mutation(async ({ ctx, input }) => ({ files: await importFiles(ctx.database.db, input) })),

  /** Prints the project's folder: what nobody edited comes back byte by byte. */
  exportFiles: reader
    .input(ProjectExport)
    .output(ProjectExported)
    .query(({ ctx, input }) => exportFiles(ctx.database.db, input)),

  /** The texts of kept files, by their paths. */
  texts: reader
    .input(ProjectTexts)
    .output(ProjectTextsRead)
    .query(async ({ ctx, input }) => ({ files: await readTexts(ctx.database.db, input) })),

  /** Keeps files of an export that stand in a folder, so that the next import knows what they were changed from. */
  acknowledgeFiles: writer
    .input(ProjectAcknowledgement)
    .output(ProjectAcknowledged)
    .mutation(({ ctx, input }) => acknowledgeFiles(ctx.database.db, input)),
} satisfies TRPCRouterRecord
