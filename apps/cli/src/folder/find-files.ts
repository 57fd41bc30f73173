import { realpath } from "node:fs/promises"
import { basename, dirname, join, relative, sep } from "node:path"
import type { Entry } from "@strudel-agent/importer/entry"
import { takenFiles } from "@strudel-agent/importer/find-input-files"
import { type FolderProject, findPatterns } from "@strudel-agent/importer/find-projects"
import { isPatternsFile } from "@strudel-agent/importer/patterns-file"
import { parts } from "@strudel-agent/importer/project-files"
import { type ProjectName, projectNamed } from "@strudel-agent/importer/project-name"
import { codeEnding } from "@strudel-agent/project-folder/code-file"
import { classify } from "@strudel-agent/project-folder/paths"
import { UsageError } from "../failure.ts"
import { diskFolder } from "./disk-folder.ts"
import { diskFile } from "./read-file.ts"

/** The folder of the project that a file lies in, where its place there makes an item of it, else its own folder. */
function projectFolderOf(file: string): string {
  const own = dirname(file)
  for (let folder = own; dirname(folder) !== folder; folder = dirname(folder)) {
    if (!parts.includes(basename(folder))) continue
    if (classify(pathWithin(dirname(folder), file)).type !== "other") return dirname(folder)
  }
  return own
}

const pathWithin = (folder: string, file: string): string => relative(folder, file).split(sep).join("/")

const named = (name: string, projectId: string | undefined): ProjectName =>
  projectId === undefined ? projectNamed(name) : { id: projectId }

const unknown = (file: string): UsageError =>
  new UsageError(`${file} is nothing that an import takes: ${takenFiles}. Transcripts are read by import-session.`)

/**
 * Finds the projects of files that are named one by one: a project is called like the folder that it would be with all of
 * its files, and one of patterns like the patterns file, unless `projectId` names it. Throws a usage error where a file is
 * none that an import takes.
 */
export async function findFiles(files: string[], projectId: string | undefined): Promise<FolderProject[]> {
  const projects = new Map<string, FolderProject>()
  const found: FolderProject[] = []
  for (const file of files) {
    // The folder of "x.js" or behind a link is the folder that it stands for.
    const absolute = join(await realpath(dirname(file)), basename(file))
    if (isPatternsFile(absolute)) {
      const named = { name: basename(absolute), file: diskFile(absolute), folder: diskFolder(dirname(absolute)) }
      const patterns = await findPatterns(named, projectId)
      if (typeof patterns === "string") throw new UsageError(`${file}: ${patterns}.`)
      if (!patterns) throw unknown(file)
      found.push(patterns)
      continue
    }
    const folder = projectFolderOf(absolute)
    const path = pathWithin(folder, absolute)
    const isItem = classify(path).type !== "other"
    if (!isItem && !codeEnding.test(path)) throw unknown(file)
    const entry: Entry = { path, file: diskFile(absolute), ...(!isItem && { as: "clip" }) }
    const project = projects.get(folder)
    if (project) project.listing?.entries.push(entry)
    else
      projects.set(folder, {
        ...named(basename(folder), projectId),
        folder: diskFolder(folder),
        listing: asListing(entry),
      })
  }
  return [...projects.values(), ...found]
}

const asListing = (entry: Entry) => ({ entries: [entry], ignored: [], failed: [] })
