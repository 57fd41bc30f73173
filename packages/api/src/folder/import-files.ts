import type { Database, Db } from "@strudel-agent/database/client"
import { ensureProject } from "@strudel-agent/database/queries/project"
import {
  listProjectFilesAt,
  type ProjectFileRow,
  type ProjectFileWrite,
  saveProjectFile,
} from "@strudel-agent/database/queries/project-file"
import type { Resolve } from "@strudel-agent/project-folder/link-site"
import { classify, isSafePath } from "@strudel-agent/project-folder/paths"
import type { Warning } from "@strudel-agent/project-folder/warning"
import { fieldsOf } from "../errors.ts"
import type { ImportedFile, ImportedItemType, ImportOutcome, ProjectImport } from "../schema/project-file.ts"
import { bytesOf, isUtf8, sameBytes, textOf } from "./file-text.ts"
import { FolderIndex } from "./folder-index.ts"
import { clipKind, type ItemKey, type ItemKind, playlistKind, projectKind, sameState, songKind } from "./item-kinds.ts"

type Content = Uint8Array<ArrayBuffer>

interface Arrival {
  path: string
  type: ImportedItemType
  content: Content
  kept: ProjectFileRow | undefined
}

interface Import {
  tx: Db
  projectId: string
  overwrite: boolean
  index: FolderIndex
}

const editedOnBothSides = "was changed in the folder and in the library; overwrite lets the file win"
const madeInLibrary = "the library has an item of this id that says something else; overwrite lets the file win"

/** What refers is read after what it refers to, and a file named like an id before one that only resembles it. */
const order: Record<ReturnType<typeof classify>["type"], number> = {
  project: 0,
  clip: 1,
  song: 2,
  playlist: 3,
  other: 4,
}

class DryRun extends Error {}

/** Reads files of a project's folder into the library, all or, in a dry run, none; says what became of each. */
export async function importFiles(db: Database["db"], input: ProjectImport): Promise<ImportedFile[]> {
  let results: ImportedFile[] = []
  try {
    await db.$transaction(async (tx) => {
      results = await importInto(tx, input)
      if (input.dryRun) throw new DryRun()
    })
  } catch (error) {
    if (!(error instanceof DryRun)) throw error
  }
  return results
}

async function importInto(tx: Db, input: ProjectImport): Promise<ImportedFile[]> {
  const { projectId, overwrite, dryRun, folderPaths, files } = input
  await ensureProject(tx, projectId)
  const index = await FolderIndex.read(tx, projectId)
  if (dryRun) for (const path of folderPaths) foresee(index, path)
  const run: Import = { tx, projectId, overwrite, index }
  const safe = files.filter(({ path }) => isSafePath(path))
  const kept = await listProjectFilesAt(
    tx,
    projectId,
    safe.map(({ path }) => path),
  )
  const keptAt = new Map(kept.map((file) => [file.path, file]))
  const results = new Map<string, ImportedFile>()
  const sorted = safe.toSorted((a, b) => order[classify(a.path).type] - order[classify(b.path).type])
  for (const { path, content: base64 } of sorted) {
    const content = new Uint8Array(Buffer.from(base64, "base64"))
    const { type } = classify(path)
    const arrival = { path, content, kept: keptAt.get(path) }
    results.set(path, await (type === "other" ? keepOnly(run, arrival) : importItem(run, { ...arrival, type })))
  }
  return files.map(({ path }) => results.get(path) ?? refused(path))
}

/** In a dry run of a part of a folder, takes for there what another part will bring. */
function foresee(index: FolderIndex, path: string): void {
  const { type } = classify(path)
  if (type === "clip" || type === "song") index.add(path, { type, id: index.idFor(path, type) })
}

const refused = (path: string): ImportedFile => ({
  path,
  itemType: null,
  itemId: null,
  outcome: "skipped",
  why: "is not a path within the project's folder, or not one that every system can write",
  warnings: [],
})

/** Keeps a file without a meaning, to be given back by an export. */
async function keepOnly(run: Import, file: Omit<Arrival, "type">, why?: string): Promise<ImportedFile> {
  const { path, content, kept } = file
  const unchanged = kept !== undefined && sameBytes(kept.content, content)
  if (!unchanged) await saveProjectFile(run.tx, run.projectId, { path, content })
  const outcome = unchanged ? "unchanged" : why === undefined ? (kept ? "updated" : "created") : "kept"
  return { path, itemType: null, itemId: null, outcome, ...(why === undefined ? {} : { why }), warnings: [] }
}

function importItem(run: Import, arrival: Arrival): Promise<ImportedFile> {
  switch (arrival.type) {
    case "project":
      return importAs(projectKind, run, arrival)
    case "clip":
      return importAs(clipKind, run, arrival)
    case "song":
      return importAs(songKind, run, arrival)
    case "playlist":
      return importAs(playlistKind, run, arrival)
  }
}

async function importAs<State extends object>(
  kind: ItemKind<State>,
  run: Import,
  arrival: Arrival,
): Promise<ImportedFile> {
  const { tx, projectId, index } = run
  const { path, type, content } = arrival
  const id = type === "project" ? projectId : index.idFor(path, type)
  const key: ItemKey = { projectId, id }
  const broken: string[] = []
  const source = { projectId, path, text: textOf(content), resolve: resolverFor(index, type, broken) }
  const { state, warnings } = kind.parse(source)
  if (!isUtf8(content)) warnings.push({ code: "value-replaced", message: "The file is not UTF-8; its bytes are kept" })

  const problem = kind.schema.safeParse({ ...key, ...state })
  if (!problem.success) {
    const why = Object.entries(fieldsOf(problem.error)).map(([field, words]) => `${field}: ${words}`)
    return keepOnly(run, arrival, why.join("; "))
  }

  const current = await kind.read(tx, key)
  const verdict = judge(kind, run, { arrival, key, state, current })
  if (current === undefined) await kind.create(tx, key, state)
  else if (verdict.outcome === "created" || verdict.outcome === "updated") await kind.update(tx, key, state)
  if (verdict.save) {
    const file: ProjectFileWrite = { path, content, item: { type, id }, brokenLinks: broken }
    await saveProjectFile(tx, projectId, file)
  }
  if (verdict.outcome !== "skipped") index.add(path, { type, id })
  const { outcome, why } = verdict
  return { path, itemType: type, itemId: id, outcome, ...(why === undefined ? {} : { why }), warnings }
}

function resolverFor(index: FolderIndex, type: ImportedItemType, broken: string[]): Resolve {
  if (type === "song") return index.resolver("clip", broken)
  if (type === "playlist") return index.resolver("song", broken)
  return () => undefined
}

/** How a kept file's links were resolved when it was read. */
export function formerResolverFor(index: FolderIndex, type: ImportedItemType, broken: string[]): Resolve {
  if (type === "song") return index.formerResolver("clip", broken)
  if (type === "playlist") return index.formerResolver("song", broken)
  return () => undefined
}

interface Verdict {
  outcome: ImportOutcome
  /** Whether the file is what an export starts from henceforth. */
  save: boolean
  why?: string
}

interface Meeting<State> {
  arrival: Arrival
  key: ItemKey
  state: State
  current: State | undefined
}

/** Decides between a file and what the library has of it, so that no side's change is lost. */
function judge<State>(kind: ItemKind<State>, run: Import, { arrival, key, state, current }: Meeting<State>): Verdict {
  const { kept, content, path, type } = arrival
  if (current === undefined) return { outcome: "created", save: true }
  if (sameState(current, state)) return { outcome: "unchanged", save: !kept || !sameBytes(kept.content, content) }
  if (kind.isBlank?.(key, current)) return { outcome: kept ? "updated" : "created", save: true }
  if (!kept)
    return run.overwrite ? { outcome: "updated", save: true } : { outcome: "skipped", save: false, why: madeInLibrary }

  const resolve = formerResolverFor(run.index, type, kept.brokenLinks)
  const former = { projectId: run.projectId, path, text: textOf(kept.content), resolve }
  const untouched = sameState(current, kind.parse(former).state)
  if (untouched) return { outcome: "updated", save: true }
  if (sameBytes(kept.content, content)) {
    return run.overwrite
      ? { outcome: "updated", save: true }
      : { outcome: "unchanged", save: false, why: "was changed in the library, which keeps its change" }
  }
  if (sameBytes(bytesOf(kind.print(former, current)), content)) return { outcome: "unchanged", save: true }
  return run.overwrite
    ? { outcome: "updated", save: true }
    : { outcome: "skipped", save: false, why: editedOnBothSides }
}
