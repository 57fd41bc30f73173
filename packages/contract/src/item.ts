import {
  type ItemKind,
  itemKinds,
  itemTables,
  type SequenceKind,
  sequenceKinds,
  type TextKind,
  textKinds,
  type VersionedKind,
  versionedKinds,
} from "@strudel-agent/database/item-kinds"

export {
  type ItemKind,
  itemKinds,
  type SequenceKind,
  sequenceKinds,
  type TextKind,
  textKinds,
  type VersionedKind,
  versionedKinds,
}

/** The folders of a project in which items of each kind lie; pages and lists are called so, too. */
export const itemFolders = itemTables
export type ItemFolder = (typeof itemFolders)[ItemKind]

/** What a sequence of each kind puts in order. */
export const sequenceParts = {
  song: { part: "clip", parts: "clips" },
  playlist: { part: "song", parts: "songs" },
} as const satisfies Record<SequenceKind, { part: ItemKind; parts: string }>

export const isItemKind = (value: unknown): value is ItemKind => itemKinds.some((kind) => kind === value)

export const isTextKind = (value: unknown): value is TextKind => textKinds.some((kind) => kind === value)

export const isVersionedKind = (value: unknown): value is VersionedKind => versionedKinds.some((kind) => kind === value)

/** Characters of the id of a project or an item. */
export const idLength = 100

/** The id of a project or an item, but for two dots in a row. */
export const slugPattern = new RegExp(`^[A-Za-z0-9][A-Za-z0-9._-]{0,${idLength - 1}}$`)

/** Whether a value can be the id of a project or an item. */
export const isSlug = (value: unknown): value is string =>
  typeof value === "string" && slugPattern.test(value) && !value.includes("..")

/** The id of a session, of any version and variant. */
export const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

interface Naming {
  item_type?: unknown
  item_id?: unknown
  project_id?: unknown
}

/** An item of the library, as a message or a session names it. */
export interface Item {
  itemType: ItemKind
  projectId: string
  itemId: string
}

/** A library item as a message names it, or undefined where it names none that the library could hold. */
export function itemOf({ item_type: itemType, item_id: itemId, project_id: projectId }: Naming): Item | undefined {
  return isItemKind(itemType) && isSlug(itemId) && isSlug(projectId) ? { itemType, projectId, itemId } : undefined
}
