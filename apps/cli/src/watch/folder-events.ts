import { type FSWatcher, watch } from "node:fs"
import { readdir } from "node:fs/promises"
import { join } from "node:path"

/** Folders below one, with itself; hidden ones and links are none of a project. */
async function foldersBelow(root: string): Promise<string[]> {
  const children = await readdir(root, { withFileTypes: true }).catch(() => [])
  const below = children.filter((child) => child.isDirectory() && !child.name.startsWith("."))
  return [root, ...(await Promise.all(below.map(({ name }) => foldersBelow(join(root, name))))).flat()]
}

/**
 * Tells when something in a folder changes. Each folder has a watch of its own, which every system has: what they say is
 * taken as a hint to look, and no more.
 */
export class FolderEvents {
  readonly #root: string
  readonly #onHint: () => void
  readonly #watchers = new Map<string, FSWatcher>()

  constructor(root: string, onHint: () => void) {
    this.#root = root
    this.#onHint = onHint
  }

  /** Watches the folders that there are; answers whether all can be. */
  async refresh(): Promise<boolean> {
    const folders = new Set(await foldersBelow(this.#root))
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue
      watcher.close()
      this.#watchers.delete(folder)
    }
    let isWhole = true
    for (const folder of folders) {
      if (this.#watchers.has(folder)) continue
      try {
        const watcher = watch(folder, { persistent: false }, () => this.#onHint())
        watcher.on("error", () => {
          watcher.close()
          this.#watchers.delete(folder)
          this.#onHint()
        })
        this.#watchers.set(folder, watcher)
        // What came into it before it was watched is seen by another look.
        this.#onHint()
      } catch {
        isWhole = false
      }
    }
    return isWhole
  }

  close(): void {
    for (const watcher of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }
}
