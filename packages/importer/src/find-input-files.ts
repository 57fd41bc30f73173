import { codeEnding, codeEndings } from "@strudel-agent/project-folder/code-file"
import { readTranscripts } from "@strudel-agent/project-folder/transcript/file"
import type { Entry, Ignored } from "./entry.ts"
import { type FolderProject, findClash, findInFolder, findPatterns } from "./find-projects.ts"
import { ImportProblem } from "./import-problem.ts"
import { type InputFile, type NamedFile, sourcesOf } from "./input-file.ts"
import { isPatternsFile } from "./patterns-file.ts"
import { isHidden, type SourceFolder } from "./source.ts"
import { mostTranscriptBytes, type Transcript } from "./transcript/transcript.ts"

/** What a file has to be that an import takes by itself, as the end of a sentence on one that is none. */
export const takenFiles =
  `a file of code ends in ${codeEndings}, an index.md, song or playlist in .md in its place, ` +
  "and the patterns of strudel.cc in .json"

export interface FoundInput {
  /** Projects of folders and of patterns files, under ids of their own. */
  projects: FolderProject[]
  /** Single files of code, which go into a project that has to be said. */
  code: Entry[]
  /** Files with talks. */
  transcripts: { fileName: string; conversations: Transcript[] }[]
  ignored: Ignored[]
  /** What is none of these, or cannot be read. */
  failed: Ignored[]
}

/** Where the files lie that were given one by one: nowhere that a page is told of. */
const nowhere: SourceFolder = {
  path: "",
  name: async () => "",
  list: async () => ({ children: [], unreadableNames: [] }),
}

/** Makes a project of the single files of code that were given. */
export const codeProject = (id: string, code: Entry[]): FolderProject => ({
  id,
  folder: nowhere,
  listing: { entries: code, ignored: [], failed: [] },
})

/** Finds out what each of the files and folders is that a person gave; `onFile` is told of every single file. */
export async function findInputFiles(
  given: InputFile[],
  onFile: (name: string) => void = () => {},
): Promise<FoundInput> {
  const { folders, files } = sourcesOf(given)
  const found: FoundInput = { projects: [], code: [], transcripts: [], ignored: [], failed: [] }
  for (const folder of folders) await addFolder(found, folder)
  for (const file of files) {
    onFile(file.name)
    await addFile(found, file)
  }
  for (let clash = findClash(found.projects); clash; clash = findClash(found.projects)) {
    const [one, other] = clash
    found.projects = found.projects.filter((project) => project !== other)
    const why = `would be the project "${one.id}", as ${one.folder.path || one.id} is: import one after the other`
    found.failed.push({ path: other.folder.path || other.id, why })
  }
  return found
}

async function addFolder(found: FoundInput, folder: SourceFolder): Promise<void> {
  try {
    const { projects, ignored, failed } = await findInFolder(folder, undefined)
    found.projects.push(...projects)
    found.ignored.push(...ignored)
    found.failed.push(...failed)
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error
    found.failed.push({ path: folder.path, why: endOf(error.message, folder.path) })
  }
}

/** A sentence about a file without the file's name before it and the dot behind it. */
const endOf = (message: string, name: string): string =>
  (message.startsWith(`${name} `) ? message.slice(name.length + 1) : message).replace(/\.$/, "")

async function addFile(found: FoundInput, { name, file }: NamedFile): Promise<void> {
  const fail = (why: string) => void found.failed.push({ path: name, why })
  if (isHidden(name)) return void found.ignored.push({ path: name, why: "is hidden" })
  if (codeEnding.test(name)) {
    if (found.code.some(({ path }) => path === name)) return fail("another file of this name was given, too")
    return void found.code.push({ path: name, file, as: "clip" })
  }
  if (/\.md$/i.test(name))
    return fail(`is nothing that an import takes: ${takenFiles}; give the folder that it lies in`)
  if (isPatternsFile(name)) {
    const patterns = await findPatterns({ name, file, folder: nowhere }, undefined)
    if (typeof patterns === "object") return void found.projects.push(patterns)
  }
  const { content, problem } = await file.read(mostTranscriptBytes)
  if (problem !== undefined) return fail(problem)
  const read = readTranscripts({ bytes: content })
  if ("refusal" in read) return fail(`is nothing that an import takes: ${read.refusal}`)
  found.transcripts.push({
    fileName: name,
    conversations: read.conversations.map((conversation) => ({ ...conversation, fileName: name })),
  })
}
