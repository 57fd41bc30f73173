import { limits } from "@strudel-agent/contract/limits"
import type { ExportedFile, ImportedItemType, ProjectExport } from "@strudel-agent/contract/project-file"
import { longText } from "@strudel-agent/contract/text"
import type { Db } from "@strudel-agent/database/client"
import { itemKinds } from "@strudel-agent/database/item-kinds"
import { listProjectFiles, listUnfiledIds, type ProjectFileRow } from "@strudel-agent/database/queries/project-file"
import { z } from "zod"
import { badInput } from "../failure.ts"
import { readProject } from "../project.ts"
import { bytesOf, textOf } from "./file-text.ts"
import { FolderIndex } from "./folder-index.ts"
import { inSlices } from "./in-slices.ts"
import { type ItemKind, projectKind, sameState } from "./item-kinds.ts"
import { withKind } from "./with-kind.ts"

/** First the files that were imported, then items that came from none, type by type. */
const steps = ["file", ...itemKinds] as const
const Place = z.tuple([z.enum(steps), longText(limits.pathBytes)])

/** A project whose files are printed. */
export interface Printing {
  db: Db
  projectId: string
  index: FolderIndex
}

function readCursor(cursor: string | null | undefined): z.infer<typeof Place> {
  if (!cursor) return ["file", ""]
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()))
  } catch {
    throw badInput("cursor", "is not one that this list gave out")
  }
}

/** Prints a project's folder page by page: what nobody edited since it was imported byte by byte as it was. */
export async function exportFiles(db: Db, { projectId, limit, cursor }: ProjectExport) {
  await readProject(db, projectId)
  const run: Printing = { db, projectId, index: await FolderIndex.read(db, projectId) }
  const [step, after] = readCursor(cursor)
  const { files, last } = step === "file" ? await filed(run, after, limit) : await unfiled(run, step, { after, limit })
  const next = last !== undefined ? ([step, last] as const) : nextStep(step)
  const nextCursor = next ? Buffer.from(JSON.stringify(next)).toString("base64url") : null
  return { files, nextCursor }
}

function nextStep(step: (typeof steps)[number]) {
  const following = steps[steps.indexOf(step) + 1]
  return following ? ([following, ""] as const) : undefined
}

type Item = Pick<ExportedFile, "itemType" | "itemId">

const asFile = (path: string, { itemType, itemId }: Item, content: Uint8Array): ExportedFile => ({
  path,
  itemType,
  itemId,
  content: Buffer.from(content).toString("base64"),
})

/** The imported files after a path; `last` is undefined where there are no more. */
async function filed(run: Printing, after: string, limit: number) {
  const rows = await listProjectFiles(run.db, run.projectId, { after, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const files: ExportedFile[] = []
  for (const row of page) files.push(asFile(row.path, row, await contentOf(run, row)))
  const first = after === "" && !run.index.has("index.md") ? await newIndex(run) : []
  return { files: [...first, ...files], last: rows.length > limit ? page.at(-1)?.path : undefined }
}

async function newIndex(run: Printing): Promise<ExportedFile[]> {
  const { projectId } = run
  const content = await printIndex(run)
  return content ? [asFile("index.md", { itemType: "project", itemId: projectId }, content)] : []
}

/** The `index.md` of a project that was imported without one or made in the library. */
async function printIndex({ db, projectId }: Printing): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const state = await projectKind.read(db, { projectId, id: projectId })
  if (!state || projectKind.isBlank?.({ projectId, id: projectId }, state)) return undefined
  const source = { projectId, path: "index.md", text: undefined, resolve: () => undefined }
  return bytesOf(await inSlices(projectKind.print(source, state)))
}

async function contentOf(run: Printing, row: ProjectFileRow): Promise<Uint8Array<ArrayBuffer>> {
  return row.itemType === null ? row.content : withKind(row.itemType, (kind) => printed(kind, run, row))
}

async function printed<State>(
  kind: ItemKind<State>,
  run: Printing,
  row: ProjectFileRow,
): Promise<Uint8Array<ArrayBuffer>> {
  const { projectId } = run
  const { path, content, itemType, itemId, brokenLinks } = row
  const state = itemId === null ? undefined : await kind.read(run.db, { projectId, id: itemId })
  if (!state || itemType === null) return content
  const { read, print } = run.index.formerResolvers(itemType, brokenLinks)
  const source = { projectId, path, text: textOf(content) }
  const link = await inSlices(kind.parse(source))
  if (sameState(link(read).state, state)) return content
  return bytesOf(await inSlices(kind.print({ ...source, resolve: print }, state)))
}

type Unfiled = Exclude<ImportedItemType, "project">

async function unfiled(run: Printing, type: Unfiled, page: { after: string; limit: number }) {
  const { db, projectId } = run
  const ids = await listUnfiledIds(db, type, { projectId, after: page.after, limit: page.limit + 1 })
  const files: ExportedFile[] = []
  for (const id of ids.slice(0, page.limit)) {
    const path = run.index.freePathFor(id, type)
    const text = await withKind(type, (kind) => printNew(kind, run, { type, id, path }))
    if (text !== undefined) files.push(asFile(path, { itemType: type, itemId: id }, bytesOf(text)))
  }
  return { files, last: ids.length > page.limit ? ids[page.limit - 1] : undefined }
}

interface NewItem {
  type: Unfiled
  id: string
  path: string
}

async function printNew<State>(kind: ItemKind<State>, run: Printing, { type, id, path }: NewItem) {
  const { projectId, index } = run
  const state = await kind.read(run.db, { projectId, id })
  return state && inSlices(kind.print({ projectId, path, text: undefined, resolve: index.resolver(type) }, state))
}

/** What an export writes to a path for an item, of which that file is kept or none; undefined where it does not. */
export async function printAt(
  run: Printing,
  { path, type, id }: { path: string; type: ImportedItemType; id: string },
  kept: ProjectFileRow | undefined,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (kept) return kept.itemType === type && kept.itemId === id ? contentOf(run, kept) : undefined
  if (type === "project") return path === "index.md" && id === run.projectId ? printIndex(run) : undefined
  if (run.index.isFiled({ type, id }) || run.index.freePathFor(id, type) !== path) return undefined
  const text = await withKind(type, (kind) => printNew(kind, run, { type, id, path }))
  return text === undefined ? undefined : bytesOf(text)
}
