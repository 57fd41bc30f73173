import { createHash } from "node:crypto"
import { lstat } from "node:fs/promises"
import { join } from "node:path"
import { limits } from "@strudel-agent/contract/limits"
import type { Entry } from "@strudel-agent/importer/entry"
import { filesOf } from "@strudel-agent/importer/project-files"
import { diskFolder } from "../folder/disk-folder.ts"
import { folded } from "../folder/folder-writer.ts"
import { readRegularFile } from "../folder/read-file.ts"

export const digestOf = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex")

/** What editors put beside a file while they write it, and what a watch put there. */
const passedOver = [/~$/, /^#.*#$/, /\.sw[a-z]$/i, /\.tmp$/i, /^4913$/, /^___jb_/, /\.crswap$/, /\.conflict$/]

export const isPassedOver = (path: string): boolean => {
  const name = path.slice(path.lastIndexOf("/") + 1)
  return passedOver.some((pattern) => pattern.test(name))
}

interface Seen {
  entry: Entry
  digest: string
  stamp: string
}

/** Milliseconds for which a file is left alone after it was written: a write may be of several parts. */
const restMilliseconds = 60
/** Milliseconds for which an empty file is: many editors empty one before they write it. */
const emptyRestMilliseconds = 600

/** The files of a folder as they were when they were last looked at. */
export class LocalFiles {
  readonly folder: string
  files = new Map<string, Seen>()
  /** What cannot be read, and why. */
  problems = new Map<string, string>()
  /** What is no file of the project, such as a link, and why. */
  #ignored = new Map<string, string>()
  /** Files that are being written at this moment. */
  unsettled = new Set<string>()

  constructor(folder: string) {
    this.folder = folder
  }

  digest = (path: string): string | undefined => this.files.get(path)?.digest

  /** Looks at every file; reads those that were written since the last look. */
  async scan(): Promise<void> {
    const files = new Map<string, Seen>()
    this.problems = new Map()
    this.unsettled = new Set()
    const { entries, ignored, failed } = await filesOf({ id: "watched", folder: diskFolder(this.folder) })
    for (const { path, why } of failed) this.problems.set(path, why)
    this.#ignored = new Map(ignored.map(({ path, why }) => [path, why]))
    for (const entry of entries) {
      const { path } = entry
      if (entry.made || isPassedOver(path)) continue
      const stats = await lstat(join(this.folder, path)).catch(() => undefined)
      if (!stats?.isFile()) continue
      const stamp = `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}`
      const former = this.files.get(path)
      if (former?.stamp === stamp) {
        files.set(path, { ...former, entry })
        continue
      }
      const age = Date.now() - stats.mtimeMs
      if (age >= 0 && age < (stats.size === 0 ? emptyRestMilliseconds : restMilliseconds)) {
        this.unsettled.add(path)
        if (former) files.set(path, former)
        continue
      }
      const { content, problem } = await entry.file.read(limits.fileBytes)
      if (content === undefined) this.problems.set(path, problem)
      else files.set(path, { entry, stamp, digest: digestOf(content) })
    }
    this.files = files
  }

  /** What keeps a file from being read, or a folder that it is in. */
  problemAt(path: string): string | undefined {
    for (const at of withParents(path)) {
      const problem = this.problems.get(at)
      if (problem !== undefined) return problem
    }
    return this.problems.get(".")
  }

  /** Whether a file is as it was when it was looked at, or is being written, or what keeps that from being known. */
  async standing(path: string): Promise<"as-seen" | "changing" | { why: string }> {
    for (const at of withParents(path)) {
      const why = this.#ignored.get(at)
      if (why !== undefined) return { why: at === path ? why : `${at} ${why}` }
    }
    if (this.unsettled.has(path)) return "changing"
    const seen = this.digest(path)
    const { content, problem, missing } = await readRegularFile(join(this.folder, path))
    if (missing) return seen === undefined ? "as-seen" : "changing"
    if (content === undefined) return { why: problem }
    if (digestOf(content) === seen) return "as-seen"
    const other = seen === undefined ? await this.#otherName(path) : undefined
    return other === undefined ? "changing" : { why: `this file system does not tell its name from ${other}` }
  }

  /** Another name under which the same file was seen, on a file system that does not tell them apart. */
  async #otherName(path: string): Promise<string | undefined> {
    const others = [...this.files.keys()].filter((other) => folded(other) === folded(path))
    const own = await stampOf(join(this.folder, path))
    for (const other of others) if ((await stampOf(join(this.folder, other))) === own) return other
    return undefined
  }

  read = async (path: string): Promise<Uint8Array | undefined> =>
    (await readRegularFile(join(this.folder, path))).content
}

/** A path and those of the folders that it is in, from the innermost. */
function withParents(path: string): string[] {
  const paths: string[] = []
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) paths.push(path.slice(0, end))
  return paths
}

/** Tells one file of a disk from another; undefined where there is none. */
const stampOf = async (path: string): Promise<string | undefined> => {
  const stats = await lstat(path).catch(() => undefined)
  return stats && `${stats.dev} ${stats.ino}`
}
