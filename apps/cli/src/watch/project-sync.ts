import { stat } from "node:fs/promises"
import type { Client, Outputs } from "@strudel-agent/client/client"
import { reasonOf } from "@strudel-agent/client/reason"
import { inOrder, readBatches, type SentFile } from "@strudel-agent/importer/import-batches"
import { send } from "@strudel-agent/importer/import-projects"
import type { FileReport } from "@strudel-agent/importer/import-report"
import { FolderWriter } from "../folder/folder-writer.ts"
import { unwritable } from "../folder/writable-path.ts"
import { conflictPath } from "./conflict-path.ts"
import { decide, type Sides } from "./decide.ts"
import { digestOf, isPassedOver, LocalFiles } from "./local-files.ts"
import { readState, writeState } from "./watch-state.ts"

/** What happened to a file. */
export type SyncEvent =
  | { event: "pushed" | "pulled"; path: string; outcome: string }
  | { event: "conflict"; path: string; kept: string }
  | { event: "gone-here" | "gone-there"; path: string }
  | { event: "refused"; path: string; why: string }

interface Place {
  client: Client
  folder: string
  url: string
  project: string
}

interface Options {
  /** Says what would happen, and does nothing. */
  dryRun: boolean
  onEvent: (event: SyncEvent) => void
}

/** Files of a page: each may have 2 MiB. */
const filesPerPage = 25
/** Files of a call that says that they stand here. */
const filesPerAcknowledgement = 100

const otherFolder = "is not the folder that was there at the start: put that back, or start again"

type ExportedFile = Outputs["project"]["exportFiles"]["files"][number]
/** A file of the library: its digest, and which item it is. */
type LibraryFile = Pick<ExportedFile, "itemType" | "itemId"> & { digest: string }

interface Own {
  writer: FolderWriter
  keeper: FolderWriter
  identity: string | undefined
  base: Map<string, string> | undefined
}

/** Tells one folder of a disk from another, such as from the empty one that a disk was mounted on. */
const identityOf = async (folder: string): Promise<string | undefined> => {
  const stats = await stat(folder, { bigint: true }).catch(() => undefined)
  return stats && `${stats.dev} ${stats.ino}`
}

/** A project's folder and the project in the library, which are brought into step. */
export class ProjectSync {
  readonly #place: Place
  readonly #options: Options
  readonly #local: LocalFiles
  readonly #writer: FolderWriter
  /** Writes over nothing. */
  readonly #keeper: FolderWriter
  /** Which folder of the disk it is. */
  readonly #identity: string | undefined
  readonly #base: Map<string, string>
  /** Files that stood here before there was a state: an import may have sent them. Undefined until the first look. */
  #unknown: Set<string> | undefined
  /** The library's files, as they were read last. */
  readonly #there = new Map<string, LibraryFile>()
  /** What was told of a file as it is, so that it is told once. */
  readonly #lastEvents = new Map<string, string>()
  /** Files that the library did not take as they are. */
  readonly #refused = new Map<string, { digest: string; why: string }>()
  /** Files that both sides have, of which the library was not yet told. */
  readonly #pulled = new Map<string, LibraryFile>()
  /** Files that both sides had and that were missing here at the last look at the library. */
  readonly #missing = new Set<string>()
  /** Whether another folder stood here at the last look, or none. */
  #isAway = false
  /** Whether files were written since the folder was looked at. */
  #hasWritten = false
  #savedBase = ""

  private constructor(place: Place, options: Options, own: Own) {
    this.#place = place
    this.#options = options
    this.#local = new LocalFiles(place.folder)
    this.#writer = own.writer
    this.#keeper = own.keeper
    this.#identity = own.identity
    this.#base = own.base ?? new Map()
    if (own.base) this.#unknown = new Set()
  }

  static async open(place: Place, options: Options): Promise<ProjectSync> {
    const writer = await FolderWriter.open(place.folder, { overwrite: true })
    const keeper = await FolderWriter.open(place.folder, { overwrite: false })
    const identity = await identityOf(place.folder)
    return new ProjectSync(place, options, { writer, keeper, identity, base: await readState(place) })
  }

  /** Looks at the folder; answers whether no file of it is being written. */
  async isSettled(): Promise<boolean> {
    await this.#local.scan()
    return this.#local.unsettled.size === 0
  }

  /** Brings both sides into step; answers what is to be looked at again soon, as it is being written. */
  async step({ library }: { library: boolean }): Promise<{ here: boolean; there: boolean }> {
    if ((await identityOf(this.#place.folder)) !== this.#identity) {
      if (!this.#isAway) this.#options.onEvent({ event: "refused", path: ".", why: otherFolder })
      this.#isAway = true
      return { here: false, there: false }
    }
    const isBack = this.#isAway
    this.#isAway = false
    await this.#local.scan()
    this.#unknown ??= new Set([...this.#local.files.keys(), ...this.#local.unsettled])
    const again = { here: this.#local.unsettled.size > 0, there: false }
    if ((library || isBack) && (await this.#readLibrary())) again.there = true
    if (await this.#writeLibrary()) again.there = true
    if (await this.#acknowledge()) again.there = true
    for (const [path, why] of this.#local.problems) this.#sayOnce({ event: "refused", path, why }, why)
    await this.#save()
    return again
  }

  #sides = (path: string): Sides => ({
    here: this.#local.digest(path),
    there: this.#there.get(path)?.digest,
    base: this.#pulled.get(path)?.digest ?? this.#base.get(path),
  })

  #say(event: SyncEvent): void {
    this.#lastEvents.delete(event.path)
    this.#options.onEvent(event)
  }

  #sayOnce(event: SyncEvent, about: string): void {
    const words = `${event.event} ${about}`
    if (this.#lastEvents.get(event.path) === words) return
    this.#lastEvents.set(event.path, words)
    this.#options.onEvent(event)
  }

  /** The library's files, page by page. */
  async *#library(): AsyncGenerator<ExportedFile[]> {
    const { client, project } = this.#place
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const input = { projectId: project, limit: filesPerPage, cursor }
      const page = await client.project.exportFiles.query(input).catch((error: unknown) => {
        if (reasonOf(error) === "PROJECT_NOT_FOUND") return { files: [], nextCursor: null }
        throw error
      })
      yield page.files
      cursor = page.nextCursor
    }
  }

  /** Takes over what changed in the library; answers whether a file has to wait. */
  async #readLibrary(): Promise<boolean> {
    let waits = false
    const seen = new Set<string>()
    for await (const files of this.#library()) {
      for (const file of files) {
        const { path } = file
        const why = unwritable(path)
        if (why !== undefined) this.#sayOnce({ event: "refused", path, why }, why)
        if (why !== undefined || isPassedOver(path)) continue
        seen.add(path)
        if (!(await this.#takeOver(file))) waits = true
      }
      if (await this.#acknowledge()) waits = true
    }
    for (const path of this.#there.keys()) if (!seen.has(path)) this.#there.delete(path)
    if (this.#hasWritten) await this.#local.scan()
    this.#hasWritten = false
    return waits
  }

  /** Writes a file of the library here where that is its turn; false where the file is being written. */
  async #takeOver({ path, content, itemType, itemId }: ExportedFile): Promise<boolean> {
    const bytes = Buffer.from(content, "base64")
    const file: LibraryFile = { digest: digestOf(bytes), itemType, itemId }
    this.#there.set(path, file)
    if (this.#local.problemAt(path) !== undefined) return true
    const sides = this.#sides(path)
    const step = decide(sides)
    const wasMissing = this.#missing.delete(path)
    // Without a state that both had, the library tells which side is newer; it was asked already where it refused.
    const isConflict = step === "meet" && (sides.base !== undefined || this.#refused.get(path)?.digest === sides.here)
    if (step === "agree") this.#agree(path, file)
    if (step !== "pull" && !isConflict) return true
    const standing = await this.#local.standing(path)
    if (typeof standing === "object") return this.#leave(path, standing.why)
    if (standing === "changing" && !this.#options.dryRun) return false
    if (sides.here === undefined && sides.base !== undefined && !wasMissing && !this.#options.dryRun) {
      // Its whole folder may be going away: it comes again only where it is missing at the next look, too.
      this.#missing.add(path)
      return false
    }
    const kept = isConflict && sides.here !== undefined ? await this.#keepBeside(path, sides.here) : undefined
    if (typeof kept === "object") return this.#leave(path, kept.why, sides.here)
    const outcome = await this.#write(path, bytes)
    if (!outcome) return true
    this.#agree(path, file)
    this.#refused.delete(path)
    this.#say(kept === undefined ? { event: "pulled", path, outcome } : { event: "conflict", path, kept })
    return true
  }

  /** Leaves a file as it is; it needs not be looked at again before it changes. */
  #leave(path: string, why: string, digest?: string): true {
    if (digest !== undefined) this.#refused.set(path, { digest, why })
    this.#sayOnce({ event: "refused", path, why }, why)
    return true
  }

  /** Puts what stands here beside its file; answers its path, or why that was not done. */
  async #keepBeside(path: string, digest: string): Promise<string | { why: string }> {
    const beside = await this.#besidePath(path, digest)
    if (this.#options.dryRun) return beside
    const content = await this.#local.read(path)
    if (!content || digestOf(content) !== digest) return { why: "changed while it was read" }
    const { why } = await this.#keeper.write(beside, content)
    return why === undefined
      ? beside
      : { why: `was changed in the library, too, and ${beside} was not written: ${why}` }
  }

  /** The first name for it under which nobody edited what was kept. */
  async #besidePath(path: string, digest: string): Promise<string> {
    for (let copy = 1; ; copy++) {
      const beside = conflictPath(path, digest, copy)
      const content = await this.#local.read(beside)
      if (!content || digestOf(content) === digest) return beside
    }
  }

  async #write(path: string, bytes: Buffer): Promise<string | undefined> {
    if (this.#options.dryRun) return this.#local.files.has(path) ? "updated" : "created"
    this.#hasWritten = true
    const { outcome, why } = await this.#writer.write(path, bytes)
    if (why !== undefined) {
      this.#sayOnce({ event: "refused", path, why }, why)
      return undefined
    }
    return outcome
  }

  /** Notes that both sides have a file; it is what they had last once the library knows, too. */
  #agree(path: string, file: LibraryFile): void {
    if (!this.#options.dryRun) this.#pulled.set(path, file)
  }

  /**
   * Tells the library which of its files stand here, so that it knows what the next change is made on; answers whether it
   * has others by now.
   */
  async #acknowledge(): Promise<boolean> {
    const { client, project } = this.#place
    let hasOthers = false
    while (this.#pulled.size > 0) {
      const files = [...this.#pulled].slice(0, filesPerAcknowledgement).map(([path, file]) => ({ path, ...file }))
      const answer = await client.project.acknowledgeFiles.mutate({ projectId: project, files })
      if (answer.files.some(({ isCurrent }) => !isCurrent)) hasOthers = true
      for (const { path, digest } of files) {
        this.#base.set(path, digest)
        this.#pulled.delete(path)
      }
      await this.#save()
    }
    return hasOthers
  }

  async #import(files: SentFile[]): Promise<FileReport[]> {
    const { client, project } = this.#place
    const { dryRun } = this.#options
    return (await client.project.importFiles.mutate({ projectId: project, files, dryRun })).files
  }

  /** Sends what changed here; answers whether the library has to be read again. */
  async #writeLibrary(): Promise<boolean> {
    const paths = new Set([...this.#local.files.keys(), ...this.#base.keys()])
    const pushed = [...paths].filter((path) => !this.#local.unsettled.has(path) && this.#isToPush(path))
    const entries = pushed.flatMap((path) => this.#local.files.get(path)?.entry ?? [])
    let readAgain = false
    for await (const { files, failed } of readBatches(inOrder(entries))) {
      for (const { path, why } of failed) this.#sayOnce({ event: "refused", path, why }, why)
      if (files.length === 0) continue
      const digests = new Map(files.map(({ path, content }) => [path, digestOf(Buffer.from(content, "base64"))]))
      for (const report of await send((some) => this.#import(some), files.map(this.#onBase))) {
        const digest = digests.get(report.path)
        if (digest !== undefined && this.#note(report, digest)) readAgain = true
      }
    }
    return readAgain
  }

  /** A file with what it was changed from, so that the library does not take it where it has something else. */
  #onBase = (file: SentFile): SentFile => {
    const { base } = this.#sides(file.path)
    if (base !== undefined) return { ...file, base }
    // Of an item that an import may have sent, the library tells which side is newer. It cannot of another file.
    const isImported = this.#unknown?.has(file.path) && this.#there.get(file.path)?.itemType
    return isImported ? file : { ...file, base: null }
  }

  /** Whether a file goes to the library; tells what does not go by itself. */
  #isToPush(path: string): boolean {
    if (this.#local.problemAt(path) !== undefined) return false
    const sides = this.#sides(path)
    const { here } = sides
    const step = decide(sides)
    if (step === "agree") {
      const there = this.#there.get(path)
      if (there) this.#agree(path, there)
      else {
        this.#base.delete(path)
        this.#pulled.delete(path)
      }
    }
    if (step === "gone-here" || step === "gone-there") this.#sayOnce({ event: step, path }, "")
    if (step !== "push" && step !== "meet") return false
    const refused = this.#refused.get(path)
    if (refused === undefined || refused.digest !== here) return true
    this.#sayOnce({ event: "refused", path, why: refused.why }, refused.why)
    return false
  }

  /** Notes what became of a file that was sent; answers whether the library has another one. */
  #note({ path, itemType, itemId, outcome, why = "" }: FileReport, digest: string): boolean {
    if (outcome === "skipped" || outcome === "failed") {
      this.#refused.set(path, { digest, why })
      return true
    }
    this.#base.set(path, digest)
    this.#pulled.delete(path)
    // The library says something newer than the file that was sent, which it knows.
    if (outcome === "unchanged" && why !== "") return true
    this.#there.set(path, { digest, itemType, itemId })
    if (outcome !== "unchanged") this.#say({ event: "pushed", path, outcome })
    return false
  }

  async #save(): Promise<void> {
    const text = JSON.stringify([...this.#base])
    if (this.#options.dryRun || text === this.#savedBase) return
    await writeState(this.#writer, this.#place, this.#base)
    this.#savedBase = text
  }
}
