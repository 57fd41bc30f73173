import { realpath, stat } from "node:fs/promises"
import { basename, join } from "node:path"
import { isSlug, slugFor } from "@strudel-agent/project-folder/paths"
import { fileProblem, UsageError } from "../failure.ts"
import type { Ignored } from "./entry.ts"
import { isHidden, listFolder } from "./list-files.ts"

export interface FolderProject {
  id: string
  /** The folder's name, where the id is another. */
  renamedFrom?: string
  folder: string
}

export interface Found {
  projects: FolderProject[]
  ignored: Ignored[]
  failed: Ignored[]
}

const parts = ["clips", "songs", "playlists", "surfaces"]
const notAProject = "has no index.md and no clips, songs, playlists or surfaces folder"

type Children = Awaited<ReturnType<typeof listFolder>>["children"]

const hasFolder = (children: Children, names: string[]): boolean =>
  children.some(({ name, kind }) => kind === "folder" && names.includes(name))

const hasIndex = (children: Children): boolean =>
  children.some(({ name, kind }) => kind === "file" && name === "index.md")

/**
 * Finds the projects of a folder: it is one itself, or holds some, or holds a `projects` folder that does. `projectId`
 * names the one project, or chooses among several. Throws a usage error where there is none.
 */
export async function findProjects(folder: string, projectId: string | undefined): Promise<Found> {
  const stats = await stat(folder).catch(() => undefined)
  if (!stats?.isDirectory()) throw new UsageError(`${folder}: there is no such folder.`)
  const { children } = await listFolder(folder)
  const holdsProjects = hasFolder(children, ["projects"])
  if (hasFolder(children, parts) || (hasIndex(children) && !holdsProjects)) {
    return { projects: [await asProject(folder, projectId)], ignored: [], failed: [] }
  }
  const found = await projectsWithin(holdsProjects ? join(folder, "projects") : folder)
  if (found.projects.length === 0) {
    const wanted = "an index.md, or a clips, songs, playlists or surfaces folder"
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
  if (projectId !== undefined) return { id: projectId, folder }
  return named(name, folder, () => false)
}

function named(name: string, folder: string, taken: (id: string) => boolean): FolderProject {
  if (isSlug(name) && !taken(name)) return { id: name, folder }
  // Without an ending that the slug would lose: a folder may be called `demo.js`.
  return { id: slugFor(`${name}.md`, taken, "project"), renamedFrom: name, folder }
}

async function projectsWithin(folder: string): Promise<Found> {
  const { children, unreadableNames } = await listFolder(folder)
  const ignored: Ignored[] = []
  const failed: Ignored[] = unreadableNames.map((path) => ({ path, why: "its name is not UTF-8" }))
  const names: string[] = []
  for (const { name, kind } of children) {
    if (kind === "link") ignored.push({ path: name, why: "is a link, which is not followed" })
    else if (kind !== "folder") ignored.push({ path: name, why: "belongs to no project" })
    else if (isHidden(name)) ignored.push({ path: name, why: "is a hidden folder" })
    else {
      try {
        if (looksLikeProject(await listFolder(join(folder, name)))) names.push(name)
        else ignored.push({ path: name, why: notAProject })
      } catch (error) {
        failed.push({ path: name, why: fileProblem(error) })
      }
    }
  }
  return { projects: identify(folder, names), ignored, failed }
}

const looksLikeProject = ({ children }: { children: Children }): boolean =>
  hasFolder(children, parts) || hasIndex(children)

/** Gives folders their ids: one whose name is an id keeps it, the others give way. */
function identify(folder: string, names: string[]): FolderProject[] {
  const ids = new Set<string>()
  return [...names.filter(isSlug), ...names.filter((name) => !isSlug(name))].map((name) => {
    const project = named(name, join(folder, name), (id) => ids.has(id))
    ids.add(project.id)
    return project
  })
}
