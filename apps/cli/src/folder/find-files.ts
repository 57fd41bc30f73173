import { realpath } from "node:fs/promises"
import { basename, dirname, extname, join, relative, sep } from "node:path"
import { codeEnding, codeEndings } from "@strudel-agent/project-folder/code-file"
import { classify } from "@strudel-agent/project-folder/paths"
import { UsageError } from "../failure.ts"
import type { Entry } from "./entry.ts"
import type { FolderProject } from "./find-projects.ts"
import { isPatternsFile, readPatternsFile } from "./patterns-file.ts"
import { parts } from "./project-files.ts"
import { type ProjectName, projectNamed } from "./project-name.ts"

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
  new UsageError(
    `${file} is nothing that an import takes: a file of code ends in ${codeEndings}, an index.md, song or playlist in .md ` +
      "in its place, and the patterns of strudel.cc in .json. Transcripts are read by import-session.",
  )

/**
 * The project of a patterns file, which is called like the file; browsers number one that is there already. Undefined where
 * the file is another one; words where it cannot be read.
 */
export async function findPatterns(
  file: string,
  projectId: string | undefined,
): Promise<FolderProject | string | undefined> {
  const listing = await readPatternsFile({ path: basename(file), absolute: file })
  if (typeof listing !== "object") return listing
  const { id } = named(basename(file, extname(file)).replace(/ \(\d+\)$/, ""), projectId)
  return { id, folder: dirname(file), listing }
}

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
      const patterns = await findPatterns(absolute, projectId)
      if (typeof patterns === "string") throw new UsageError(`${file}: ${patterns}.`)
      if (!patterns) throw unknown(file)
      found.push(patterns)
      continue
    }
    const folder = projectFolderOf(absolute)
    const path = pathWithin(folder, absolute)
    const isItem = classify(path).type !== "other"
    if (!isItem && !codeEnding.test(path)) throw unknown(file)
    const entry: Entry = { path, absolute, ...(!isItem && { as: "clip" }) }
    const project = projects.get(folder)
    if (project) project.listing?.entries.push(entry)
    else projects.set(folder, { ...named(basename(folder), projectId), folder, listing: asListing(entry) })
  }
  return [...projects.values(), ...found]
}

const asListing = (entry: Entry) => ({ entries: [entry], ignored: [], failed: [] })
