import { itemFolders } from "@strudel-agent/contract/item"
import { codeEnding } from "@strudel-agent/project-folder/code-file"
import { classify } from "@strudel-agent/project-folder/paths"
import type { Entry, Listing } from "./entry.ts"
import type { FolderProject } from "./find-projects.ts"
import { listFiles } from "./list-files.ts"
import { isPatternsFile, readPatternsFile } from "./patterns-file.ts"

export const parts = [...Object.values(itemFolders), "surfaces"]

/** Texts about the code beside them, and code of other people. */
const noClip = /(?:^|\/)(?:readme|licen[cs]e)\.txt$|(?:^|\/)node_modules\//i

const isText = (name: string): boolean => /\.txt$/i.test(name)

/** Whether a file's name says that it holds a clip's code. */
export const isCode = (name: string): boolean => codeEnding.test(name) && !noClip.test(name)

/** Whether a file's name says so by an ending that no other text has. */
export const isCodeAlone = (name: string): boolean => isCode(name) && !isText(name)

/**
 * Which files are clips by their ending alone. In a folder without a clips folder and the like, all of them; beside such
 * folders those that no other text looks like.
 */
function takesAsClip({ entries }: Pick<Listing, "entries">): (path: string) => boolean {
  const isFlat = !entries.some(({ path }) => parts.some((part) => path.startsWith(`${part}/`)))
  const hasIndex = entries.some(({ path }) => path === "index.md")
  return (path) => {
    const isTop = !path.includes("/")
    if (!isFlat) return isTop && isCodeAlone(path)
    return isTop || !hasIndex ? isCode(path) : isCodeAlone(path)
  }
}

/** The files of a project: those that were named, or all of its folder. */
export async function filesOf({ folder, listing }: FolderProject): Promise<Listing> {
  if (listing) return listing
  const listed = await listFiles(folder)
  const isClip = takesAsClip(listed)
  const entries = listed.entries.map((entry): Entry => {
    return classify(entry.path).type === "other" && isClip(entry.path) ? { ...entry, as: "clip" } : entry
  })
  const all: Listing = { ...listed, entries }
  if (entries.some(({ path }) => path.includes("/") && classify(path).type !== "other")) return all
  const patterns = entries.filter(({ path }) => isPatternsFile(path) && !path.includes("/"))
  for (const entry of patterns) addPatterns(all, await readPatternsFile(entry))
  return all
}

/** Puts what patterns files hold beside the files of a folder; a pattern that is there already comes in once. */
function addPatterns(listing: Listing, found: Listing | string | undefined): void {
  if (typeof found !== "object") return
  const known = new Set(listing.entries.map(({ path }) => path))
  for (const entry of found.entries) {
    if (!known.has(entry.path)) listing.entries.push(entry)
    else if (entry.made) listing.ignored.push({ path: entry.path, why: "stands in another patterns file, too" })
  }
  listing.ignored.push(...found.ignored)
}
