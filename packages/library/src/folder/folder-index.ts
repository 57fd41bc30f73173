import type { ItemKind } from "@strudel-agent/contract/item"
import type { ImportedItemType } from "@strudel-agent/contract/project-file"
import type { Db } from "@strudel-agent/database/client"
import { listItemIds } from "@strudel-agent/database/queries/project"
import { listProjectFilePaths } from "@strudel-agent/database/queries/project-file"
import type { Resolve } from "@strudel-agent/project-folder/links/link-site"
import type { LinkTarget } from "@strudel-agent/project-folder/links/link-target"
import { classify, hasUsualEnding, pathFor, slugFor } from "@strudel-agent/project-folder/paths"

/** What the links of a file lead to. */
const linkedBy: Partial<Record<ImportedItemType, ItemKind>> = { song: "clip", playlist: "song" }

/** How a link is noted that leads nowhere. */
export const keyOf = (target: LinkTarget): string =>
  target.kind === "path" ? `path:${target.path}` : `id:${target.id}`

/** The ids of each type. */
class IdsPerType {
  readonly #ids = new Map<ImportedItemType, Set<string>>()

  of(type: ImportedItemType): ReadonlySet<string> {
    return this.#ids.get(type) ?? new Set()
  }

  add({ type, id }: { type: ImportedItemType; id: string }): void {
    const ids = this.#ids.get(type) ?? new Set()
    this.#ids.set(type, ids.add(id))
  }
}

/** Knows which item each file of a project's folder is, and which items there are. */
export class FolderIndex {
  /** Per path, the item that the file was imported as. */
  readonly #items = new Map<string, { type: ImportedItemType; id: string }>()
  /** Ids of the items that came from a file. */
  readonly #filed = new IdsPerType()
  readonly #ids = new IdsPerType()
  readonly #paths = new Set<string>()
  /** The paths as a file system compares them that knows no case. */
  readonly #foldedPaths = new Set<string>()

  private constructor(projectId: string) {
    this.#ids.add({ type: "project", id: projectId })
  }

  static async read(db: Db, projectId: string): Promise<FolderIndex> {
    const index = new FolderIndex(projectId)
    for (const { kind, id } of await listItemIds(db, projectId)) index.#ids.add({ type: kind, id })
    for (const { path, itemType, itemId } of await listProjectFilePaths(db, projectId)) {
      index.#paths.add(path)
      index.#foldedPaths.add(foldedPath(path))
      if (itemType && itemId) index.#file(path, { type: itemType, id: itemId })
    }
    return index
  }

  #file(path: string, item: { type: ImportedItemType; id: string }): void {
    this.#items.set(path, item)
    this.#filed.add(item)
  }

  /** The id of the item that a file is or becomes: the one it had, else its name's, else one like its name. */
  idFor(path: string, type: ItemKind): string {
    const known = this.#items.get(path)
    if (known?.type === type) return known.id
    const filed = this.#filed.of(type)
    const id = suggestedId(path, type)
    if (isNamedAfter(path, { type, id }) && !filed.has(id)) return id
    return slugFor(`${id}.js`, (taken) => filed.has(taken) || this.#ids.of(type).has(taken), type)
  }

  /** The path for an item that came from no file: the one that bears its id, where no kept file has it. */
  freePathFor(id: string, type: ItemKind): string {
    const path = pathFor(id, type)
    const dot = path.lastIndexOf(".")
    const numbered = (number: number) => `${path.slice(0, dot)}-${number}${path.slice(dot)}`
    const isTaken = (candidate: string) => this.#foldedPaths.has(foldedPath(candidate))
    if (!isTaken(path)) return path
    // A number must not lead to where another item is written by its own id.
    const owned = new Set([...this.#ids.of(type)].map((other) => foldedPath(pathFor(other, type))))
    let free = numbered(2)
    for (let number = 3; isTaken(free) || owned.has(foldedPath(free)); number++) free = numbered(number)
    return free
  }

  /** Whether a file of this path is kept. */
  has(path: string): boolean {
    return this.#paths.has(path)
  }

  /** Whether a file is kept of an item. */
  isFiled({ type, id }: { type: ImportedItemType; id: string }): boolean {
    return this.#filed.of(type).has(id)
  }

  add(path: string, item: { type: ImportedItemType; id: string }): void {
    this.#file(path, item)
    this.#ids.add(item)
  }

  /**
   * Finds the item of a link in a file of this type where there is one, and notes in `broken` the targets that lead
   * nowhere.
   */
  resolver(type: ImportedItemType, broken: string[] = []): Resolve {
    const linked = linkedBy[type]
    return (target) => {
      const id = linked && this.#idOf(target, linked)
      if (linked && id !== undefined && this.#ids.of(linked).has(id)) return id
      broken.push(keyOf(target))
      return undefined
    }
  }

  /**
   * Finds the links of a kept file. `read` finds them as they were found when it was first read: those noted as broken
   * lead nowhere, all others somewhere, even if that is gone. `print`, for after reading, finds those the same way and
   * any other only where there is such an item.
   */
  formerResolvers(type: ImportedItemType, broken: string[]): { read: Resolve; print: Resolve } {
    const linked = linkedBy[type]
    const nowhere = new Set(broken)
    const found = new Map<string, string | undefined>()
    const today = this.resolver(type)
    return {
      read: (target) => {
        const id = linked && !nowhere.has(keyOf(target)) ? this.#idOf(target, linked) : undefined
        found.set(keyOf(target), id)
        return id
      },
      print: (target) => (found.has(keyOf(target)) ? found.get(keyOf(target)) : today(target)),
    }
  }

  #idOf(target: LinkTarget, type: ItemKind): string | undefined {
    if (target.kind === "id") return target.id
    const item = this.#items.get(target.path)
    if (item) return item.type === type ? item.id : undefined
    const { type: pathType, id } = classify(target.path)
    // A file of another ending is linked to where it is known: nothing else would be written to that path.
    return pathType === type && hasUsualEnding(target.path, type) ? id : undefined
  }
}

/** A path as a file system compares it that knows no case. */
export const foldedPath = (path: string): string => path.normalize("NFC").toLowerCase()

/** The id that a file's name suggests. */
export function suggestedId(path: string, type: ItemKind): string {
  const classified = classify(path)
  return classified.type === type ? classified.id : slugFor(path.replaceAll("/", "-"), () => false, type)
}

/** Whether a file is called by the id, as an export would call it or in no folder, and not only like it. */
export const isNamedAfter = (path: string, { type, id }: { type: ItemKind; id: string }): boolean =>
  stemOf(path) === stemOf(pathFor(id, type)) || stemOf(path) === id

const stemOf = (path: string): string => path.slice(0, path.lastIndexOf("."))
