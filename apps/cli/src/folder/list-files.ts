import { readdir } from "node:fs/promises"
import { join } from "node:path"
import { fileProblem } from "../failure.ts"
import type { Listing } from "./entry.ts"

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/** A name as text; undefined where it is no UTF-8, and so cannot be said to anybody. */
function nameOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

const byName = (one: { name: string }, other: { name: string }): number => (one.name < other.name ? -1 : 1)

interface Child {
  name: string
  kind: "file" | "folder" | "link" | "other"
}

/** What a folder holds, in order of names; names that are no UTF-8 come separately. Throws what the file system throws. */
export async function listFolder(folder: string): Promise<{ children: Child[]; unreadableNames: string[] }> {
  const children: Child[] = []
  const unreadableNames: string[] = []
  for (const dirent of await readdir(folder, { withFileTypes: true, encoding: "buffer" })) {
    const name = nameOf(dirent.name)
    if (name === undefined) {
      unreadableNames.push(new TextDecoder().decode(dirent.name))
      continue
    }
    const kind = dirent.isSymbolicLink() ? "link" : dirent.isFile() ? "file" : dirent.isDirectory() ? "folder" : "other"
    children.push({ name, kind })
  }
  return { children: children.sort(byName), unreadableNames }
}

export const isHidden = (name: string): boolean => name.startsWith(".")

/** Lists every regular file below a folder, without following links; never fails. */
export async function listFiles(root: string): Promise<Listing> {
  const listing: Listing = { entries: [], ignored: [], failed: [] }
  const walk = async (folder: string, prefix: string): Promise<void> => {
    const { children, unreadableNames } = await listFolder(folder)
    for (const name of unreadableNames) listing.failed.push({ path: prefix + name, why: "its name is not UTF-8" })
    for (const { name, kind } of children) {
      const path = prefix + name
      const absolute = join(folder, name)
      if (kind === "link") listing.ignored.push({ path, why: "is a link, which is not followed" })
      else if (kind === "other") listing.ignored.push({ path, why: "is neither a file nor a folder" })
      else if (isHidden(name))
        listing.ignored.push({ path, why: kind === "folder" ? "is a hidden folder" : "is hidden" })
      else if (kind === "file") listing.entries.push({ path, absolute })
      else {
        await walk(absolute, `${path}/`).catch((error: unknown) => {
          listing.failed.push({ path, why: fileProblem(error) })
        })
      }
    }
  }
  await walk(root, "").catch((error: unknown) => {
    listing.failed.push({ path: ".", why: fileProblem(error) })
  })
  return listing
}
