import { limits } from "@strudel-agent/contract/limits"
import { readPatternsExport } from "@strudel-agent/project-folder/patterns-export"
import { decodeFile } from "@strudel-agent/project-folder/storable-text"
import type { Entry, Listing } from "./entry.ts"

/** Bytes of a patterns file: years of patterns are some megabytes. */
const most = 32 * 1024 * 1024

/** Whether a file's name is that of a patterns file. */
export const isPatternsFile = (name: string): boolean => /\.json$/i.test(name)

/**
 * Reads the patterns that strudel.cc exports: each becomes a clip's file of its own, and the file itself is kept where the
 * library has room for it. Undefined where it is another file; words where it cannot be read.
 */
export async function readPatternsFile(file: Entry): Promise<Listing | string | undefined> {
  const { content, problem } = await file.file.read(most)
  if (problem !== undefined) return problem
  const text = decodeFile(content)
  if (text === undefined) return "is not UTF-8"
  const found = readPatternsExport(text)
  if (!found) return undefined
  const entries: Entry[] = found.patterns.map(({ path, text: code }) => {
    return { path, file: { read: async () => ({ content: new TextEncoder().encode(code) }) }, made: true }
  })
  const ignored = found.leftOut.map(({ id, why }) => ({ path: `${file.path}#${id}`, why }))
  if (content.length <= limits.fileBytes) entries.push(file)
  else ignored.push({ path: file.path, why: "its patterns are taken; it is too large to be kept itself" })
  return { entries, ignored, failed: [] }
}
