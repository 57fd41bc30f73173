import { randomBytes } from "node:crypto"
import { constants } from "node:fs"
import { chmod, lstat, mkdir, open, realpath, rename, rm } from "node:fs/promises"
import { dirname, join, sep } from "node:path"
import { fileProblem } from "../failure.ts"

export interface Written {
  outcome: "created" | "updated" | "unchanged" | "skipped" | "failed"
  why?: string
}

const skipped = (why: string): Written => ({ outcome: "skipped", why })

type Stats = Awaited<ReturnType<typeof lstat>>

const statsOf = (path: string): Promise<Stats | undefined> =>
  lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined
    throw error
  })

/** Paths that a file system may take for one: it may know no case, and one form of accents. */
export const folded = (path: string): string => path.normalize("NFC").toLowerCase()

/** What keeps a path from being written. */
class Obstacle extends Error {}

export interface Writing {
  overwrite: boolean
  /** Says what would become of each file, and writes none. */
  dryRun?: boolean
}

/** Writes files below a folder, never through a link, and each as a whole or not at all. */
export class FolderWriter {
  readonly #root: string
  readonly #overwrite: boolean
  readonly #dryRun: boolean
  /** What this writer wrote, so that it does not write over itself. */
  readonly #written = new Map<string, string[]>()

  private constructor(root: string, { overwrite, dryRun = false }: Writing) {
    this.#root = root
    this.#overwrite = overwrite
    this.#dryRun = dryRun
  }

  /** Opens a folder, making it where it is not there. The folder itself may be a link: the user named it. */
  static async open(folder: string, how: Writing): Promise<FolderWriter> {
    if (how.dryRun && !(await statsOf(folder))) return new FolderWriter(folder, how)
    await mkdir(folder, { recursive: true })
    return new FolderWriter(await realpath(folder), how)
  }

  /** Whether two names are one folder, on a file system that does not tell them apart. */
  async isSameFolder(one: string, other: string): Promise<boolean> {
    if (folded(one) !== folded(other)) return false
    const [first, second] = await Promise.all([statsOf(join(this.#root, one)), statsOf(join(this.#root, other))])
    return first !== undefined && first.dev === second?.dev && first.ino === second.ino
  }

  /** Writes a file by its path with `/` between folders, which must be one that stays below the folder; never throws. */
  async write(path: string, content: Uint8Array): Promise<Written> {
    try {
      const segments = path.split("/")
      const name = segments.pop() ?? ""
      const folder = await this.#folder(segments)
      return folder === undefined ? { outcome: "created" } : await this.#writeInto(folder, name, { path, content })
    } catch (error) {
      if (error instanceof Obstacle) return skipped(error.message)
      return { outcome: "failed", why: fileProblem(error) }
    }
  }

  /** The folder of these names, made where it is not there; undefined where a dry run would make it. */
  async #folder(names: string[]): Promise<string | undefined> {
    let folder = this.#root
    for (const name of names) {
      folder = join(folder, name)
      const stats = await statsOf(folder)
      if (stats?.isSymbolicLink()) throw new Obstacle(`${name} is a link, which is not followed`)
      if (stats && !stats.isDirectory()) throw new Obstacle(`${name} is no folder`)
      if (!stats && this.#dryRun) return undefined
      if (!stats) await mkdir(folder)
    }
    if (this.#dryRun && !(await statsOf(folder))) return undefined
    const real = await realpath(folder)
    if (real !== this.#root && !real.startsWith(this.#root.endsWith(sep) ? this.#root : this.#root + sep)) {
      throw new Obstacle("leads out of the folder")
    }
    return real
  }

  async #writeInto(folder: string, name: string, file: { path: string; content: Uint8Array }): Promise<Written> {
    const target = join(folder, name)
    const stats = await statsOf(target)
    if (!stats && this.#dryRun) return { outcome: "created" }
    if (!stats) {
      await replace(target, file.content)
      this.#note(file.path)
      return { outcome: "created" }
    }
    if (stats.isSymbolicLink()) return skipped("is a link, which is not followed")
    if (!stats.isFile()) return skipped("there is something of this name that is no file")
    const other = await this.#writtenAs(file.path, stats)
    if (other !== undefined) return skipped(`this file system does not tell its name from ${other}`)
    this.#note(file.path)
    if (await hasContent(target, file.content)) return { outcome: "unchanged" }
    if (!this.#overwrite) return skipped("there is a file that says something else; --overwrite writes over it")
    if (!this.#dryRun) await replace(target, file.content, stats)
    return { outcome: "updated" }
  }

  #note(path: string): void {
    const key = folded(path)
    this.#written.set(key, [...(this.#written.get(key) ?? []), path])
  }

  /** Another path under which this writer wrote the same file. */
  async #writtenAs(path: string, stats: Stats): Promise<string | undefined> {
    for (const other of this.#written.get(folded(path)) ?? []) {
      if (other === path) continue
      const { dev, ino } = await lstat(join(this.#root, other))
      if (dev === stats.dev && ino === stats.ino) return other
    }
    return undefined
  }
}

async function hasContent(path: string, content: Uint8Array): Promise<boolean> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
  try {
    if ((await file.stat()).size !== content.length) return false
    return Buffer.compare(await file.readFile(), content) === 0
  } finally {
    await file.close()
  }
}

/** Writes beside the file and then puts that in its place: a reader sees the one or the other, never a part. */
async function replace(target: string, content: Uint8Array, before?: Stats): Promise<void> {
  const temporary = join(dirname(target), `.strudel-agent-${randomBytes(8).toString("hex")}.tmp`)
  try {
    const file = await open(temporary, "wx")
    try {
      await file.writeFile(content)
    } finally {
      await file.close()
    }
    if (before) await chmod(temporary, Number(before.mode) & 0o777)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
