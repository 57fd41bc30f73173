import { limits } from "@strudel-agent/contract/limits"
import type { FileToImport, ImportedFile, ImportedItemType, ProjectImport } from "@strudel-agent/contract/project-file"
import { fieldsOf } from "@strudel-agent/contract/refused-fields"
import type { Db } from "@strudel-agent/database/client"
import { isDuplicate } from "@strudel-agent/database/errors"
import { itemKinds } from "@strudel-agent/database/item-kinds"
import { ensureProject } from "@strudel-agent/database/queries/project"
import {
  addBrokenLink,
  listProjectFilesAt,
  type ProjectFileRow,
  type ProjectFileWrite,
  saveProjectFile,
} from "@strudel-agent/database/queries/project-file"
import { inTransaction } from "@strudel-agent/database/transaction"
import type { Unlinked } from "@strudel-agent/project-folder/links/link-list"
import { classify } from "@strudel-agent/project-folder/paths"
import type { Warning } from "@strudel-agent/project-folder/warning"
import { LibraryError } from "../failure.ts"
import { digestOf, isUtf8, sameBytes, textOf } from "./file-text.ts"
import { FolderIndex, isNamedAfter, keyOf, suggestedId } from "./folder-index.ts"
import { inSlices, turn } from "./in-slices.ts"
import { clipKind, type ItemKey, type ItemKind } from "./item-kinds.ts"
import { editedOnBothSides, judge, type Meeting, type Verdict } from "./judge.ts"
import { isKeepablePath } from "./keepable-path.ts"
import { withKind } from "./with-kind.ts"

type Content = Uint8Array<ArrayBuffer>

interface Arrival {
  path: string
  type: ImportedItemType
  content: Content
  base: string | null | undefined
  kept: ProjectFileRow | undefined
}

interface Import {
  tx: Db
  projectId: string
  overwrite: boolean
  dryRun: boolean
  index: FolderIndex
  /** Links to files that become clips: they led nowhere when the songs that hold them were read. */
  formerlyBroken: string[]
}

/** What refers is read after what it refers to. */
const typeOrder = ["project", ...itemKinds, "other"] as const

type Named = Pick<FileToImport, "path" | "as">

const typeOf = ({ path, as }: Named) => {
  const { type } = classify(path)
  return type === "other" ? (as ?? type) : type
}

/** Puts a file named like an id before one that only resembles it. */
function placeOf(file: Named): number {
  const { path } = file
  const type = typeOf(file)
  const isItem = type !== "project" && type !== "other"
  const resembles = isItem && !isNamedAfter(path, { type, id: suggestedId(path, type) })
  return typeOrder.indexOf(type) * 2 + (resembles ? 1 : 0)
}

/** Every import takes the same items in the same order, so that two at once do not wait for each other in a ring. */
export const byPlace = (one: Named, other: Named): number =>
  placeOf(one) - placeOf(other) || (one.path < other.path ? -1 : 1)

/** Reads files of a project's folder into the library, all or, in a dry run, none; says what became of each. */
export async function importFiles(db: Db, input: ProjectImport): Promise<ImportedFile[]> {
  const arrivals = await readFiles(input)
  return inTransaction(db, (tx) => importInto(tx, input, arrivals), isOvertaken)
}

/** Whether another call may have made the same items at the same moment, or taken away what they refer to. */
const isOvertaken = (error: unknown): boolean => error instanceof LibraryError || isDuplicate(error)

/** Lets a file that was read into the library. */
type Take = (run: Import, kept: ProjectFileRow | undefined) => Promise<ImportedFile>

/** Reads files one by one, in their places, before the transaction begins: others go on between them. */
async function readFiles({ projectId, files }: ProjectImport): Promise<Map<string, Take>> {
  const arrivals = new Map<string, Take>()
  for (const { path, as, base, content: base64 } of files
    .filter(({ path }) => isKeepablePath(path))
    .toSorted(byPlace)) {
    const content = new Uint8Array(Buffer.from(base64, "base64"))
    arrivals.set(path, await readFile(projectId, { path, type: typeOf({ path, as }), content, base }))
    await turn()
  }
  return arrivals
}

interface Sent {
  path: string
  type: ReturnType<typeof typeOf>
  content: Content
  base: string | null | undefined
}

async function readFile(projectId: string, { type, ...sent }: Sent): Promise<Take> {
  if (type !== "other") return withKind(type, (kind) => readAs(kind, projectId, { ...sent, type }))
  return async (run, kept) => {
    // What was taken as a clip stays one, also where a call does not say so again.
    if (kept?.itemType !== "clip") return keepOnly(run, { ...sent, kept })
    const take = await readAs(clipKind, projectId, { ...sent, type: "clip" })
    return take(run, kept)
  }
}

/** Markdown that fits the library in no case is not read. */
const isTooLong = (text: string): boolean => text.length > limits.bodyBytes

async function readAs<State extends object>(
  kind: ItemKind<State>,
  projectId: string,
  file: Omit<Arrival, "kept">,
): Promise<Take> {
  const text = textOf(file.content)
  if (file.type !== "clip" && isTooLong(text)) {
    const why = `at most ${limits.bodyBytes.toLocaleString("en-US")} characters of markdown`
    return async (run, kept) => keepUnstorable(run, { ...file, kept }, why)
  }
  const link = await inSlices(kind.parse({ projectId, path: file.path, text }))
  return (run, kept) => importAs(kind, run, { ...file, kept, link })
}

async function importInto(tx: Db, input: ProjectImport, arrivals: Map<string, Take>): Promise<ImportedFile[]> {
  const { projectId, overwrite, dryRun, folderPaths, files } = input
  if (!dryRun) await ensureProject(tx, projectId)
  const index = await FolderIndex.read(tx, projectId)
  if (dryRun) for (const path of folderPaths) foresee(index, path)
  const run: Import = { tx, projectId, overwrite, dryRun, index, formerlyBroken: [] }
  const kept = await listProjectFilesAt(tx, projectId, [...arrivals.keys()])
  const keptAt = new Map(kept.map((file) => [file.path, file]))
  const results = new Map<string, ImportedFile>()
  for (const [path, take] of arrivals) results.set(path, await take(run, keptAt.get(path)))
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
  why: "is not a path within the project's folder, or has a name of more than 255 bytes or with control characters",
  warnings: [],
})

const noItem = "is no clip, song, playlist or index.md: it has no page, and an export gives it back"

/** Keeps a file that is no item of the library, to be given back by an export. */
async function keepOnly(run: Import, file: Omit<Arrival, "type">, why = noItem): Promise<ImportedFile> {
  const { path, content, base, kept } = file
  const unchanged = kept !== undefined && sameBytes(kept.content, content)
  if (kept && !unchanged && base !== undefined && base !== digestOf(kept.content) && !run.overwrite)
    return { path, itemType: null, itemId: null, outcome: "skipped", why: editedOnBothSides, warnings: [] }
  if (!unchanged) await keep(run, { path, content })
  if (unchanged && why === noItem) return { path, itemType: null, itemId: null, outcome: "unchanged", warnings: [] }
  return { path, itemType: null, itemId: null, outcome: unchanged ? "unchanged" : "kept", why, warnings: [] }
}

async function keep({ tx, projectId, dryRun }: Import, file: ProjectFileWrite): Promise<void> {
  if (!dryRun) await saveProjectFile(tx, projectId, file)
}

async function importAs<State extends object>(
  kind: ItemKind<State>,
  run: Import,
  arrival: Arrival & { link: Unlinked<{ state: State; warnings: Warning[] }> },
): Promise<ImportedFile> {
  const { projectId, index } = run
  const { path, type, content, base, link } = arrival
  const id = type === "project" ? projectId : index.idFor(path, type)
  const key: ItemKey = { projectId, id }
  const broken: string[] = []
  const { state, warnings: found } = link(index.resolver(type, broken))
  const warnings = [...found]
  if (!isUtf8(content)) warnings.push({ code: "value-replaced", message: "The file is not UTF-8; its bytes are kept" })

  const problem = kind.check({ ...key, ...state })
  if (!problem.success) {
    const why = Object.entries(fieldsOf(problem.error)).map(([field, words]) => `${field}: ${words}`)
    return keepUnstorable(run, arrival, why.join("; "))
  }

  // A file that was only kept says nothing of what the library had.
  const kept = arrival.kept?.itemType ? withBroken(arrival.kept, run.formerlyBroken) : undefined
  const meeting = { type, key, path, content, state, kept, brokenLinks: broken, index, overwrite: run.overwrite, base }
  const { outcome, save, why } = await settle(kind, run, meeting)
  if (save) await keep(run, { path, content, item: { type, id }, brokenLinks: broken })
  if (arrival.kept && !kept) await noteBroken(run, keyOf({ kind: "path", path }))
  if (outcome !== "skipped") index.add(path, { type, id })
  return { path, itemType: type, itemId: id, outcome, ...(why === undefined ? {} : { why }), warnings }
}

/** A kept file of a song with further links that led nowhere when it was read. */
function withBroken(kept: ProjectFileRow, links: string[]): ProjectFileRow {
  if (kept.itemType !== "song" || links.length === 0) return kept
  return { ...kept, brokenLinks: [...new Set([...kept.brokenLinks, ...links])] }
}

/** Songs did not count a link to a file while that was only kept; without a note, an export would take the link out. */
async function noteBroken({ tx, projectId, dryRun, formerlyBroken }: Import, link: string): Promise<void> {
  formerlyBroken.push(link)
  if (!dryRun) await addBrokenLink(tx, projectId, link)
}

/** Decides between a file and the library, and lets the file in where it wins. */
async function settle<State>(
  kind: ItemKind<State>,
  { tx, dryRun }: Import,
  meeting: Omit<Meeting<State>, "current">,
): Promise<Verdict> {
  const { key, state } = meeting
  const wins = ({ outcome }: Verdict) => !dryRun && (outcome === "created" || outcome === "updated")
  const judged = (current: State | undefined) => inSlices(judge(kind, { ...meeting, current }))
  const read = await kind.read(tx, key)
  let verdict = await judged(read)
  if (!wins(verdict)) return verdict
  // Judged again where nobody can change the item any more, so that what came in between is not lost.
  const decide = async (current: State) => {
    verdict = await judged(current)
    return wins(verdict) ? state : undefined
  }
  if (read !== undefined && (await kind.revise(tx, key, decide)) !== undefined) return verdict
  await kind.create(tx, key, state)
  return judged(undefined)
}

/** Keeps the file of an item that the library cannot hold; where the library has that item, it stays as it is. */
function keepUnstorable(run: Import, arrival: Arrival, why: string): ImportedFile | Promise<ImportedFile> {
  const { path, kept } = arrival
  if (!kept?.itemType) return keepOnly(run, arrival, why)
  const { itemType, itemId } = kept
  return { path, itemType, itemId, outcome: "skipped", why: `${why}; the library keeps what it has`, warnings: [] }
}
