import { realpath, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { codeEndings } from "@strudel-agent/project-folder/code-file"
import { isSlug } from "@strudel-agent/project-folder/paths"
import { fileProblem, UsageError } from "../failure.ts"
import type { Ignored, Listing } from "./entry.ts"
import { findFiles, findPatterns } from "./find-files.ts"
import { isHidden, listFolder } from "./list-files.ts"
import { isPatternsFile } from "./patterns-file.ts"
import { isCode, isCodeAlone, parts } from "./project-files.ts"
import { type ProjectName, projectNamed } from "./project-name.ts"

export interface FolderProject extends ProjectName {
  folder: string
  /** The files that were named; without them, all of the folder. */
  listing?: Listing
}

export interface Found {
  projects: FolderProject[]
  ignored: Ignored[]
  failed: Ignored[]
}

const notAProject = "has no index.md, no clips, songs, playlists or surfaces folder, and no code"

type Children = Awaited<ReturnType<typeof listFolder>>["children"]

const hasFolder = (children: Children, names: string[]): boolean =>
  children.some(({ name, kind }) => kind === "folder" && names.includes(name))

const hasIndex = (children: Children): boolean =>
  children.some(({ name, kind }) => kind === "file" && name === "index.md")

const hasFile = (children: Children, test: (name: string) => boolean): boolean =>
  children.some(({ name, kind }) => kind === "file" && !isHidden(name) && test(name))

/** Takes the patterns files that lie beside projects for projects of their own. */
async function addPatterns(found: Found, folder: string, projectId: string | undefined): Promise<void> {
  const { children } = await listFolder(folder)
  const isAlone = found.projects.length === 0
  for (const { name, kind } of children) {
    if (kind !== "file" || isHidden(name) || !isPatternsFile(name)) continue
    const patterns = await findPatterns(join(folder, name), isAlone ? projectId : undefined)
    if (typeof patterns !== "object") continue
    found.projects.push(patterns)
    found.ignored = found.ignored.filter(({ path }) => path !== name)
  }
}

/** Refuses two projects of one id where the files of one would take the place of the other's. */
function refuseClashes(projects: FolderProject[]): void {
  for (const [index, project] of projects.entries()) {
    const other = projects.slice(0, index).find((each) => each.id === project.id && isClash(each, project))
    if (!other) continue
    const both = `${other.folder} and ${project.folder}`
    throw new UsageError(
      `${both} would both be the project "${project.id}": import one after the other with --project.`,
    )
  }
}

function isClash({ listing: one }: FolderProject, { listing: other }: FolderProject): boolean {
  if (!one || !other) return true
  const paths = new Set(one.entries.map(({ path }) => path))
  return other.entries.some(({ path }) => paths.has(path))
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
    const { projects, ignored, failed } = await findInFolder(folder, projectId)
    found.projects.push(...projects)
    found.ignored.push(...ignored)
    found.failed.push(...failed)
  }
  refuseClashes(found.projects)
  return found
}

/**
 * Finds the projects of a folder: it is one itself, or holds some, or holds a `projects` folder that does, or is a flat
 * folder of code, or holds some.
 */
async function findInFolder(folder: string, projectId: string | undefined): Promise<Found> {
  const { children } = await listFolder(folder)
  const holdsProjects = hasFolder(children, ["projects"])
  if (hasFolder(children, parts) || (hasIndex(children) && !holdsProjects)) {
    return { projects: [await asProject(folder, projectId)], ignored: [], failed: [] }
  }
  const place = holdsProjects ? join(folder, "projects") : folder
  const { hasWhole, ...found } = await projectsWithin(place)
  if (!hasWhole && !holdsProjects && hasFile(children, isCode))
    return { projects: [await asProject(folder, projectId)], ignored: [], failed: [] }
  await addPatterns(found, place, projectId)
  if (found.projects.length === 0) {
    const wanted = `an index.md, a clips, songs, playlists or surfaces folder, or files of code (${codeEndings})`
    throw new UsageError(`${folder} is no project and holds none: a project has ${wanted}.`)
  }
  if (projectId === undefined) return found
  const chosen = found.projects.filter(({ id, renamedFrom }) => id === projectId || renamedFrom === projectId)
  if (chosen.length > 0) return { projects: chosen, ignored: [], failed: [] }
  const ids = found.projects.map(({ id }) => id).join(", ")
  throw new UsageError(`${folder} holds no project "${projectId}", but ${ids}.`)
}

async function asProject(folder: string, projectId: string | undefined): Promise<FolderProject> {
  // The name of "." or of a link is the name of the folder that it stands for.
  const name = basename(await realpath(folder))
  return projectId === undefined ? { ...projectNamed(name), folder } : { id: projectId, folder }
}

/** The projects in a folder; `hasWhole` tells whether one of them is more than a flat folder of code. */
async function projectsWithin(folder: string): Promise<Found & { hasWhole: boolean }> {
  const { children, unreadableNames } = await listFolder(folder)
  const ignored: Ignored[] = []
  const failed: Ignored[] = unreadableNames.map((path) => ({ path, why: "its name is not UTF-8" }))
  const names: string[] = []
  let hasWhole = false
  for (const { name, kind } of children) {
    if (kind === "link") ignored.push({ path: name, why: "is a link, which is not followed" })
    else if (kind !== "folder") ignored.push({ path: name, why: "belongs to no project" })
    else if (isHidden(name)) ignored.push({ path: name, why: "is a hidden folder" })
    else {
      try {
        const { children: inside } = await listFolder(join(folder, name))
        const isWhole = hasFolder(inside, parts) || hasIndex(inside)
        hasWhole ||= isWhole
        if (isWhole || hasFile(inside, isCodeAlone)) names.push(name)
        else ignored.push({ path: name, why: notAProject })
      } catch (error) {
        failed.push({ path: name, why: fileProblem(error) })
      }
    }
  }
  return { projects: identify(folder, names), ignored, failed, hasWhole }
}

/** Gives folders their ids: one whose name is an id keeps it, the others give way. */
function identify(folder: string, names: string[]): FolderProject[] {
  const ids = new Set<string>()
  return [...names.filter(isSlug), ...names.filter((name) => !isSlug(name))].map((name) => {
    const project = { ...projectNamed(name, (id) => ids.has(id)), folder: join(folder, name) }
    ids.add(project.id)
    return project
  })
}
