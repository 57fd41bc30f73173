import { isSlug } from "@strudel-agent/contract/item"
import { codeEndings } from "@strudel-agent/project-folder/code-file"
import type { Ignored, Listing } from "./entry.ts"
import { ImportProblem } from "./import-problem.ts"
import { isPatternsFile, readPatternsFile } from "./patterns-file.ts"
import { isCode, isCodeAlone, parts } from "./project-files.ts"
import { type ProjectName, projectNamed } from "./project-name.ts"
import { isHidden, problemOf, type SourceChild, type SourceFile, type SourceFolder } from "./source.ts"

export interface FolderProject extends ProjectName {
  folder: SourceFolder
  /** The files that were named; without them, all of the folder. */
  listing?: Listing
}

export interface Found {
  projects: FolderProject[]
  ignored: Ignored[]
  failed: Ignored[]
}

const notAProject = "has no index.md, no clips, songs, playlists or surfaces folder, and no code"

const hasFolder = (children: SourceChild[], names: string[]): boolean =>
  children.some(({ name, kind }) => kind === "folder" && names.includes(name))

function folderIn(children: SourceChild[], name: string): SourceFolder | undefined {
  const child = children.find((each) => each.kind === "folder" && each.name === name)
  return child?.kind === "folder" ? child.folder : undefined
}

const hasIndex = (children: SourceChild[]): boolean =>
  children.some(({ name, kind }) => kind === "file" && name === "index.md")

const hasFile = (children: SourceChild[], test: (name: string) => boolean): boolean =>
  children.some(({ name, kind }) => kind === "file" && !isHidden(name) && test(name))

/**
 * The project of a patterns file, which is called like the file; browsers number one that is there already. Undefined where
 * the file is another one; words where it cannot be read.
 */
export async function findPatterns(
  { name, file, folder }: { name: string; file: SourceFile; folder: SourceFolder },
  projectId: string | undefined,
): Promise<FolderProject | string | undefined> {
  const listing = await readPatternsFile({ path: name, file })
  if (typeof listing !== "object") return listing
  const stem = name.replace(/(.)\.[^.]*$/, "$1").replace(/ \(\d+\)$/, "")
  return { id: projectId ?? projectNamed(stem).id, folder, listing }
}

/** Takes the patterns files that lie beside projects for projects of their own. */
async function addPatterns(found: Found, folder: SourceFolder, projectId: string | undefined): Promise<void> {
  const { children } = await folder.list()
  const isAlone = found.projects.length === 0
  for (const child of children) {
    const { name } = child
    if (child.kind !== "file" || isHidden(name) || !isPatternsFile(name)) continue
    const patterns = await findPatterns({ name, file: child.file, folder }, isAlone ? projectId : undefined)
    if (typeof patterns !== "object") continue
    found.projects.push(patterns)
    found.ignored = found.ignored.filter(({ path }) => path !== name)
  }
}

/** Two projects of one id where the files of one would take the place of the other's; undefined where there are none. */
export function findClash(projects: FolderProject[]): [FolderProject, FolderProject] | undefined {
  for (const [index, project] of projects.entries()) {
    const other = projects.slice(0, index).find((each) => each.id === project.id && isClash(each, project))
    if (other) return [other, project]
  }
  return undefined
}

function isClash({ listing: one }: FolderProject, { listing: other }: FolderProject): boolean {
  if (!one || !other) return true
  const paths = new Set(one.entries.map(({ path }) => path))
  return other.entries.some(({ path }) => paths.has(path))
}

/**
 * Finds the projects of a folder: it is one itself, or holds some, or holds a `projects` folder that does, or is a flat
 * folder of code, or holds some.
 */
export async function findInFolder(folder: SourceFolder, projectId: string | undefined): Promise<Found> {
  const { children } = await folder.list().catch((error: unknown) => {
    throw new ImportProblem(`${folder.path}: ${problemOf(error)}`)
  })
  const holdsProjects = hasFolder(children, ["projects"])
  if (hasFolder(children, parts) || (hasIndex(children) && !holdsProjects)) {
    return { projects: [await asProject(folder, projectId)], ignored: [], failed: [] }
  }
  const place = (holdsProjects && folderIn(children, "projects")) || folder
  const { hasWhole, ...found } = await projectsWithin(place)
  if (!hasWhole && !holdsProjects && hasFile(children, isCode))
    return { projects: [await asProject(folder, projectId)], ignored: [], failed: [] }
  await addPatterns(found, place, projectId)
  if (found.projects.length === 0) {
    const wanted = `an index.md, a clips, songs, playlists or surfaces folder, or files of code (${codeEndings})`
    throw new ImportProblem(`${folder.path} is no project and holds none: a project has ${wanted}.`, { wrongly: true })
  }
  if (projectId === undefined) return found
  const chosen = found.projects.filter(({ id, renamedFrom }) => id === projectId || renamedFrom === projectId)
  if (chosen.length > 0) return { projects: chosen, ignored: [], failed: [] }
  const ids = found.projects.map(({ id }) => id).join(", ")
  throw new ImportProblem(`${folder.path} holds no project "${projectId}", but ${ids}.`, { wrongly: true })
}

async function asProject(folder: SourceFolder, projectId: string | undefined): Promise<FolderProject> {
  return projectId === undefined ? { ...projectNamed(await folder.name()), folder } : { id: projectId, folder }
}

interface NamedFolder {
  name: string
  folder: SourceFolder
}

/** The projects in a folder; `hasWhole` tells whether one of them is more than a flat folder of code. */
async function projectsWithin(folder: SourceFolder): Promise<Found & { hasWhole: boolean }> {
  const { children, unreadableNames } = await folder.list()
  const ignored: Ignored[] = []
  const failed: Ignored[] = unreadableNames.map((path) => ({ path, why: "its name is not UTF-8" }))
  const folders: NamedFolder[] = []
  let hasWhole = false
  for (const child of children) {
    const { name, kind } = child
    if (kind === "link") ignored.push({ path: name, why: "is a link, which is not followed" })
    else if (child.kind !== "folder") ignored.push({ path: name, why: "belongs to no project" })
    else if (isHidden(name)) ignored.push({ path: name, why: "is a hidden folder" })
    else {
      try {
        const { children: inside } = await child.folder.list()
        const isWhole = hasFolder(inside, parts) || hasIndex(inside)
        hasWhole ||= isWhole
        if (isWhole || hasFile(inside, isCodeAlone)) folders.push(child)
        else ignored.push({ path: name, why: notAProject })
      } catch (error) {
        failed.push({ path: name, why: problemOf(error) })
      }
    }
  }
  return { projects: identify(folders), ignored, failed, hasWhole }
}

/** Gives folders their ids: one whose name is an id keeps it, the others give way. */
function identify(folders: NamedFolder[]): FolderProject[] {
  const ids = new Set<string>()
  const inOrder = [...folders.filter(({ name }) => isSlug(name)), ...folders.filter(({ name }) => !isSlug(name))]
  return inOrder.map(({ name, folder }) => {
    const project = { ...projectNamed(name, (id) => ids.has(id)), folder }
    ids.add(project.id)
    return project
  })
}
