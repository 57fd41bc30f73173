import type { Listing } from "./entry.ts"
import { isHidden, problemOf, type SourceFolder } from "./source.ts"

/** Lists every regular file below a folder, without following links; never fails. */
export async function listFiles(root: SourceFolder): Promise<Listing> {
  const listing: Listing = { entries: [], ignored: [], failed: [] }
  const walk = async (folder: SourceFolder, prefix: string): Promise<void> => {
    const { children, unreadableNames } = await folder.list()
    for (const name of unreadableNames) listing.failed.push({ path: prefix + name, why: "its name is not UTF-8" })
    for (const child of children) {
      const path = prefix + child.name
      if (child.kind === "link") listing.ignored.push({ path, why: "is a link, which is not followed" })
      else if (child.kind === "other") listing.ignored.push({ path, why: "is neither a file nor a folder" })
      else if (isHidden(child.name))
        listing.ignored.push({ path, why: child.kind === "folder" ? "is a hidden folder" : "is hidden" })
      else if (child.kind === "file") listing.entries.push({ path, file: child.file })
      else {
        await walk(child.folder, `${path}/`).catch((error: unknown) => {
          listing.failed.push({ path, why: problemOf(error) })
        })
      }
    }
  }
  await walk(root, "").catch((error: unknown) => {
    listing.failed.push({ path: ".", why: problemOf(error) })
  })
  return listing
}
