import { byName, type SourceChild, type SourceFile, type SourceFolder, tooLarge } from "./source.ts"

/** What a browser's `File` tells of itself. */
export interface GivenFile {
  size: number
  arrayBuffer(): Promise<ArrayBuffer>
}

/** Something that a person gave to a page, by its path with `/` between folders: a file, or a folder with nothing of it read. */
export type InputFile = { path: string; file: GivenFile } | { path: string; file?: undefined }

export interface NamedFile {
  name: string
  file: SourceFile
}

const asSource = (file: GivenFile): SourceFile => ({
  async read(most) {
    if (file.size > most) return { problem: tooLarge(most) }
    try {
      return { content: new Uint8Array(await file.arrayBuffer()) }
    } catch {
      return { problem: "cannot be read: it may be gone, or have changed since" }
    }
  },
})

interface Branch {
  folders: Map<string, Branch>
  files: NamedFile[]
}

const newBranch = (): Branch => ({ folders: new Map(), files: [] })

function branchAt(root: Branch, names: string[]): Branch {
  let branch = root
  for (const name of names) {
    const next = branch.folders.get(name) ?? newBranch()
    branch.folders.set(name, next)
    branch = next
  }
  return branch
}

const asFolder = (path: string, { folders, files }: Branch): SourceFolder => ({
  path,
  name: async () => path.slice(path.lastIndexOf("/") + 1),
  async list() {
    const children: SourceChild[] = [
      ...files.map(({ name, file }) => ({ name, kind: "file" as const, file })),
      ...[...folders].map(([name, branch]) => {
        return { name, kind: "folder" as const, folder: asFolder(`${path}/${name}`, branch) }
      }),
    ]
    return { children: children.sort(byName), unreadableNames: [] }
  },
})

/** The folders and the single files that were given. */
export function sourcesOf(given: InputFile[]): { folders: SourceFolder[]; files: NamedFile[] } {
  const root = newBranch()
  for (const { path, file } of given) {
    const names = path.split("/")
    if (!file) {
      branchAt(root, names)
      continue
    }
    const name = names.pop() ?? ""
    branchAt(root, names).files.push({ name, file: asSource(file) })
  }
  return { folders: [...root.folders].map(([name, branch]) => asFolder(name, branch)), files: root.files }
}
