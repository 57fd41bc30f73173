import {
  Project,
  ProjectCreate,
  ProjectDelete,
  ProjectKey,
  ProjectList,
  ProjectPage,
  ProjectUpdate,
} from "@strudel-agent/contract/project"
import { ProjectExport, ProjectExported, ProjectImport, ProjectImported } from "@strudel-agent/contract/project-file"
import { foldQuery } from "@strudel-agent/contract/search-fold"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import {
  findProject,
  insertProject,
  listProjects,
  lockProject,
  type ProjectFilter,
  type ProjectRow,
  removeProject,
  updateProject,
} from "@strudel-agent/database/queries/project"
import { momentAfter } from "@strudel-agent/database/queries/revision"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { TRPCRouterRecord } from "@trpc/server"
import { decodeCursor, places, toPage } from "../cursor.ts"
import { ApiError } from "../errors.ts"
import { exportFiles } from "../folder/export-files.ts"
import { importFiles } from "../folder/import-files.ts"
import { expectUnchanged } from "../last-change.ts"
import { reader, writer } from "../trpc.ts"

function present(row: ProjectRow | undefined): ProjectRow {
  if (!row) throw new ApiError("PROJECT_NOT_FOUND", "There is no project of this id.")
  return row
}

/** Holds a project's row until the transaction ends, and tells when it changed; refuses another moment than the expected. */
async function lockUnchanged(tx: Db, id: string, expectedUpdatedAt: string | undefined): Promise<Date> {
  const updatedAt = (await lockProject(tx, id)) ?? present(undefined).updatedAt
  expectUnchanged({ updatedAt }, { expectedUpdatedAt }, { reason: "PROJECT_CHANGED", what: "project" })
  return updatedAt
}

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
    .query(async ({ ctx, input }) => present(await findProject(ctx.database.db, input.id))),

  create: writer
    .input(ProjectCreate)
    .output(Project)
    .mutation(async ({ ctx, input }) => {
      try {
        return { ...(await insertProject(ctx.database.db, input)), clipCount: 0, songCount: 0, playlistCount: 0 }
      } catch (error) {
        if (isDuplicate(error)) throw new ApiError("PROJECT_EXISTS", `There is a project "${input.id}" already.`)
        throw error
      }
    }),

  update: writer
    .input(ProjectUpdate)
    .output(Project)
    .mutation(async ({ ctx, input }) => {
      const { id, expectedUpdatedAt, ...change } = input
      return inTransaction(ctx.database.db, async (tx) => {
        const updatedAt = await lockUnchanged(tx, id, expectedUpdatedAt)
        await updateProject(tx, id, { ...change, updatedAt: momentAfter(updatedAt) })
        return present(await findProject(tx, id))
      })
    }),

  /** Deletes a project with its clips, songs and playlists. Sessions about it stay. */
  delete: writer.input(ProjectDelete).mutation(async ({ ctx, input: { id, expectedUpdatedAt } }) => {
    await inTransaction(ctx.database.db, async (tx) => {
      await lockUnchanged(tx, id, expectedUpdatedAt)
      await removeProject(tx, id)
    })
    return { id }
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
} satisfies TRPCRouterRecord
