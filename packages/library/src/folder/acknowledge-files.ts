import type {
  ImportedItemType,
  ProjectAcknowledged,
  ProjectAcknowledgement,
} from "@strudel-agent/contract/project-file"
import type { Db } from "@strudel-agent/database/client"
import { listProjectFilesAt, type ProjectFileRow, saveProjectFile } from "@strudel-agent/database/queries/project-file"
import { inTransaction } from "@strudel-agent/database/transaction"
import { type Printing, printAt } from "./export-files.ts"
import { digestOf, textOf } from "./file-text.ts"
import { FolderIndex } from "./folder-index.ts"
import { byPlace } from "./import-files.ts"
import { inSlices } from "./in-slices.ts"
import type { ItemKind } from "./item-kinds.ts"
import { withKind } from "./with-kind.ts"

type Acknowledged = ProjectAcknowledgement["files"][number]

/** A file that an item was written to. */
interface Written {
  path: string
  type: ImportedItemType
  id: string
  digest: string
}

/**
 * Keeps the files of an export that stand in a folder, so that what is changed in them next is known for a change of
 * theirs. A file of which the library says something else by now is not kept; no item is made or changed.
 */
export async function acknowledgeFiles(
  db: Db,
  { projectId, files }: ProjectAcknowledgement,
): Promise<ProjectAcknowledged> {
  return inTransaction(db, async (tx) => {
    const printing: Printing = { db: tx, projectId, index: await FolderIndex.read(tx, projectId) }
    const paths = files.map(({ path }) => path)
    const kept = new Map((await listProjectFilesAt(tx, projectId, paths)).map((row) => [row.path, row]))
    const current = new Map<string, boolean>()
    for (const file of files.toSorted((one, other) => byPlace(named(one), named(other)))) {
      const isCurrent = await acknowledge(printing, file, kept.get(file.path))
      current.set(file.path, isCurrent)
    }
    return { files: paths.map((path) => ({ path, isCurrent: current.get(path) ?? false })) }
  })
}

const named = ({ path, itemType }: Acknowledged) => (itemType === "clip" ? { path, as: itemType } : { path })

async function acknowledge(printing: Printing, file: Acknowledged, kept: ProjectFileRow | undefined): Promise<boolean> {
  const { path, itemType: type, itemId: id, digest } = file
  if (kept && digestOf(kept.content) === digest) return true
  if (type === null || id === null) return false
  return withKind(type, (kind) => keepPrinted(kind, printing, { written: { path, type, id, digest }, kept }))
}

async function keepPrinted<State extends object>(
  kind: ItemKind<State>,
  printing: Printing,
  { written, kept }: { written: Written; kept: ProjectFileRow | undefined },
): Promise<boolean> {
  const { db: tx, projectId, index } = printing
  const { path, type, id, digest } = written
  let isCurrent = false
  // Locked, so that its file does not outlive an item that is deleted at this moment.
  await kind.revise(tx, { projectId, id }, async () => {
    const content = await printAt(printing, written, kept)
    if (!content || digestOf(content) !== digest) return undefined
    const brokenLinks: string[] = []
    const link = await inSlices(kind.parse({ projectId, path, text: textOf(content) }))
    link(index.resolver(type, brokenLinks))
    await saveProjectFile(tx, projectId, { path, content, item: { type, id }, brokenLinks })
    index.add(path, { type, id })
    isCurrent = true
    return undefined
  })
  return isCurrent
}
