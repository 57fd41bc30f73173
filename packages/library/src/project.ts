import type { ProjectCreate, ProjectDelete, ProjectUpdate } from "@strudel-agent/contract/project"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import {
  findProject,
  insertProject,
  lockProject,
  type ProjectFields,
  type ProjectRow,
  removeProject,
  updateProject as writeProject,
} from "@strudel-agent/database/queries/project"
import { inTransaction, partByPart } from "@strudel-agent/database/transaction"
import type { z } from "zod"
import { LibraryError } from "./failure.ts"
import { expectUnchanged } from "./last-change.ts"
import { momentAfter } from "./revision.ts"

const noProject = () => new LibraryError("PROJECT_NOT_FOUND", "There is no project of this id.")

const whenChanged = { reason: "PROJECT_CHANGED", what: "project" } as const

/** A project with how much it holds; fails where it is not there. */
export async function readProject(db: Db, id: string): Promise<ProjectRow> {
  const project = await findProject(db, id)
  if (!project) throw noProject()
  return project
}

/** Makes an empty project. */
export async function createProject(db: Db, project: ProjectCreate): Promise<ProjectRow> {
  try {
    return { ...(await insertProject(db, project)), clipCount: 0, songCount: 0, playlistCount: 0 }
  } catch (cause) {
    if (!isDuplicate(cause)) throw cause
    throw new LibraryError("PROJECT_EXISTS", `There is a project "${project.id}" already.`, { cause })
  }
}

/** Locks a project, asks what is to change of it as it is, and writes that; undefined where there is no such project. */
export const reviseProject = (
  db: Db,
  id: string,
  revise: (current: ProjectRow) => ProjectFields | undefined | Promise<ProjectFields | undefined>,
): Promise<ProjectRow | undefined> =>
  inTransaction(db, async (tx) => {
    // What it holds is counted on several machines, before its row is written, which is on each.
    await partByPart(tx)
    const current = (await lockProject(tx, id)) ? await findProject(tx, id) : undefined
    const change = current && (await revise(current))
    if (!change) return current
    return { ...current, ...(await writeProject(tx, id, { ...change, updatedAt: momentAfter(current.updatedAt) })) }
  })

/** Changes what a project in the expected state is called and says. */
export async function updateProject(db: Db, { id, expectedUpdatedAt, ...change }: ProjectUpdate): Promise<ProjectRow> {
  const project = await reviseProject(db, id, (current) => {
    expectUnchanged(current, { expectedUpdatedAt }, whenChanged)
    return change
  })
  if (!project) throw noProject()
  return project
}

/** Deletes a project in the expected state with its clips, songs and playlists. Sessions about it stay. */
export async function deleteProject(db: Db, { id, ...expected }: z.output<typeof ProjectDelete>): Promise<void> {
  await inTransaction(db, async (tx) => {
    const updatedAt = await lockProject(tx, id)
    if (!updatedAt) throw noProject()
    expectUnchanged({ updatedAt }, expected, whenChanged)
    await removeProject(tx, id)
  })
}
