import type { Db } from "@strudel-agent/database/client"
import { listItemIds } from "@strudel-agent/database/queries/project"
import { listProjectFilePaths } from "@strudel-agent/database/queries/project-file"
import type { Resolve } from "@strudel-agent/project-folder/link-site"
import type { LinkTarget } from "@strudel-agent/project-folder/link-target"
import { classify, slugFor } from "@strudel-agent/project-folder/paths"
import type { ImportedItemType } from "../schema/project-file.ts"
import { fileNameOf } from "./file-text.ts"

type LinkedType = "clip" | "song"

const keyOf = (target: LinkTarget): string => (target.kind === "path" ? `path:${target.path}` : `id:${target.id}`)

/** Knows which item each file of a project's folder is, and which items there are. */
export class FolderIndex {
  /** Per path, the item that the file was imported as. */
  readonly #items = new Map<string, { type: ImportedItemType; id: string }>()
  readonly #ids: Record<ImportedItemType, Set<string>>

  private constructor(ids: Record<ImportedItemType, Set<string>>) {
    this.#ids = ids
  }

  static async read(db: Db, projectId: string): Promise<FolderIndex> {
    const { clip, song, playlist } = await listItemIds(db, projectId)
    const index = new FolderIndex({
      project: new Set([projectId]),
      clip: new Set(clip),
      song: new Set(song),
      playlist: new Set(playlist),
    })
    for (const { path, itemType, itemId } of await listProjectFilePaths(db, projectId)) {
      if (itemType && itemId) index.#items.set(path, { type: itemType, id: itemId })
    }
    return index
  }

  /** The id of the item that a file is or becomes: the one it had, else its name's, else one like its name. */
  idFor(path: string, type: ImportedItemType): string {
    const known = this.#items.get(path)
    if (known?.type === type) return known.id
    const filed = new Set([...this.#items.values()].flatMap((item) => (item.type === type ? [item.id] : [])))
    const own = classify(path).id ?? type
    if (fileNameOf(path).startsWith(`${own}.`) && !filed.has(own)) return own
    return slugFor(own, (id) => filed.has(id) || this.#ids[type].has(id))
  }

  add(path: string, item: { type: ImportedItemType; id: string }): void {
    this.#items.set(path, item)
    this.#ids[item.type].add(item.id)
  }

  /** Finds the item of a link's target where there is one, and notes in `broken` the targets that lead nowhere. */
  resolver(type: LinkedType, broken: string[]): Resolve {
    return (target) => {
      const id = this.#idOf(target, type)
      if (id !== undefined && this.#ids[type].has(id)) return id
      broken.push(keyOf(target))
      return undefined
    }
  }

  /** Finds targets as they were found when a file was read: those noted as broken lead nowhere, all others somewhere. */
  formerResolver(type: LinkedType, broken: string[]): Resolve {
    const nowhere = new Set(broken)
    return (target) => (nowhere.has(keyOf(target)) ? undefined : this.#idOf(target, type))
  }

  #idOf(target: LinkTarget, type: LinkedType): string | undefined {
    if (target.kind === "id") return target.id
    const item = this.#items.get(target.path)
    if (item) return item.type === type ? item.id : undefined
    const file = classify(target.path)
    return file.type === type ? file.id : undefined
  }
}
