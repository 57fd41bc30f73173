import { stat } from "node:fs/promises"
import { type FolderProject, type Found, findClash, findInFolder } from "@strudel-agent/importer/find-projects"
import { UsageError } from "../failure.ts"
import { diskFolder } from "./disk-folder.ts"
import { findFiles } from "./find-files.ts"

/** Refuses two projects of one id where the files of one would take the place of the other's. */
function refuseClashes(projects: FolderProject[]): void {
  const clash = findClash(projects)
  if (!clash) return
  const [one, other] = clash
  const both = `${one.folder.path} and ${other.folder.path}`
  throw new UsageError(`${both} would both be the project "${one.id}": import one after the other with --project.`)
}

/**
 * Finds the projects of folders and files. `projectId` names the one project, or chooses among several of one folder.
 * Throws a usage error where there is none.
 */
export async function findProjects(paths: string[], projectId: string | undefined): Promise<Found> {
  const folders: string[] = []
  const files: string[] = []
  for (const path of paths) {
    const stats = await stat(path).catch(() => undefined)
    if (!stats) throw new UsageError(`${path}: there is no such file or folder.`)
    if (stats.isDirectory()) folders.push(path)
    else files.push(path)
  }
  if (projectId !== undefined && folders.length > 0 && paths.length > 1)
    throw new UsageError("--project names the project of one folder, or of files: give no other folder with it.")
  const found: Found = { projects: await findFiles(files, projectId), ignored: [], failed: [] }
  for (const folder of folders) {
    const { projects, ignored, failed } = await findInFolder(diskFolder(folder), projectId)
    found.projects.push(...projects)
    found.ignored.push(...ignored)
    found.failed.push(...failed)
  }
  refuseClashes(found.projects)
  return found
}
