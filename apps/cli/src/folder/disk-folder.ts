import { readdir, realpath } from "node:fs/promises"
import { basename, join } from "node:path"
import { byName, type SourceChild, type SourceChildren, type SourceFolder } from "@strudel-agent/importer/source"
import { fileProblem } from "../failure.ts"
import { diskFile } from "./read-file.ts"

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })

/** A name as text; undefined where it is no UTF-8, and so cannot be said to anybody. */
function nameOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

async function listFolder(folder: string): Promise<SourceChildren> {
  const children: SourceChild[] = []
  const unreadableNames: string[] = []
  for (const dirent of await readdir(folder, { withFileTypes: true, encoding: "buffer" })) {
    const name = nameOf(dirent.name)
    if (name === undefined) {
      unreadableNames.push(new TextDecoder().decode(dirent.name))
      continue
    }
    const path = join(folder, name)
    if (dirent.isSymbolicLink()) children.push({ name, kind: "link" })
    else if (dirent.isFile()) children.push({ name, kind: "file", file: diskFile(path) })
    else if (dirent.isDirectory()) children.push({ name, kind: "folder", folder: diskFolder(path) })
    else children.push({ name, kind: "other" })
  }
  return { children: children.sort(byName), unreadableNames }
}

/** A folder on the disk. Its name is that of the folder which its path stands for, as "." or a link does. */
export const diskFolder = (path: string): SourceFolder => ({
  path,
  name: async () => basename(await realpath(path)),
  list: () =>
    listFolder(path).catch((error: unknown) => {
      throw new Error(fileProblem(error), { cause: error })
    }),
})
